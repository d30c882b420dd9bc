"""`/scorecard agents`, and the button beside calls of somebody nobody knows: who is that?"""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient
from slack_sdk.models.views import View as Modal

from bot.calls import SOURCES
from bot.clock import Clock
from bot.domain import access
from bot.domain.access import Action as Act
from bot.domain.access import Subject
from bot.domain.agents import Known
from bot.errors import BadInput
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.services import agents
from bot.services.members import Member
from bot.views import agents as views
from bot.views.ids import Action, Input, View
from handlers import forms, scorecard
from handlers.home import tab
from handlers.scene import Scene, scene
from handlers.scorecard import Request
from storage.database import Database


def register(app: App, _inbox: Inbox) -> None:
    scorecard.VERBS["agents"] = open_list
    app.action(Action.MAP_AGENT)(open_form)
    app.action(Action.ADD_AGENT)(open_new)
    app.view(View.AGENT)(submit)
    app.view(View.NEW_AGENT)(submit_new)


def open_list(request: Request) -> None:
    with request.db.read() as session:
        here = scene(session, request.workspace_id, request.slack_user, request.now)
        view = _list(here)
    request.ack()
    request.client.views_open(trigger_id=request.body["trigger_id"], view=view)


def open_form(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    """On the Home tab a form comes up; in the list it takes the list's place."""
    with db.read() as session:
        here = scene(session, workspace_id, body["user"]["id"], clock())
        one = agents.known(session, workspace_id, int(action["value"]))
        now_is = _require_may_change(here, one)
        view = views.form(one, now_is.slack_user_id if now_is else None)
    ack()
    if body["view"]["type"] == "home":
        client.views_open(trigger_id=body["trigger_id"], view=view)
    else:
        client.views_update(view_id=body["view"]["id"], view=view)


def open_new(
    ack: Ack, body: dict[str, Any], client: WebClient, db: Database, clock: Clock, workspace_id: int
) -> None:
    with db.read() as session:
        _require_leads(scene(session, workspace_id, body["user"]["id"], clock()))
    ack()
    client.views_update(view_id=body["view"]["id"], view=views.new(sorted(SOURCES)))


def submit(
    ack: Ack,
    body: dict[str, Any],
    view: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    """The list comes back without them; so does the Home tab."""
    slack_user, now = str(body["user"]["id"]), clock()
    with db.begin() as session:
        here = scene(session, workspace_id, slack_user, now)
        one = agents.known(session, workspace_id, int(view["private_metadata"]))
        _require_may_change(here, one)
        if forms.choices(view, Input.NOT_OURS):
            agents.disown(session, workspace_id, one.id)
        else:
            agents.map_to(session, workspace_id, one.id, _named(here, view).id)
        session.flush()
        rest, home = _list(here), tab.drawn(session, workspace_id, slack_user, now=now)
    ack(response_action="update", view=rest)
    tab.publish(client, slack_user, home)


def submit_new(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    with db.begin() as session:
        here = scene(session, workspace_id, body["user"]["id"], clock())
        source, agent = forms.choice(view, Input.SOURCE), forms.text(view, Input.AGENT)
        one = agents.entered(session, workspace_id, source, agent)
        _require_may_change(here, one)
        agents.map_to(session, workspace_id, one.id, _named(here, view).id)
        session.flush()
        rest = _list(here)
    ack(response_action="update", view=rest)


def _list(here: Scene) -> Modal:
    _require_leads(here)
    return views.listed(
        agents.unnamed(here.session, here.workspace_id, limit=views.MOST),
        agents.named(here.session, here.workspace_id, limit=views.MOST),
        here.reads,
    )


def _named(here: Scene, view: dict[str, Any]) -> Member:
    """Who was picked; raises NotAllowed unless the asker leads them."""
    slack_user = forms.person(view, Input.PERSON)
    if not slack_user:
        raise BadInput(_("Please pick the person, or say that it is none of yours."), field=Input.PERSON)
    person = here.mentioned(slack_user)
    here.require(Act.NAME_AGENTS, person)
    return person


def _require_leads(here: Scene) -> None:
    access.require(here.viewer, Act.NAME_AGENTS, Subject(team_ids=here.viewer.managed_team_ids))


def _require_may_change(here: Scene, one: Known) -> Member | None:
    """Whoever leads may name a stranger; whose calls they are already, only those who lead that person may change."""
    _require_leads(here)
    if one.person_id is None:
        return None
    person = here.person(one.person_id)
    here.require(Act.NAME_AGENTS, person)
    return person
