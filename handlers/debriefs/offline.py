"""Debriefs without power or network: the sheet goes out from the Home tab and comes back as a file."""

from functools import partial

from slack_bolt import App

from bot.blocks.ids import Action
from bot.core.enums import ImportKind, OutboxKind
from bot.debriefs.services import offline
from bot.debriefs.services.debriefs import Written
from bot.debriefs.views import offline as views
from bot.delivery import outbox
from bot.delivery.inbox import AfterCommit, Event, Inbox
from bot.delivery.outbox import File, Message
from bot.imports.services import drafts
from bot.people.services import members
from bot.people.services.members import Member
from bot.slack.files import fetch
from bot.workbook.services import templates
from handlers import workbook as exports
from handlers.common import errors
from handlers.common.heard import Click, clicked
from handlers.debriefs import transcripts
from handlers.debriefs.debrief import say_written
from handlers.debriefs.transcripts import Dropped
from handlers.home import hello
from handlers.imports import uploads as uploaded
from storage.books import Books
from storage.database import Session


def register(app: App, inbox: Inbox) -> None:
    app.action(Action.WORK_OFFLINE)(clicked(send))
    inbox.on("message", received)


def send(click: Click) -> None:
    """By message, as a file."""
    with click.writing() as books:
        rep = members.me(books, click.slack_user)
        file, calls = offline.sheet(books, rep)
        message = Message(OutboxKind.FILE, views.sent(calls), person_id=rep.id, file=File(offline.NAME, file))
        if not calls:
            message = Message(OutboxKind.NOTICE, views.nothing_open(), person_id=rep.id)
        outbox.put(books, message)
    click.ack()


def received(books: Books, event: Event) -> AfterCommit | None:
    """A file that somebody sent to the bot; of what else people write it is known that they wrote."""
    inner = event.body["event"]
    if not inner.get("files"):
        hello.answer(books, str(inner["user"]), str(inner["channel"]))
        return None
    if not members.is_known(books, str(inner["user"])):
        return None
    rep = members.me(books, str(inner["user"]))
    files = [
        Dropped(
            str(file["name"]),
            str(file["url_private_download"]),
            int(file.get("size") or 0),
            str(inner.get("thread_ts") or ""),
        )
        for file in inner.get("files") or []
    ]

    maps = [file.url for file in files if file.name.lower().endswith(".toml")]

    def take_all() -> None:
        for file in files:
            if file.url not in maps:
                given = maps[0] if len(maps) == 1 else None
                errors.otherwise_tell(
                    partial(_take_in, event, rep, file, given), partial(_broke, event, rep, file)
                )

    return take_all


def _broke(event: Event, rep: Member, file: Dropped) -> None:
    _tell(event, rep, views.broke(file.name, event.request_id))


def _tell(event: Event, rep: Member, text: str) -> None:
    with event.db.writing(event.workspace_id, event.worked_at) as books:
        outbox.put(books, Message(OutboxKind.NOTICE, text, person_id=rep.id))


def _take_in(event: Event, rep: Member, file: Dropped, map_url: str | None) -> None:
    """What came of the file is told by message, whatever it was."""
    if transcripts.is_transcript(file.name):
        transcripts.take_in(event, rep, file)
        return
    now, name, url = event.worked_at, file.name, file.url

    def tell(session: Session, written: Written) -> None:
        say_written(Books(session, event.workspace_id, now), rep, written)

    imports = uploaded.may_import(event, rep)
    body = fetch(event.slack, url, largest=uploaded.LARGEST if imports else offline.LARGEST)
    fills = body is not None and exports.is_asked(event)
    kind = drafts.kind_of(name, body) if body is not None and not fills else None
    if body is None:
        text = views.not_fetched(name)
    elif fills or (kind is None and templates.is_one(name, body, now)):
        exports.received(event, rep, name, body)
        return
    elif kind is not ImportKind.DEBRIEFS and (imports or kind is not None):
        given = fetch(event.slack, map_url, largest=offline.LARGEST) if map_url else None
        uploaded.received(event, rep, name, url, body, given)
        return
    else:
        taken = offline.take_in(event.db, event.workspace_id, rep, name, body, now=now, tell=tell)
        text = views.taken_in(taken.written, taken.unchanged, taken.refused)
    _tell(event, rep, text)
