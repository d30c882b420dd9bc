"""`/scorecard agents`, and the button beside calls of somebody nobody knows: who is that?"""

from typing import Any

from slack_bolt import App
from slack_sdk.models.views import View as Modal

from bot.blocks.ids import Action, Input, View
from bot.calls.domain.agents import Known
from bot.calls.logs import POLLED
from bot.calls.services import agent_names
from bot.calls.sources import SOURCES
from bot.calls.views import agent_names as views
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.delivery.inbox import Inbox
from bot.people.domain import access
from bot.people.domain.access import Right, Subject
from bot.people.services.members import Member
from handlers.common import forms
from handlers.common.asker import Scene, scene
from handlers.common.heard import Click, Submission, clicked, submitted
from handlers.home import tab
from handlers.scorecards.scorecard import Request


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.MAP_AGENT)(clicked(open_form))
    app.action(Action.ADD_AGENT)(clicked(open_new))
    app.view(View.AGENT)(submitted(submit))
    app.view(View.NEW_AGENT)(submitted(submit_new))


def open_list(request: Request) -> None:
    with request.reading() as books:
        here = scene(books, request.slack_user)
        view = _list(here)
    request.ack()
    request.client.views_open(trigger_id=request.body["trigger_id"], view=view)


def open_form(click: Click) -> None:
    """On the Home tab a form comes up; in the list it takes the list's place."""
    with click.reading() as books:
        here = scene(books, click.slack_user)
        one = agent_names.known(books, click.id)
        now_is = _require_may_change(here, one)
        view = views.form(one, now_is.slack_user_id if now_is else None)
    click.ack()
    if click.body["view"]["type"] == "home":
        click.client.views_open(trigger_id=click.trigger_id, view=view)
    else:
        click.client.views_update(view_id=click.body["view"]["id"], view=view)


def open_new(click: Click) -> None:
    with click.reading() as books:
        _require_leads(scene(books, click.slack_user))
    click.ack()
    click.client.views_update(view_id=click.body["view"]["id"], view=views.new(sorted((*SOURCES, *POLLED))))


def submit(sent: Submission) -> None:
    """The list comes back without them; so does the Home tab."""
    slack_user = sent.slack_user
    with sent.writing() as books:
        here = scene(books, slack_user)
        one = agent_names.known(books, sent.id)
        _require_may_change(here, one)
        if forms.choices(sent.view, Input.NOT_OURS):
            agent_names.disown(books, one.id)
        else:
            agent_names.map_to(books, one.id, _named(here, sent.view).id)
        books.session.flush()
        rest, home = _list(here), tab.drawn(books, slack_user)
    sent.ack(response_action="update", view=rest)
    tab.publish(sent.client, slack_user, home)


def submit_new(sent: Submission) -> None:
    with sent.writing() as books:
        here = scene(books, sent.slack_user)
        source, agent = forms.choice(sent.view, Input.SOURCE), forms.text(sent.view, Input.AGENT)
        one = agent_names.entered(books, source, agent)
        _require_may_change(here, one)
        agent_names.map_to(books, one.id, _named(here, sent.view).id)
        books.session.flush()
        rest = _list(here)
    sent.ack(response_action="update", view=rest)


def _list(here: Scene) -> Modal:
    _require_leads(here)
    return views.listed(
        agent_names.unnamed(here.books, limit=views.MOST),
        agent_names.named(here.books, limit=views.MOST),
        here.reads,
    )


def _named(here: Scene, view: dict[str, Any]) -> Member:
    """Who was picked; raises NotAllowed unless the asker leads them."""
    slack_user = forms.person(view, Input.PERSON)
    if not slack_user:
        raise BadInput(_("Please pick the person, or say that it is none of yours."), field=Input.PERSON)
    person = here.mentioned(slack_user)
    here.require(Right.NAME_AGENTS, person)
    return person


def _require_leads(here: Scene) -> None:
    access.require(here.viewer, Right.NAME_AGENTS, Subject(team_ids=here.viewer.managed_team_ids))


def _require_may_change(here: Scene, one: Known) -> Member | None:
    """Whoever leads may name a stranger; whose calls they are already, only those who lead that person may change."""
    _require_leads(here)
    if one.person_id is None:
        return None
    person = here.person(one.person_id)
    here.require(Right.NAME_AGENTS, person)
    return person
