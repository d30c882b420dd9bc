"""What coaching earned, coach by coach: each one's credit of a month as the sessions stand now, and what was said
of it.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar import periods
from bot.calendar.periods import Period
from bot.calendar.wallclock import start_of_day
from bot.calendar.working_hours import presence
from bot.coaching.domain import sessions as sessions_rules
from bot.coaching.domain.pay import CoachPay, Decision, first_of, held_last
from bot.coaching.domain.plans import CoachCredit, MonthsCredit
from bot.coaching.domain.sessions import HeldSession, Statement, statement
from bot.core.coaching_enums import PaidBy
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.people.domain.someone import Someone
from bot.people.services import calendars, members
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from bot.scorecards.domain import money
from storage.books import Books
from storage.queries.coaching import results as queries
from storage.queries.coaching import sessions
from storage.queries.people import people
from storage.tables import PayMonth


def earned_by(books: Books, coach_id: int, period: Period) -> Statement:
    """Session by session, what a coach's sessions of the period earn."""
    return earned_by_each(books, [coach_id], period)[coach_id]


def earned_by_each(books: Books, coaches: Collection[int], period: Period) -> dict[int, Statement]:
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
    month = sessions_rules.reported_month(week)
    if month is None:
        return None
    named = {id for id, rep in reps.items() if rep.named}
    kept = sessions.kept(books, named, *month)
    best = sessions_rules.choose(kept)
    return reps[best] if best is not None else None


def of_month(books: Books, month: date, team_ids: Collection[int] | None = None) -> list[CoachPay]:
    """Of everybody who coached that month, managers included, by name; `team_ids`: who was last in one of them."""
    days = _days(books, month).dates()
    coaches = queries.coaches(books, days[0], days[-1])
    found = [one for one in of_coaches(books, coaches, month) if one.statement.credits]
    theirs = [one for one in found if team_ids is None or not one.teams.keys().isdisjoint(team_ids)]
    return sorted(theirs, key=lambda one: (one.coach.name.casefold(), one.coach.id))


def of_coaches(books: Books, coaches: Collection[int], month: date) -> list[CoachPay]:
    days = _days(books, month)
    spells: dict[int, list[tuple[int, str, date | None]]] = defaultdict(list)
    for person_id, team_id, team, until in queries.spells(books, coaches, days.dates()[0], days.dates()[-1]):
        spells[person_id].append((team_id, team, until))
    earned = earned_by_each(books, coaches, days)
    rows = queries.of_month(books, coaches, month)
    return [
        _pay(books, coach_id, days, earned[coach_id], held_last(spells[coach_id], days.dates()[-1]), rows)
        for coach_id in coaches
    ]


def of_teams(books: Books, team_ids: Collection[int], month: date) -> MonthsCredit:
    """The same in short, most minutes first."""
    settings = workspaces.settings(books)
    found = [
        CoachCredit(one.coach.name, len(one.statement.credits), one.statement.minutes, one.statement.amount)
        for one in of_month(books, month, team_ids)
    ]
    found.sort(key=lambda one: (-one.minutes, one.coach))
    return MonthsCredit(tuple(found), settings.currency, has_rate=bool(settings.credit_rate))


def month_asked(text: str, now: datetime, zone: ZoneInfo) -> date:
    """The first day of the month that is named, else of the last one; raises BadInput for any other time."""
    days = periods.parse(text or "last-month", now=now, zone=zone).dates()
    if not is_month(days):
        raise BadInput(_("Pay goes by the month: name one, such as `last month` or `2026-11`."))
    return days[0]


def is_month(days: Sequence[date]) -> bool:
    """Whether they are those of one whole calendar month."""
    return bool(days) and days[0].day == 1 and days[-1] + timedelta(days=1) == _next(days[0])


def _next(month: date) -> date:
    return first_of(month + timedelta(days=32))


def _days(books: Books, month: date) -> Period:
    """The month's; sessions are dated by the day, so that no zone moves one into another month."""
    zone = ZoneInfo(workspaces.settings(books).time_zone)
    return Period(f"{month:%Y-%m}", start_of_day(month, zone), start_of_day(_next(month), zone), zone)


def _pay(
    books: Books,
    coach_id: int,
    days: Period,
    earned: Statement,
    teams: dict[int, str],
    rows: dict[int, PayMonth],
) -> CoachPay:
    settings, coach = workspaces.settings(books), members.member(books, coach_id)
    row = rows.get(coach_id)
    return CoachPay(
        Someone(coach.id, coach.name, coach.email),
        teams,
        days.dates()[0],
        earned,
        settings.currency,
        _relief(books, coach, days, earned.minutes) if settings.paid_by is PaidBy.RELIEF else None,
        _decision(books, row) if row else None,
    )


def _relief(books: Books, coach: Member, days: Period, minutes: int) -> float:
    first, last = days.dates()[0], days.dates()[-1]
    holidays = calendars.public_holidays(coach.country, first.year, last.year)
    leave = people.leave(books, [coach.id], first, last).get(coach.id, ())
    there = presence(days, holidays=holidays, leave=leave, started_on=first, ended_on=None, as_of=days.end)
    return money.share(minutes, there.present)


def _decision(books: Books, row: PayMonth) -> Decision | None:
    if row.approved is None or row.decided_at is None:
        return None
    by = members.member(books, row.decided_by_id).name if row.decided_by_id else ""
    return Decision(
        row.approved,
        row.reason,
        by,
        row.decided_at,
        row.sessions,
        row.minutes,
        row.rate,
        row.currency,
        row.paid_by,
    )
