"""What coaching earned in a month, coach by coach, and who was coach of the month."""

from collections.abc import Collection, Mapping
from datetime import date, timedelta

from sqlmodel import Session

from bot.domain import coach_of_month
from bot.domain.periods import Period
from bot.domain.plans import CoachCredit, MonthsCredit, Someone
from bot.domain.sessions import HeldSession, statement
from bot.services import rosters, workspaces
from storage.queries import effects as queries
from storage.queries import sessions


def of_teams(session: Session, workspace_id: int, team_ids: Collection[int], month: Period) -> MonthsCredit:
    """Of everybody who coached and is in one of the teams at the month's end, managers included; most minutes first."""
    days = month.dates()
    people = {
        person.id: person.name
        for person, _membership, team in rosters.on(session, workspace_id, days[-1])
        if team.id in team_ids
    }
    settings = workspaces.settings(session, workspace_id)
    since = days[0] - timedelta(days=days[0].weekday())
    held = [
        HeldSession(one.id, one.coach, one.learner, one.held_on, one.minutes, one.commitment)
        for one in queries.held(session, workspace_id, days[-1] + timedelta(days=1))
        if one.coach in people and one.held_on >= since
    ]
    found = []
    for coach in {one.coach_id for one in held}:
        told = statement(coach, held, period=month, rate=settings.credit_rate)
        if told.credits:
            found.append(CoachCredit(people[coach], len(told.credits), told.minutes, told.amount))
    found.sort(key=lambda one: (-one.minutes, one.coach))
    return MonthsCredit(tuple(found), settings.currency)


def best_coach(
    session: Session, workspace_id: int, reps: Mapping[int, Someone], week: date
) -> Someone | None:
    """The coach of the month that ended, in the month's first digest; `week` is the Monday it is posted in.

    Whoever does not want to be named is left out before anything is counted.
    """
    month = coach_of_month.reported_month(week)
    if month is None:
        return None
    named = {id for id, rep in reps.items() if rep.named}
    kept = sessions.kept(session, workspace_id, named, *month)
    best = coach_of_month.choose(kept)
    return reps[best] if best is not None else None
