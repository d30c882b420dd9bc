"""The workbook of the month that ended, sent to each manager once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.domain import periods
from bot.domain.access import Viewer
from bot.domain.hours import next_start
from bot.domain.periods import Period
from bot.domain.wallclock import local_date
from bot.services import calendars, members, people
from bot.services.members import Member
from storage.queries import monthly as queries
from storage.queries.inbox import insert_once
from storage.tables import MonthlyWorkbook

TOO_LATE = timedelta(days=7)
"""After downtime: a workbook of last month is still news within a week of the day it was due."""


@dataclass(frozen=True, slots=True)
class Due:
    manager: Member
    viewer: Viewer
    period: Period
    month: date
    """The first day of the month reported."""


def due(session: Session, workspace_id: int, *, now: datetime) -> list[Due]:
    """Managers whose first working hour of a month has come and whose workbook of the month before has not."""
    month = _last_month(now.date())
    ids = queries.managers_without(session, workspace_id, month=month, today=now.date())
    return [one for one in (_due(session, workspace_id, id, now) for id in ids) if one]


def claim(session: Session, workspace_id: int, due: Due, *, now: datetime) -> bool:
    """False where another process has sent it."""
    row = MonthlyWorkbook(workspace_id=workspace_id, person_id=due.manager.id, month=due.month, sent_at=now)
    return insert_once(session, row)


def _due(session: Session, workspace_id: int, person_id: int, now: datetime) -> Due | None:
    manager = members.member(session, workspace_id, person_id, now=now)
    today = local_date(now, manager.zone)
    opens = next_start(calendars.hours_of(session, workspace_id, manager, now=now), today.replace(day=1))
    if opens is None or not opens <= now < opens + TOO_LATE:
        return None
    return Due(
        manager,
        people.viewer(session, workspace_id, manager.id, now=now),
        periods.parse("last-month", now=now, zone=manager.zone),
        _last_month(today),
    )


def _last_month(today: date) -> date:
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)
