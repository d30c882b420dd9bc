"""`/scorecard export`: the workbook, by DM as a file."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from slack_bolt import App

from bot import outbox
from bot.clock import stopwatch
from bot.domain import access, periods
from bot.domain.access import Action as Act
from bot.domain.access import Viewer
from bot.domain.periods import Period
from bot.inbox import Inbox
from bot.outbox import File, Message
from bot.services import exports, floors, members, people
from bot.services.exports import Progress
from bot.services.floors import Floor
from bot.services.members import Member
from bot.views import export as views
from bot.words import OutboxKind
from handlers import scorecard
from handlers.scorecard import Request
from storage.database import Database

BETWEEN_NEWS = timedelta(seconds=5).total_seconds()
SUMMARY = "summary"
"""The word that leaves the records out."""


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


def register(_app: App, _inbox: Inbox) -> None:
    scorecard.VERBS["export"] = export


def export(request: Request) -> None:
    """Said at once; written after the ack, since a big one takes longer than Slack waits."""
    wanted = _wanted(request)
    request.ack(text=views.begun(wanted.floor.name))
    news_id = _tell(
        wanted, Message(OutboxKind.NOTICE, views.writing(wanted.floor.name), person_id=wanted.asker.id)
    )
    body, report = exports.written(
        wanted.db,
        wanted.workspace_id,
        wanted.viewer,
        period=wanted.period,
        team_id=wanted.floor.id,
        as_of=wanted.now,
        now=wanted.now,
        raw=wanted.raw,
        on_progress=_news(wanted, news_id),
    )
    text = views.done(wanted.floor.name, report.reps)
    _tell(wanted, Message(OutboxKind.FILE, text, person_id=wanted.asker.id, file=File(exports.NAME, body)))


def _wanted(request: Request) -> _Wanted:
    """Raises NotAllowed unless the asker may have the team's workbook; without a team of theirs, it is their own."""
    rest = request.asked.rest.split()
    raw = SUMMARY not in [word.lower() for word in rest]
    name = " ".join(word for word in rest if word.lower() != SUMMARY)
    with request.db.read() as session:
        asker = members.me(session, request.workspace_id, request.slack_user, now=request.now)
        viewer = people.viewer(session, request.workspace_id, asker.id, now=request.now)
        if name:
            floor = floors.named(session, request.workspace_id, name)
        else:
            floor = floors.led(session, request.workspace_id, asker, now=request.now)
    access.require(viewer, Act.EXPORT, floor.subject)
    period = periods.parse(
        request.asked.period, now=request.now, zone=floor.zone, fiscal_start=floor.fiscal_start
    )
    return _Wanted(request.db, request.workspace_id, asker, viewer, floor, period, raw, request.now)


def _news(wanted: _Wanted, news_id: int) -> Progress:
    """Says in the first message how far it is, now and then."""
    last = stopwatch()

    def tell(sheet: str, rows: int) -> None:
        nonlocal last
        if stopwatch() - last < BETWEEN_NEWS:
            return
        last = stopwatch()
        text = views.progress(wanted.floor.name, sheet, rows)
        _tell(wanted, Message(OutboxKind.UPDATE, text, person_id=wanted.asker.id, updates=news_id))

    return tell


def _tell(wanted: _Wanted, message: Message) -> int:
    with wanted.db.begin() as session:
        return outbox.put(session, wanted.workspace_id, message, now=wanted.now)
