"""Who is on the roster, and what changes there: by itself, as Slack tells, and by hand."""

from slack_bolt import App

from bot import outbox
from bot.inbox import Event, Inbox
from bot.outbox import Message
from bot.services import keepers, roster
from bot.services.roster import Left
from bot.views import privacy as privacy_views
from bot.views.reader import reader
from bot.words import OutboxKind
from storage.database import Session


def register(_app: App, inbox: Inbox) -> None:
    inbox.on("user_change", changed)


def changed(session: Session, event: Event) -> None:
    """Somebody's zone, locale or name changed, or they left or joined Slack."""
    user = event.body["event"]["user"]
    left = roster.heard_of(session, event.workspace_id, user, now=event.worked_at)
    if left is not None:
        _tell_admins(session, event, left)


def _tell_admins(session: Session, event: Event, left: Left) -> None:
    for admin in keepers.admins(session, event.workspace_id, now=event.worked_at):
        reads = reader(admin.locale, admin.zone)
        text, blocks = privacy_views.left(left.name, left.erasure.begins_at, left.erasure.id, reads)
        message = Message(OutboxKind.NOTICE, text, blocks, person_id=admin.id)
        outbox.put(session, event.workspace_id, message, now=event.worked_at)
