"""Debriefs without power or network: the sheet goes out from the Home tab and comes back as a file."""

from typing import Any

from slack_bolt import Ack, App

from bot import outbox
from bot.clock import Clock
from bot.inbox import AfterCommit, Event, Inbox
from bot.outbox import File, Message
from bot.services import members, offline, uploads
from bot.services.debriefs import Written
from bot.services.members import Member
from bot.slack.files import fetch
from bot.views import offline as views
from bot.views.ids import Action
from bot.words import OutboxKind
from handlers import uploads as uploaded
from handlers.debrief import say_written
from storage.database import Database, Session


def register(app: App, inbox: Inbox) -> None:
    app.action(Action.WORK_OFFLINE)(send)
    inbox.on("message", received)


def send(ack: Ack, body: dict[str, Any], db: Database, clock: Clock, workspace_id: int) -> None:
    """By message, as a file."""
    now = clock()
    with db.begin() as session:
        rep = members.me(session, workspace_id, body["user"]["id"], now=now)
        file, calls = offline.sheet(session, workspace_id, rep)
        message = Message(OutboxKind.FILE, views.sent(calls), person_id=rep.id, file=File(offline.NAME, file))
        if not calls:
            message = Message(OutboxKind.NOTICE, views.nothing_open(), person_id=rep.id)
        outbox.put(session, workspace_id, message, now=now)
    ack()


def received(session: Session, event: Event) -> AfterCommit | None:
    """A file that somebody sent to the bot; what else people write is not even stored."""
    inner = event.body["event"]
    if not members.is_known(session, event.workspace_id, str(inner["user"])):
        return None
    rep = members.me(session, event.workspace_id, str(inner["user"]), now=event.worked_at)
    files = [(str(file["name"]), str(file["url_private_download"])) for file in inner.get("files") or []]

    def take_all() -> None:
        for name, url in files:
            _take_in(event, rep, name, url)

    return take_all


def _take_in(event: Event, rep: Member, name: str, url: str) -> None:
    """What came of the file is told by message, whatever it was."""
    now = event.worked_at

    def tell(session: Session, written: Written) -> None:
        say_written(session, event.workspace_id, rep, written, now)

    body = fetch(event.slack, url, largest=offline.LARGEST)
    kind = uploads.kind_of(name, body) if body is not None else None
    if body is None:
        text = views.not_fetched(name)
    elif kind is not None:
        uploaded.take_in(event, rep, kind, name, body)
        return
    else:
        taken = offline.take_in(event.db, event.workspace_id, rep, name, body, now=now, tell=tell)
        text = views.taken_in(taken.written, taken.unchanged, taken.refused)
    with event.db.begin() as session:
        message = Message(OutboxKind.NOTICE, text, person_id=rep.id)
        outbox.put(session, event.workspace_id, message, now=now)
