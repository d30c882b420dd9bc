"""Being forgotten: by one's own wish, by a closed Slack account, by the app's removal."""

from typing import Any

from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.clock import Clock
from bot.domain import access
from bot.domain.access import Action as Act
from bot.domain.access import Subject
from bot.errors import BadInput
from bot.inbox import Event, Inbox
from bot.language import gettext as _
from bot.services import audit, erasure
from bot.views import privacy as views
from bot.views.ids import Action, Input, View
from bot.words import AuditAct, ErasureCause
from handlers import forms
from handlers.scene import scene
from storage.database import Database, Session


def register(app: App, inbox: Inbox) -> None:
    app.action(Action.FORGET_ME)(open_form)
    app.action(Action.KEEP_DATA)(keep)
    app.view(View.FORGET_ME)(forget)
    inbox.on("app_uninstalled", removed)
    inbox.on("tokens_revoked", revoked)


def open_form(
    ack: Ack, body: dict[str, Any], client: WebClient, db: Database, clock: Clock, workspace_id: int
) -> None:
    with db.read() as session:
        scene(session, workspace_id, body["user"]["id"], clock())
    ack()
    client.views_open(trigger_id=body["trigger_id"], view=views.form())


def forget(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    now = clock()
    if views.UNDERSTOOD not in forms.choices(view, Input.SURE):
        raise BadInput(_("Please tick the box first."), field=Input.SURE)
    with db.begin() as session:
        me = scene(session, workspace_id, body["user"]["id"], now).member.id
        erasure.ask(session, workspace_id, me, ErasureCause.ASKED, now=now)
        audit.note(session, workspace_id, me, AuditAct.ASKED_TO_ERASE, now=now, whom_id=me)
    ack(response_action="update", view=views.begun())


def keep(
    ack: Ack,
    body: dict[str, Any],
    action: dict[str, Any],
    respond: Respond,
    db: Database,
    clock: Clock,
    workspace_id: int,
) -> None:
    """An admin calls off what a closed account started."""
    now = clock()
    with db.begin() as session:
        here = scene(session, workspace_id, body["user"]["id"], now)
        access.require(here.viewer, Act.ERASE, Subject())
        request = erasure.call_off(session, workspace_id, int(action["value"]))
        audit.note(session, workspace_id, here.member.id, AuditAct.KEPT, now=now, whom_id=request.person_id)
    ack()
    respond(text=views.kept(request.name), replace_original=True)


def removed(session: Session, event: Event) -> None:
    """The app is out of this Slack: nothing more is said, and all its data goes."""
    request = erasure.ask(session, event.workspace_id, None, ErasureCause.UNINSTALLED, now=event.worked_at)
    audit.note(
        session, event.workspace_id, None, AuditAct.ASKED_TO_ERASE, now=event.worked_at, what=request.cause
    )


def revoked(session: Session, event: Event) -> None:
    """The bot's own token; people's tokens are none of ours."""
    if event.body["event"].get("tokens", {}).get("bot"):
        removed(session, event)
