"""Who may have to be told of a next step now: two questions for all reps, for this is looked for all day long.

Nobody who is to be told is left out; who comes through is looked at closely.
"""

from collections import defaultdict
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import local_date
from bot.core.enums import Unasked
from bot.debriefs.domain.last_time import is_news, same_people
from bot.people.services import workspace as workspaces
from storage.books import Books
from storage.queries.debriefs import debriefs as queries
from storage.tables import Call, Debrief, Person

_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
"""Clocks are put on and back by no more."""


def reps(books: Books, *, kept: timedelta, morning: timedelta) -> list[int]:
    """By id; `kept` is how long a step that is past is brought up, `morning` how long after work begins."""
    today = books.now.date()
    found = [
        (debrief, call)
        for debrief, call, rep, last_told in queries.open_steps(
            books, today - kept - _DAY, today + _DAY, Unasked.NEXT_STEPS
        )
        if _is_about_morning(books, rep, morning) and _may_be_news(books, debrief, rep, last_told)
    ]
    return _without_outdated(books, found)


def _is_about_morning(books: Books, rep: Person, morning: timedelta) -> bool:
    """By the zone that Slack tells; True where it tells none."""
    if rep.time_zone is None:
        return True
    here = books.now.astimezone(ZoneInfo(rep.time_zone)).replace(tzinfo=None)
    begins = datetime.combine(here.date(), rep.work_starts or workspaces.settings(books).work_starts)
    return begins - _HOUR <= here <= begins + morning + _HOUR


def _may_be_news(books: Books, debrief: Debrief, rep: Person, last_told: date | None) -> bool:
    due_on = debrief.step_moved_to or debrief.next_step_on
    if rep.time_zone is None or due_on is None:
        return True
    zone = ZoneInfo(rep.time_zone)
    today = local_date(books.now, zone)
    if due_on > today or last_told == today:
        return False
    said_on = local_date(debrief.edited_at or debrief.submitted_at, zone)
    return is_news(due_on, said_on, last_told)


def _without_outdated(books: Books, found: list[tuple[Debrief, Call]]) -> list[int]:
    """Without steps after which there was another debrief with the same people."""
    if not found:
        return []
    since = min(debrief.call_started_at for debrief, _call in found)
    written: dict[int, list[tuple[Debrief, Call]]] = defaultdict(list)
    for debrief, call in queries.written_since(
        books, {one.person_id for one, _call in found}, since, books.now
    ):
        written[debrief.person_id].append((debrief, call))
    standing = {
        debrief.person_id: None
        for debrief, call in found
        if not any(_outdoes(later, debrief, call) for later in written[debrief.person_id])
    }
    return list(standing)


def _outdoes(later: tuple[Debrief, Call], debrief: Debrief, call: Call) -> bool:
    other, theirs = later
    is_later = (other.call_started_at, other.id) > (debrief.call_started_at, debrief.id)
    return is_later and same_people(call.contact, call.company, theirs.contact, theirs.company)
