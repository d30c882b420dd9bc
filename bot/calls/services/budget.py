"""How much a rep is asked and told unasked in a day: questions after calls, and gathered messages."""

from bot.calendar.wallclock import end_of_day, local_date, start_of_day
from bot.calls.domain import prompts as rules
from bot.calls.domain.prompts import Asked
from bot.people.services import unasked
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from storage.books import Books
from storage.queries.calls import calls as queries

REMEMBERED = 50
"""Prompts looked back at for the row of ignored ones."""


def has_room(books: Books, rep: Member) -> bool:
    """Whether the rep's day can take one more message that nobody asked for."""
    return asked_today(books, rep) + gathered_today(books, rep) < per_day(books, rep)


def per_day(books: Books, rep: Member) -> int:
    most = workspaces.settings(books).prompts_per_day
    return rules.budget(_history(books, rep.id), now=books.now, per_day=most)


def asked_today(books: Books, rep: Member) -> int:
    """Calls asked about on the rep's own date."""
    today = local_date(books.now, rep.zone)
    return queries.asked_between(
        books, rep.id, start=start_of_day(today, rep.zone), end=end_of_day(today, rep.zone)
    )


def gathered_today(books: Books, rep: Member) -> int:
    return unasked.sent_on(books, rep.id, local_date(books.now, rep.zone))


def _history(books: Books, person_id: int) -> list[Asked]:
    return [
        Asked(prompt.asked_at, prompt.status)
        for prompt in queries.recently_asked(books, person_id, limit=REMEMBERED)
        if prompt.asked_at is not None
    ]
