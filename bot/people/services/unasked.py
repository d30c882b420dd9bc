"""Gathered messages, to be claimed for the day they are sent on, and not to those who have turned the kind off."""

from datetime import date

from bot.core.enums import Unasked
from bot.people.services.members import Member
from storage.books import Books
from storage.insert_once import insert_once
from storage.queries.people import unasked as queries
from storage.tables import Gathered, Unwanted


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
