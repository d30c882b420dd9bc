"""A transcript dropped into the thread of a question: counted, told to its rep alone, and forgotten."""

from dataclasses import dataclass

from bot.blocks.reader import reader
from bot.calls.domain.conversation import Named
from bot.calls.domain.transcript import LARGEST
from bot.calls.services import conversations
from bot.calls.services.conversations import Read
from bot.calls.views import conversation as views
from bot.core.enums import OutboxKind
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.debriefs.services import drafts
from bot.debriefs.views import offline as file_views
from bot.delivery import outbox
from bot.delivery.errands import Errand
from bot.delivery.outbox import Message
from bot.people.services.members import Member
from bot.slack.files import fetch
from handlers.scorecards.scorecard import Request
from handlers.setup import admin
from storage.books import Books

ENDINGS = (".vtt", ".srt", ".txt")
SWITCH = {"on": True, "off": False}


@dataclass(frozen=True, slots=True)
class Dropped:
    """A file, and the timestamp of the message in whose thread it was dropped, blank where in none."""

    name: str
    url: str
    size: int
    thread_ts: str


def switch(request: Request) -> None:
    """Admins only: on, off, or how it stands."""
    _verb, _blank, said = str(request.body.get("text") or "").strip().partition(" ")
    with request.writing() as books:
        admin(books, request.slack_user)
        wanted = SWITCH.get(said.strip().lower())
        if wanted is not None:
            conversations.switch(books, on=wanted)
            text = views.switched(on=wanted)
        elif said.strip():
            raise BadInput(_("Say `/scorecard transcripts on` or `/scorecard transcripts off`."))
        else:
            text = views.stands(on=conversations.are_read(books))
    request.ack(text=text)


def is_transcript(name: str) -> bool:
    return name.lower().endswith(ENDINGS)


def take_in(errand: Errand, rep: Member, dropped: Dropped) -> None:
    """What came of it is told in the thread, whatever it was; not even fetched where nobody has agreed to it."""
    with errand.db.reading(errand.workspace_id, errand.worked_at) as books:
        is_on = conversations.are_read(books)
    body = fetch(errand.slack, dropped.url, largest=LARGEST) if is_on and dropped.size <= LARGEST else b""
    with errand.last_words() as books:
        text, thread = _told(books, rep, dropped, body) if is_on else (views.off(), None)
        message = Message(OutboxKind.NOTICE, text, person_id=rep.id, thread=thread)
        outbox.put(books, message)


def _told(books: Books, rep: Member, dropped: Dropped, body: bytes | None) -> tuple[str, int | None]:
    if body is None:
        return file_views.not_fetched(dropped.name), None
    if dropped.size > LARGEST:
        return _("That file is larger than 2 MB; a transcript of an hour has a tenth of that."), None
    return in_words(books, rep, conversations.take_in(books, rep, dropped.thread_ts, body))


def in_words(books: Books, rep: Member, read: Read | str) -> tuple[str, int | None]:
    """What the rep is told, and the message in whose thread; what seems to have been named is ticked in the form."""
    if isinstance(read, str):
        return read, None
    timeline, authority = drafts.suggest(
        books, read.call.id, timeline=read.named.timeline, authority=read.named.authority
    )
    text = views.text(
        read.call,
        read.conversation,
        reader(rep.locale, rep.zone),
        role=read.role,
        middle=read.middle,
        ticked=Named(timeline, authority),
    )
    return text, read.message_id
