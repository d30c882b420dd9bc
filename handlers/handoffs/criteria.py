"""The qualification checklist: `/handoff criteria`."""

from typing import Any

from slack_bolt import App
from slack_sdk.models.views import View as Modal

from bot.blocks.ids import Action, Input, View
from bot.core.enums import CriterionKind
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.delivery.inbox import Inbox
from bot.handoffs.domain.checklist import Criterion, is_number, normalised_choices
from bot.handoffs.services import criteria
from bot.handoffs.views import criteria as views
from bot.people.services import teams
from handlers.common import forms
from handlers.common.asker import Scene, scene
from handlers.common.heard import Click, Submission, Typed, clicked, submitted


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.ADD_CRITERION)(clicked(open_form))
    app.action(Action.RETIRE_CRITERION)(clicked(retire))
    for action in (Action.CHECKLIST_ON, Action.CHECKLIST_BACK):
        app.action(action)(clicked(turn_page))
    app.view(View.CRITERION)(submitted(submit))


def open_checklist(asked: Typed) -> None:
    with asked.reading() as books:
        view = shown(scene(books, asked.slack_user))
    asked.ack()
    asked.client.views_open(trigger_id=asked.trigger_id, view=view)


def shown(here: Scene, page: int = 0) -> Modal:
    """The checklist as the asker may see and change it."""
    names = {team.id: team.name for team in teams.every(here.books) if team.id is not None}
    seen = criteria.seen_by(here.books, here.member, here.viewer)
    told = views.Shown(seen, criteria.changeable(here.books, here.viewer), names)
    return views.checklist(told, here.reads, page)


def turn_page(click: Click) -> None:
    with click.reading() as books:
        view = shown(scene(books, click.slack_user), click.id)
    click.ack()
    click.client.views_update(view_id=click.body["view"]["id"], view=view)


def open_form(click: Click) -> None:
    """In place of the checklist, which comes back with the new line in it."""
    with click.reading() as books:
        here = scene(books, click.slack_user)
        criteria.require_editor(here.viewer)
        view = views.form(criteria.changeable(books, here.viewer))
    click.ack()
    click.client.views_update(view_id=click.body["view"]["id"], view=view)


def submit(sent: Submission) -> None:
    with sent.writing() as books:
        here = scene(books, sent.slack_user)
        draft = _draft(sent.view)
        criteria.add(books, here.viewer, draft)
        view = shown(here)
    sent.ack(response_action="update", view=view)


def retire(click: Click) -> None:
    with click.writing() as books:
        here = scene(books, click.slack_user)
        criteria.retire(books, here.viewer, click.id)
        view = shown(here, int(click.body["view"]["private_metadata"] or 0))
    click.ack()
    click.client.views_update(view_id=click.body["view"]["id"], view=view)


def _draft(view: dict[str, Any]) -> Criterion:
    whose = forms.choice(view, Input.TEAM)
    return Criterion(
        name=" ".join(forms.text(view, Input.NAME).split()),
        kind=CriterionKind(forms.choice(view, Input.KIND)),
        bound=_number(view, Input.BOUND),
        most=_number(view, Input.MOST),
        before=forms.day(view, Input.BEFORE),
        choices=normalised_choices(forms.text(view, Input.CHOICES)),
        required=bool(forms.choices(view, Input.REQUIRED)),
        team_id=None if whose == views.EVERY_TEAM else int(whose),
    )


def _number(view: dict[str, Any], name: Input) -> int | None:
    text = forms.text(view, name)
    if text and not is_number(text):
        raise BadInput(_("Please give a whole number, from 0 to a billion."), field=name)
    return int(text) if text else None
