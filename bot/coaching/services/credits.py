"""What coaching earned in a month, coach by coach, and who was coach of the month."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from bot.calendar.periods import Period
from bot.coaching.domain import coach_of_month
from bot.coaching.domain.plans import CoachCredit, MonthsCredit
from bot.coaching.domain.sessions import HeldSession, Statement, statement
from bot.people.domain.someone import Someone
from bot.people.services import members, teams
from bot.people.services import workspace as workspaces
from storage.books import Books
from storage.queries.coaching import coached as queries
from storage.queries.coaching import sessions


def of_teams(books: Books, team_ids: Collection[int], month: Period) -> MonthsCredit:
    """Of everybody who coached and is in one of the teams at the month's end, managers included; most minutes first."""
    days = month.dates()
    people = {
        person.id: person.name
        for person, _membership, team in teams.roster_on(books, days[-1])
        if team.id in team_ids
    }
    settings = workspaces.settings(books)
    since = days[0] - timedelta(days=days[0].weekday())
    held = [
        HeldSession(one.id, one.coach, one.learner, one.held_on, one.minutes, one.commitment)
        for one in queries.held(books, days[-1] + timedelta(days=1))
        if one.coach in people and one.held_on >= since
    ]
    found = []
    for coach in {one.coach_id for one in held}:
        told = statement(coach, held, period=month, rate=settings.credit_rate)
        if told.credits:
            found.append(CoachCredit(people[coach], len(told.credits), told.minutes, told.amount))
    found.sort(key=lambda one: (-one.minutes, one.coach))
    return MonthsCredit(tuple(found), settings.currency, has_rate=bool(settings.credit_rate))


def of_coach(books: Books, coach_id: int, period: Period) -> Statement:
    """Session by session, what a coach's sessions of the period earn."""
    days = period.dates()
    since = days[0] - timedelta(days=days[0].weekday())
    held = [
        HeldSession(one.id, one.coach, one.learner, one.held_on, one.minutes, one.commitment)
        for one in queries.held(books, days[-1] + timedelta(days=1))
        if one.coach == coach_id and one.held_on >= since
    ]
    return statement(coach_id, held, period=period, rate=workspaces.settings(books).credit_rate)


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
