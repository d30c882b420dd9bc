"""The qualification checklist: `/handoff criteria`."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.clock import Clock
from bot.domain.handoffs import Criterion, is_number, normalised_choices
from bot.errors import BadInput
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.services import audit, criteria, members
from bot.views import criteria as views
from bot.views.ids import Action, Input, View
from bot.views.reader import reader
from bot.words import AuditAct, CriterionKind
from handlers import forms
from storage.database import Database

CHECKLIST = "checklist"
"""What the audit log calls it."""


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.ADD_CRITERION)(open_form)
    app.action(Action.RETIRE_CRITERION)(retire)
    app.view(View.CRITERION)(submit)


def open_checklist(
    ack: Ack, body: dict[str, Any], client: WebClient, db: Database, clock: Clock, workspace_id: int
) -> None:
    with db.read() as session:
        editor = members.me(session, workspace_id, body["user_id"], now=clock())
        criteria.require_editor(editor)
        view = views.checklist(criteria.checklist(session, workspace_id), reader(editor.locale, editor.zone))
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=view)


def open_form(
    ack: Ack, body: dict[str, Any], client: WebClient, db: Database, clock: Clock, workspace_id: int
) -> None:
    """In place of the checklist, which comes back with the new line in it."""
    with db.read() as session:
        criteria.require_editor(members.me(session, workspace_id, body["user"]["id"], now=clock()))
    ack()
    client.views_update(view_id=body["view"]["id"], view=views.form())


def submit(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    now = clock()
    with db.begin() as session:
        editor = members.me(session, workspace_id, body["user"]["id"], now=now)
        criteria.add(session, workspace_id, editor, _draft(view), now=now)
        audit.note(session, workspace_id, editor.id, AuditAct.SET, now=now, what=CHECKLIST)
        in_force = criteria.checklist(session, workspace_id)
    ack(response_action="update", view=views.checklist(in_force, reader(editor.locale, editor.zone)))


def retire(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    client: WebClient,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    now = clock()
    with db.begin() as session:
        editor = members.me(session, workspace_id, body["user"]["id"], now=now)
        criteria.retire(session, workspace_id, editor, int(action["value"]), now=now)
        audit.note(session, workspace_id, editor.id, AuditAct.SET, now=now, what=CHECKLIST)
        in_force = criteria.checklist(session, workspace_id)
    ack()
    view = views.checklist(in_force, reader(editor.locale, editor.zone))
    client.views_update(view_id=body["view"]["id"], view=view)


def _draft(view: dict[str, Any]) -> Criterion:
    return Criterion(
        name=" ".join(forms.text(view, Input.NAME).split()),
        kind=CriterionKind(forms.choice(view, Input.KIND)),
        bound=_bound(forms.text(view, Input.BOUND)),
        choices=normalised_choices(forms.text(view, Input.CHOICES)),
        required=bool(forms.choices(view, Input.REQUIRED)),
    )


def _bound(text: str) -> int | None:
    if text and not is_number(text):
        raise BadInput(_("Please give a whole number, from 0 to a billion."), field=Input.BOUND)
    return int(text) if text else None
