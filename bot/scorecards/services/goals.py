"""Goals in money as they stand: of single reps over any days, and set in Slack."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from bot.calendar.periods import Period
from bot.calendar.wallclock import start_of_day
from bot.calendar.working_hours import is_workday
from bot.core.enums import Role
from bot.core.session_cache import read_once
from bot.people.domain.stints import Rep, Stint, in_zone
from bot.people.services import teams
from bot.people.services import workspace as workspaces
from bot.people.services.calendars import public_holidays
from bot.pipeline.domain.portfolio import Amount
from bot.scorecards.domain.money import goals as rules
from bot.scorecards.domain.money import relief as relief_rules
from bot.scorecards.domain.money.goals import IsWorked, Owner, Progress, Quota
from bot.scorecards.services import relief
from storage.books import Books
from storage.queries.scorecards import targets as queries
from storage.tables import Quota as Row


def of_reps(books: Books, held: Sequence[Stint], period: Period, *, as_of: datetime) -> dict[int, Amount]:
    """By rep, of one role, over a period; without those who have no goal for it. Less for time spent on coaching.

    Of one who leaves in it, what the working days up to the last take of it.
    """
    if not held or held[0].rep.role not in rules.WITH_GOALS:
        return {}
    base = workspaces.settings(books).currency
    given = _given(books, held[0].rep.role, tuple(stint.rep.id for stint in held), base)
    if not given:
        return {}
    fiscal = {floor.id: floor.fiscal_start for floor in teams.every(books)}
    spent = relief.minutes(books, [stint.rep.id for stint in held], period, as_of=as_of)
    found = {}
    for stint in held:
        is_worked, days = working_days(stint.country, period), _until_left(in_zone(period, stint.zone), stint)
        goal = rules.goal_over(
            [one for one in given if _holds_for(one.owner, stint.rep)],
            days,
            fiscal_start=fiscal.get(stint.rep.team_id, 1),
            is_worked=is_worked,
        )
        if goal:
            less = relief_rules.share(spent[stint.rep.id], sum(map(is_worked, days.dates())))
            found[stint.rep.id] = goal._replace(value=relief_rules.relieved_money(goal.value, less))
    return found


def _until_left(period: Period, stint: Stint) -> Period:
    if stint.ended_on is None:
        return period
    end = min(period.end, start_of_day(stint.ended_on + timedelta(days=1), stint.zone))
    return replace(period, end=max(period.start, end))


@read_once
def _given(books: Books, role: Role, reps: tuple[int, ...], base: str) -> list[Quota]:
    return [_quota(row, base) for row in queries.of(books, role, reps)]


def progress(
    period: Period, goal: Amount, reached: Decimal | None, country: str | None, *, as_of: datetime
) -> Progress:
    gone = rules.share_gone(period, period.until(as_of), working_days(country, period))
    return Progress(period, goal, reached, gone)


def working_days(country: str | None, period: Period) -> IsWorked:
    """By the calendar of the team's country, in the years around the period."""
    year = period.start.year
    holidays = public_holidays(country, year - 1, period.end.year + 1)
    return lambda day: is_workday(day, holidays=holidays)


def given(books: Books, owner: Owner) -> list[Quota]:
    return [_quota(row, "") for row in queries.of_whose(books, [str(owner)])]


def put(books: Books, owner: Owner, period: str, goal: Amount) -> bool:
    """Sets the goal; tells whether it changed."""
    return queries.put(
        books,
        str(owner),
        period,
        person_id=owner.person_id,
        role=owner.role,
        team_id=owner.team_id,
        amount=goal.value,
        currency=goal.currency,
    )


def _quota(row: Row, base: str) -> Quota:
    return Quota(
        Owner(row.person_id, row.role, row.team_id), row.period, Amount(row.amount, row.currency or base)
    )


def _holds_for(owner: Owner, rep: Rep) -> bool:
    return owner.person_id in (None, rep.id) and owner.team_id in (None, rep.team_id)
