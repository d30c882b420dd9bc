"""Days on which somebody is away, said in advance; and who is away for a whole week."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.calendar.workdays import is_workday, on_leave
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.people.domain.leave import Days
from bot.people.services import calendars
from storage.books import Books
from storage.queries.coaching import pairing as queries
from storage.queries.people import members
from storage.tables import Leave


@dataclass(frozen=True, slots=True)
class Away:
    id: int
    person_id: int
    days: Days


def ahead(books: Books, person_id: int, today: date) -> list[Away]:
    """What has not ended, in order."""
    rows = members.leave_of(books, person_id, since=today)
    return sorted((_away(row) for row in rows), key=lambda away: away.days.first)


def add(books: Books, person_id: int, days: Days) -> None:
    """Raises BadInput where it overlaps leave that is known already."""
    for known in ahead(books, person_id, days.first):
        if known.days.first <= days.last:
            raise BadInput(
                _("That overlaps the leave from {first} to {last}. Take that back first.").format(
                    first=known.days.first, last=known.days.last
                )
            )
    books.session.add(
        Leave(workspace_id=books.workspace_id, person_id=person_id, first_day=days.first, last_day=days.last)
    )
    books.session.flush()


def find(books: Books, leave_id: int) -> Away:
    """Raises NotFound."""
    row = members.leave_by_id(books, leave_id)
    if row is None:
        raise NotFound(_("That leave was taken back already."))
    return _away(row)


def take_back(books: Books, leave_id: int, *, today: date) -> None:
    """Leave that runs ends yesterday; days that are past stay leave."""
    row = members.leave_by_id(books, leave_id)
    if row is None or row.last_day < today:
        raise NotFound(_("That leave is over, or was taken back already."))
    if row.first_day >= today:
        books.session.delete(row)
    else:
        row.last_day = today.fromordinal(today.toordinal() - 1)
    books.session.flush()


def _away(row: Leave) -> Away:
    return Away(row.id, row.person_id, Days(row.first_day, row.last_day))


def away_all_week(books: Books, countries: Mapping[int, str | None], monday: date) -> set[int]:
    """Of these people, each with the country whose holidays they keep, those whose leave spares no working day."""
    days = [monday + timedelta(days=n) for n in range(7)]
    leave: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for one in queries.leave_between(books, days[0], days[-1]):
        leave[one.person_id].append((one.first_day, one.last_day))
    return {
        id for id, spans in leave.items() if id in countries and not _days_there(days, spans, countries[id])
    }


def _days_there(days: Sequence[date], leave: Sequence[tuple[date, date]], country: str | None) -> list[date]:
    holidays = calendars.public_holidays(country, days[0].year, days[-1].year)
    return [day for day in days if is_workday(day, holidays=holidays) and not on_leave(day, leave)]
