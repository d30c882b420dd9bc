"""Gathered messages, to be claimed for the day they are sent on, and not to those who have turned the kind off."""

from collections.abc import Collection
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.core.enums import Unasked
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from storage.books import Books, insert_once
from storage.queries.people import unasked as queries
from storage.tables import Gathered, Person, Unwanted


def may_be_sent(books: Books, person: Member, kind: Unasked) -> bool:
    """Whether Slack knows the person, and they have not turned the kind off."""
    return person.slack_user_id is not None and kind not in unwanted(books, person.id)


def unwanted(books: Books, person_id: int) -> tuple[Unasked, ...]:
    """What the person has turned off."""
    return tuple(queries.unwanted(books, person_id))


def turn(books: Books, person_id: int, kind: Unasked, *, on: bool) -> None:
    if on:
        queries.wants_again(books, person_id, kind)
    else:
        row = Unwanted(workspace_id=books.workspace_id, person_id=person_id, kind=kind)
        insert_once(books.session, row)


def last_sent(books: Books, person_id: int, kind: Unasked) -> date | None:
    """The day, on the person's wall, of the last one; None: there was none yet."""
    return queries.latest(books, person_id, kind)


def sent_on(books: Books, person_id: int, day: date) -> int:
    """How many of the kinds that interrupt: they count in the day's budget."""
    return queries.on_day(books, person_id, day)


def claim(books: Books, person_id: int, kind: Unasked, day: date) -> bool:
    """Whether it is this transaction that sends the person the day's one."""
    row = Gathered(workspace_id=books.workspace_id, person_id=person_id, kind=kind, day=day)
    return insert_once(books.session, row)


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
