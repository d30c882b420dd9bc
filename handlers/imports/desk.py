"""Who sent a file, and what they are told of it: how it would be stored, how far it is, what became of it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.core.clock import now_and_then
from bot.core.enums import ImportKind, OutboxKind
from bot.core.errors import CoachError
from bot.delivery import outbox
from bot.delivery.errands import Errand
from bot.delivery.outbox import File, Message
from bot.imports import views
from bot.imports.domain import Look
from bot.imports.services import drafts
from bot.imports.services.drafts import TakenIn
from bot.imports.services.run import Progress
from bot.people.domain.access import Viewer
from bot.people.services import members, people
from bot.people.services.members import Member


@dataclass(frozen=True, slots=True)
class Desk:
    """Who sent a file, and the errand that reads it."""

    errand: Errand
    sender: Member
    viewer: Viewer

    def tell(self, message: Message) -> None:
        errand = self.errand
        with errand.db.writing(errand.workspace_id, errand.worked_at) as books:
            outbox.put(books, message)

    def ends(self, *messages: Message) -> None:
        """With its last words."""
        with self.errand.last_words() as books:
            for message in messages:
                outbox.put(books, message)

    def says(self, text: str) -> Message:
        return Message(OutboxKind.NOTICE, text, person_id=self.sender.id)


def show(
    desk: Desk, name: str, url: str, body: bytes, kind: ImportKind | None, document: dict[str, Any] | None
) -> None:
    desk.ends(_message(desk, name, _looked(desk, name, url, body, kind, document)))


def _looked(
    desk: Desk, name: str, url: str, body: bytes, kind: ImportKind | None, document: dict[str, Any] | None
) -> Look | CoachError:
    """An error is told by message, wherever the file came from."""
    try:
        return drafts.look(
            desk.errand.db,
            desk.errand.workspace_id,
            desk.viewer,
            name,
            url,
            body,
            now=desk.errand.worked_at,
            kind=kind,
            document=document,
        )
    except CoachError as error:
        return error


def _message(desk: Desk, name: str, look: Look | CoachError) -> Message:
    if isinstance(look, CoachError):
        return desk.says(views.not_imported(name, str(look)))
    blocks = views.looked_at(look)
    return Message(OutboxKind.NOTICE, views.shown(look.name), blocks=blocks, person_id=desk.sender.id)


def take_in(
    desk: Desk, name: str, body: bytes, kind: ImportKind | None, document: dict[str, Any] | str | None
) -> None:
    news = desk.errand.says_first(desk.says(views.taking(name)))
    done = drafts.take_in(
        desk.errand.db,
        desk.errand.workspace_id,
        desk.viewer,
        name,
        body,
        kind=kind,
        document=document,
        now=desk.errand.worked_at,
        on_progress=_news(desk, name, news),
    )
    desk.ends(*_outcome(desk, name, done))


def _outcome(desk: Desk, name: str, done: TakenIn) -> Iterator[Message]:
    if done.report is None:
        yield desk.says(views.not_imported(name, done.why))
        return
    yield desk.says(views.imported(name, done.report))
    if done.refused is not None:
        file = File(views.REFUSED, done.refused)
        yield Message(OutboxKind.FILE, views.refused(name), person_id=desk.sender.id, file=file)


def _news(desk: Desk, name: str, news_id: int) -> Progress:
    """Says in the first message how far it is."""

    def tell(done: int, total: int) -> None:
        text = views.progress(name, done, total)
        desk.tell(Message(OutboxKind.UPDATE, text, person_id=desk.sender.id, updates=news_id))

    return now_and_then(tell)


def desk_of(errand: Errand) -> Desk:
    with errand.db.reading(errand.workspace_id, errand.worked_at) as books:
        sender = members.member(books, errand.person_id)
        return Desk(errand, sender, people.viewer(books, sender.id))
