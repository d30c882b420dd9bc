"""Who may have to be sent something gathered now: one question for all, for this is looked for all day long.

Nobody who is to be told is left out; who comes through is looked at closely.
"""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.enums import Unasked
from bot.people.services import workspace as workspaces
from storage.books import Books
from storage.queries.people import unasked as queries
from storage.tables import Person

_HOUR = timedelta(hours=1)
"""Clocks are put on and back by no more."""


def to_hear(books: Books, kind: Unasked, *, since: date, among: Collection[int]) -> list[Person]:
    """Of the people, who wants the kind, was sent none since the day, and may be at work."""
    found = queries.open_to(books, kind, since, among) if among else ()
    return [person for person in found if _may_be_at_work(books, person)]


def _may_be_at_work(books: Books, person: Person) -> bool:
    """By the zone that Slack tells; True where it tells none."""
    if person.time_zone is None:
        return True
    settings = workspaces.settings(books)
    here = books.now.astimezone(ZoneInfo(person.time_zone)).replace(tzinfo=None)
    opens = datetime.combine(here.date(), person.work_starts or settings.work_starts)
    closes = datetime.combine(here.date(), person.work_ends or settings.work_ends)
    return closes <= opens or opens - _HOUR <= here <= closes + _HOUR
