"""A coach's first month, once a week after a meeting: what learners say in sum, a peer to ask, a practice."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta

from bot.calendar.wallclock import local_date
from bot.calendar.working_hours import Quiet
from bot.calls.services import budget
from bot.coaching.domain.new_roles import first_month as rules
from bot.coaching.domain.new_roles.first_month import FirstMonth, Peer
from bot.core.enums import Unasked
from bot.people.services import calendars, members, teams, unasked
from bot.people.services.members import Member
from storage.books import Books
from storage.queries.coaching import sessions

YEAR = timedelta(weeks=52)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Told:
    coach: Member
    month: FirstMonth


def to_tell(books: Books) -> list[tuple[int, str | None]]:
    """Coaches who may have to be told now, and the Slack users they are."""
    today = books.now.date()
    new = sessions.new_coaches(books, today - rules.MONTH - _DAY)
    found = unasked.to_hear(books, Unasked.FIRST_MONTH, since=today - rules.BETWEEN + _DAY, among=new)
    return [
        (coach.id, coach.slack_user_id)
        for coach in found
        if _is_due(books, members.member(books, coach.id), new[coach.id])
    ]


def take(books: Books, coach_id: int, *, quiet: tuple[Quiet, ...]) -> Told | None:
    """Claimed: what comes back is to be said now; None for nothing."""
    coach = members.member(books, coach_id)
    today = local_date(books.now, coach.zone)
    days = sessions.new_coaches(books, today - rules.MONTH - _DAY).get(coach_id)
    if days is None or not _is_due(books, coach, days, quiet) or not budget.has_room(books, coach):
        return None
    if not unasked.claim(books, coach.id, Unasked.FIRST_MONTH, today):
        return None
    rated = sessions.ratings(books, since=days[0], until=today)
    own = [rating for one, rating in rated if one == coach.id]
    return Told(coach, rules.of(days[0], today, own, _peer(books, coach, today)))


def _is_due(books: Books, coach: Member, days: tuple[date, date], quiet: tuple[Quiet, ...] = ()) -> bool:
    today = local_date(books.now, coach.zone)
    last = unasked.last_sent(books, coach.id, Unasked.FIRST_MONTH)
    if not coach.roles or not unasked.may_be_sent(books, coach, Unasked.FIRST_MONTH):
        return False
    return rules.is_due(*days, last, today) and calendars.is_at_work(books, coach, quiet=quiet)


def _peer(books: Books, coach: Member, today: date) -> Peer | None:
    """Of those who offer to coach, of the coach's own team first, who did so most often; None where nobody did."""
    held = [one for one in teams.roster_on(books, today) if one[0].willing and one[0].id != coach.id]
    own = {team.id for person, _membership, team in teams.roster_on(books, today) if person.id == coach.id}
    names = {person.id: (person.name, team.id in own) for person, _membership, team in held}
    given = Counter(one for one, _day in sessions.as_coach(books, names, today - YEAR, today))
    if not given:
        return None
    best = max(given, key=lambda one: (names[one][1], given[one], -one))
    return Peer(names[best][0], given[best])
