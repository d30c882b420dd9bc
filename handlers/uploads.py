"""A CSV or a workbook for the import, dropped into the direct message."""

from collections.abc import Iterator

from bot import outbox
from bot.inbox import Event
from bot.outbox import File, Message
from bot.services import people, uploads
from bot.services.members import Member
from bot.services.uploads import Imported
from bot.views import uploads as views
from bot.words import ImportKind, OutboxKind


def take_in(event: Event, sender: Member, kind: ImportKind, name: str, body: bytes) -> None:
    """What came of it is told by message, whatever it was; refused rows come back as a file."""
    with event.db.read() as session:
        viewer = people.viewer(session, event.workspace_id, sender.id, now=event.worked_at)
    done = uploads.take_in(event.db, event.workspace_id, viewer, kind, name, body, now=event.worked_at)
    with event.db.begin() as session:
        for message in _messages(done, sender, name):
            outbox.put(session, event.workspace_id, message, now=event.worked_at)


def _messages(done: Imported, sender: Member, name: str) -> Iterator[Message]:
    if done.report is None:
        yield Message(OutboxKind.NOTICE, views.not_imported(name, done.why), person_id=sender.id)
        return
    told = views.imported(
        name,
        done.report.kind,
        read=done.report.read,
        added=done.report.added,
        updated=done.report.updated,
        unchanged=done.report.unchanged,
        rejected=done.report.rejected,
    )
    yield Message(OutboxKind.NOTICE, told, person_id=sender.id)
    if done.refused is not None:
        file = File(views.REFUSED, done.refused)
        yield Message(OutboxKind.FILE, views.refused(name), person_id=sender.id, file=file)
