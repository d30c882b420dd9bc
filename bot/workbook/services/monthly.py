"""The workbook of the month that ended, sent to each manager once."""

from dataclasses import dataclass
from datetime import date, timedelta

from bot.calendar import periods
from bot.calendar.periods import Period
from bot.calendar.wallclock import local_date
from bot.calendar.working_hours import next_start
from bot.people.domain.access import Viewer
from bot.people.services import calendars, members, people
from bot.people.services.members import Member
from storage.books import Books, insert_once
from storage.queries.workbook import monthly as queries
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


def workbooks_due(books: Books) -> list[Due]:
    """Managers whose first working hour of a month has come and whose workbook of the month before has not."""
    month = _last_month(books.now.date())
    ids = queries.managers_without(books, month=month, today=books.now.date())
    return [one for one in (_due(books, id) for id in ids) if one]


def claim(books: Books, due: Due) -> bool:
    """False where another process has sent it."""
    row = MonthlyWorkbook(
        workspace_id=books.workspace_id, person_id=due.manager.id, month=due.month, sent_at=books.now
    )
    return insert_once(books.session, row)


def _due(books: Books, person_id: int) -> Due | None:
    manager = members.member(books, person_id)
    today = local_date(books.now, manager.zone)
    opens = next_start(calendars.hours_of(books, manager), today.replace(day=1))
    if opens is None or not opens <= books.now < opens + TOO_LATE:
        return None
    return Due(
        manager,
        people.viewer(books, manager.id),
        periods.parse("last-month", now=books.now, zone=manager.zone),
        _last_month(today),
    )


def _last_month(today: date) -> date:
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)
