"""What coaching earned, coach by coach, and who was coach of the month."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from bot.calendar.periods import Period
from bot.coaching.domain import coach_of_month
from bot.coaching.domain.sessions import HeldSession, Statement, statement
from bot.people.domain.someone import Someone
from bot.people.services import members
from bot.people.services import workspace as workspaces
from storage.books import Books
from storage.queries.coaching import sessions


def of_coach(books: Books, coach_id: int, period: Period) -> Statement:
    """Session by session, what a coach's sessions of the period earn."""
    return of_coaches(books, [coach_id], period)[coach_id]


def of_coaches(books: Books, coaches: Collection[int], period: Period) -> dict[int, Statement]:
    """By coach."""
    days = period.dates()
    since = days[0] - timedelta(days=days[0].weekday())
    held = [
        HeldSession(one.id, one.coach, one.learner, one.held_on, one.minutes, one.commitment)
        for one in sessions.held(books, days[-1] + timedelta(days=1), since=since)
    ]
    rate = workspaces.settings(books).credit_rate
    return {coach: statement(coach, held, period=period, rate=rate) for coach in coaches}


def learners_of(books: Books, told: Statement) -> dict[int, str]:
    """The names of those whom the statement's sessions were with."""
    ids = {one.session.learner_id for one in told.credits}
    return {learner_id: members.member(books, learner_id).name for learner_id in ids}


def best_coach(books: Books, reps: Mapping[int, Someone], week: date) -> Someone | None:
    """The coach of the month that ended, in the month's first digest; `week` is the Monday it is posted in.

    Whoever does not want to be named is left out before anything is counted.
    """
    month = coach_of_month.reported_month(week)
    if month is None:
        return None
    named = {id for id, rep in reps.items() if rep.named}
    kept = sessions.kept(books, named, *month)
    best = coach_of_month.choose(kept)
    return reps[best] if best is not None else None
