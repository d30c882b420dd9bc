"""Whoever is new here hears first what this is, once: by whatever road they came on the roster."""

from collections.abc import Sequence

from bot.calendar.working_hours import Quiet
from bot.people.services import calendars, members, teams
from bot.people.services.members import Member
from storage.books import Books
from storage.queries.people import members as queries


def waiting(books: Books) -> list[Member]:
    """Who has to be told, is in a role and in Slack, and works now."""
    found = [members.member(books, id) for id in queries.welcome_due(books)]
    return [one for one in found if one.roles and calendars.is_at_work(books, one, welcoming=True)]


def take(books: Books, person_id: int, *, quiet: Sequence[Quiet] = ()) -> tuple[Member, str] | None:
    """The person and their team, whom the words are to be said to now; None where that has to wait, or was done."""
    person = queries.claim_welcome(books, person_id)
    if person is None:
        return None
    member = members.member(books, person_id)
    if not calendars.is_at_work(books, member, quiet=quiet, welcoming=True):
        return None
    person.welcome_due = False
    return member, teams.own(books, member).name


def nobody_is_new(books: Books) -> None:
    """Everybody on the roster knows already what this is."""
    for person_id in queries.welcome_due(books, everybody=True):
        person = queries.claim_welcome(books, person_id)
        if person is not None:
            person.welcome_due = False
