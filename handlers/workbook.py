"""`/scorecard export`: the workbook, by DM as a file; or somebody's own workbook, filled."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.calendar import periods
from bot.calendar.periods import Period
from bot.core.clock import now_and_then
from bot.core.enums import OutboxKind
from bot.core.errors import CoachError
from bot.delivery import errands, outbox
from bot.delivery.errands import Errand, Errands
from bot.delivery.outbox import File, Message
from bot.people.domain import access
from bot.people.domain.access import Right, Viewer
from bot.people.services import members, people, teams
from bot.people.services.members import Member
from bot.people.services.teams import Floor
from bot.scorecards.domain import command
from bot.scorecards.domain.command import Asked
from bot.workbook import views
from bot.workbook.services import export as exports
from bot.workbook.services import templates
from bot.workbook.services.export import ExportReport, Progress
from bot.workbook.template.packing import Given
from handlers.scorecards.scorecard import Request
from storage.books import Books
from storage.database import Database

EXPORT = "export"
"""The word beside a file that has it filled."""
SUMMARY = "summary"
"""The word that leaves the records out."""


ERRAND = "workbook"


@dataclass(frozen=True, slots=True)
class _Wanted:
    db: Database
    workspace_id: int
    asker: Member
    viewer: Viewer
    floor: Floor
    period: Period
    raw: bool
    now: datetime


def take_on(errands: Errands) -> None:
    errands.on(ERRAND, run, lambda errand: views.broke(errand.request_id))


def export(request: Request) -> None:
    """Promised at once; written as an errand, since a big one takes longer than Slack waits."""
    with request.writing() as books:
        wanted = _wanted(request.db, books, request.slack_user, request.asked)
        errands.put(books, ERRAND, wanted.asker.id, {"user": request.slack_user, "text": request.text})
    request.ack(text=views.begun(wanted.floor.name))


def run(errand: Errand) -> None:
    """Of the moment at which it was asked for."""
    asked = command.read(str(errand.body["text"]), {EXPORT})
    with errand.db.reading(errand.workspace_id, errand.received_at) as books:
        wanted = _wanted(errand.db, books, str(errand.body["user"]), asked)
    body, report = _written(wanted, errand, exports.NAME)
    _send(errand, views.done(wanted.floor.name, report.reps), File(exports.NAME, body))


def is_asked(said: str) -> bool:
    """Whether what was said beside a file has it filled, whatever else it could be."""
    return command.read(said, {EXPORT}).verb == EXPORT


def received(errand: Errand, sender: Member, name: str, body: bytes) -> None:
    """A template that was dropped into the direct message; beside it may be said `export East last month`."""
    asked = command.read(str(errand.body["said"]), {EXPORT})
    asked = asked if asked.verb else Asked(EXPORT)
    try:
        with errand.db.reading(errand.workspace_id, errand.received_at) as books:
            wanted = _wanted(errand.db, books, str(errand.body["user"]), asked)
        with templates.kept(name, body) as path:
            given = templates.opened(path, errand.worked_at)
            out = path.stem + given.template.suffix
            filled, report = _written(wanted, errand, out, template=given)
    except CoachError as error:
        errand.say(views.not_filled(name, str(error)))
        return
    text = views.filled(
        name,
        wanted.floor.name,
        wanted.period.label,
        report.reps,
        missing=report.missing,
        notes=report.notes,
    )
    _send(errand, text, File(out, filled))


def _send(errand: Errand, text: str, file: File) -> None:
    with errand.last_words() as books:
        outbox.put(books, Message(OutboxKind.FILE, text, person_id=errand.person_id, file=file))


def _written(
    wanted: _Wanted, errand: Errand, name: str, *, template: Given | None = None
) -> tuple[bytes, ExportReport]:
    """Tells how far it is in a message of its own."""
    news = Message(OutboxKind.NOTICE, views.writing(wanted.floor.name), person_id=wanted.asker.id)
    return exports.written(
        wanted.db,
        wanted.workspace_id,
        wanted.viewer,
        period=wanted.period,
        team_id=wanted.floor.id,
        as_of=wanted.now,
        now=wanted.now,
        raw=wanted.raw,
        template=template,
        name=name,
        on_progress=_news(wanted, errand.says_first(news)),
    )


def _wanted(db: Database, books: Books, slack_user: str, asked: Asked) -> _Wanted:
    """Raises NotAllowed unless the asker may have the team's workbook; without a team of theirs, it is their own."""
    rest = asked.rest.split()
    raw = SUMMARY not in [word.lower() for word in rest]
    name = " ".join(word for word in rest if word.lower() != SUMMARY)
    asker = members.me(books, slack_user)
    viewer = people.viewer(books, asker.id)
    floor = teams.named(books, name) if name else teams.led(books, asker)
    if not name and not access.may(viewer, Right.EXPORT, floor.subject):
        floor = replace(floor, id=None, name=asker.name)  # one's own numbers: all that one may take along
    else:
        access.require(viewer, Right.EXPORT, floor.subject)
    period = periods.parse(asked.period, now=books.now, zone=floor.zone, fiscal_start=floor.fiscal_start)
    return _Wanted(db, books.workspace_id, asker, viewer, floor, period, raw, books.now)


def _news(wanted: _Wanted, news_id: int) -> Progress:
    """Says in the first message how far it is."""

    def tell(sheet: str, rows: int) -> None:
        text = views.progress(wanted.floor.name, sheet, rows)
        _tell(wanted, Message(OutboxKind.UPDATE, text, person_id=wanted.asker.id, updates=news_id))

    return now_and_then(tell)


def _tell(wanted: _Wanted, message: Message) -> int:
    with wanted.db.writing(wanted.workspace_id, wanted.now) as books:
        return outbox.put(books, message)
