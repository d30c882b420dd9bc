"""Debriefs without power or network: the sheet goes out from the Home tab and comes back as a file."""

from dataclasses import asdict

from slack_bolt import App

from bot.blocks.ids import Action
from bot.core.enums import ImportKind, OutboxKind
from bot.debriefs.services import offline
from bot.debriefs.services.debriefs import Written
from bot.debriefs.views import offline as views
from bot.delivery import errands, outbox
from bot.delivery.errands import Errand, Errands
from bot.delivery.inbox import Event, Inbox
from bot.delivery.outbox import File, Message
from bot.imports.services import drafts
from bot.people.services import members
from bot.slack.files import fetch
from bot.workbook.services import templates
from handlers import workbook as exports
from handlers.common.heard import Click, clicked
from handlers.debriefs import transcripts
from handlers.debriefs.debrief import say_written
from handlers.debriefs.transcripts import Dropped
from handlers.home import hello
from handlers.imports import uploads as uploaded
from storage.books import Books
from storage.database import Session

ERRAND = "file"


def register(app: App, inbox: Inbox) -> None:
    app.action(Action.WORK_OFFLINE)(clicked(send))
    inbox.on("message", received)


def take_on(errands: Errands) -> None:
    errands.on(ERRAND, run, _broke)


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


def received(books: Books, event: Event) -> None:
    """A file that somebody sent to the bot; of what else people write it is known that they wrote."""
    inner = event.body["event"]
    if not inner.get("files"):
        hello.answer(books, str(inner["user"]), str(inner["channel"]))
        return
    if not members.is_known(books, str(inner["user"])):
        return
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
    given = maps[0] if len(maps) == 1 else None
    for file in files:
        if file.url not in maps:
            body = {"user": str(inner["user"]), "said": str(inner.get("text") or ""), "map": given}
            errands.put(books, ERRAND, rep.id, body | {"file": asdict(file)})


def run(errand: Errand) -> None:
    """What came of the file is told by message, whatever it was."""
    file, map_url = Dropped(**errand.body["file"]), errand.body["map"]
    with errand.db.reading(errand.workspace_id, errand.worked_at) as books:
        rep = members.me(books, str(errand.body["user"]))
    if transcripts.is_transcript(file.name):
        transcripts.take_in(errand, rep, file)
        return
    now, name, url = errand.worked_at, file.name, file.url

    def tell(session: Session, written: Written) -> None:
        say_written(Books(session, errand.workspace_id, now), rep, written)

    imports = uploaded.may_import(errand, rep)
    body = fetch(errand.slack, url, largest=uploaded.LARGEST if imports else offline.LARGEST)
    fills = body is not None and exports.is_asked(str(errand.body["said"]))
    kind = drafts.kind_of(name, body) if body is not None and not fills else None
    if body is None:
        errand.say(views.not_fetched(name))
    elif fills or (kind is None and templates.is_one(name, body, now)):
        exports.received(errand, rep, name, body)
    elif kind is not ImportKind.DEBRIEFS and (imports or kind is not None):
        given = fetch(errand.slack, map_url, largest=offline.LARGEST) if map_url else None
        uploaded.received(errand, rep, name, url, body, given)
    else:
        taken = offline.take_in(errand.db, errand.workspace_id, rep, name, body, now=now, tell=tell)
        errand.say(views.taken_in(taken.written, taken.unchanged, taken.refused))


def _broke(errand: Errand) -> str:
    return views.broke(str(errand.body["file"]["name"]), errand.request_id)
