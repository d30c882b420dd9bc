"""Who is away for a whole week: a day off does not keep anybody from half an hour's meeting."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from sqlmodel import Session

from bot.domain.workdays import is_workday, on_leave
from bot.services import calendars
from storage.queries import pairings as queries


def all_week(
    session: Session, workspace_id: int, countries: Mapping[int, str | None], monday: date
) -> set[int]:
    """Of these people, each with the country whose holidays they keep, those whose leave spares no working day."""
    days = [monday + timedelta(days=n) for n in range(7)]
    leave: dict[int, list[tuple[date, date]]] = defaultdict(list)
    for one in queries.leave_between(session, workspace_id, days[0], days[-1]):
        leave[one.person_id].append((one.first_day, one.last_day))
    return {
        id for id, spans in leave.items() if id in countries and not _days_there(days, spans, countries[id])
    }


def _days_there(days: Sequence[date], leave: Sequence[tuple[date, date]], country: str | None) -> list[date]:
    holidays = calendars.public_holidays(country, days[0].year, days[-1].year)
    return [day for day in days if is_workday(day, holidays=holidays) and not on_leave(day, leave)]
