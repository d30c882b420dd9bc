"""The part of a period in which a person held one role: numbers from before a change stay with the old role."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

from bot.calendar.periods import Period
from bot.calendar.wallclock import INSTANT, local_date, start_of_day
from bot.core.enums import SELLING_ROLES, Role

_DAY = timedelta(days=1)
_Held = TypeVar("_Held")


@dataclass(frozen=True, slots=True)
class Rep:
    """A person as a scorecard or a ranking shows them, in the team and role held then."""

    id: int
    name: str
    email: str | None
    slack_user_id: str | None
    named_publicly: bool
    role: Role
    team_id: int
    team: str


@dataclass(frozen=True, slots=True)
class Stint:
    """A rep's time in one role and team, from a first to a last day, included; None is open."""

    rep: Rep
    zone: ZoneInfo
    country: str | None
    started_on: date
    ended_on: date | None = None

    def holds(self, day: date) -> bool:
        return self.started_on <= day and (self.ended_on is None or day <= self.ended_on)

    def touches(self, first: date, last: date) -> bool:
        return self.started_on <= last and (self.ended_on is None or self.ended_on >= first)


def foremost(held: Iterable[_Held], role_of: Callable[[_Held], Role]) -> _Held | None:
    """What somebody stands in who holds several roles at one time, given in the order they began.

    A selling role comes before a managing one, and the one held longest before the others.
    """
    return min(held, key=lambda one: role_of(one) not in SELLING_ROLES, default=None)


def standing(stints: Sequence[Stint], first: date, last: date) -> Stint | None:
    """What one person is on the day `last`, else was latest since `first`; `stints` in the order they began."""
    now = foremost((stint for stint in stints if stint.holds(last)), lambda stint: stint.rep.role)
    return now or next((stint for stint in reversed(stints) if stint.touches(first, last)), None)


def in_role(stints: Sequence[Stint], now: Stint) -> Stint:
    """The whole time in the role of `now`, whatever the teams; shown in the team of `now`."""
    same = [stint for stint in stints if stint.rep.role is now.rep.role]
    ends = [stint.ended_on for stint in same]
    return Stint(
        now.rep,
        now.zone,
        now.country,
        min(stint.started_on for stint in same),
        None if None in ends else max(day for day in ends if day),
    )


def part(period: Period, stint: Stint, as_of: datetime) -> Period | None:
    """The period's part in the role that is known at `as_of`, by the days of the team's zone; None if there is none."""
    return between(period, stint.zone, stint.started_on, stint.ended_on, as_of)


def between(
    period: Period, zone: ZoneInfo, first: date | None, last: date | None, as_of: datetime
) -> Period | None:
    """The period's part from a first to a last day, included, that is known at `as_of`; None is open."""
    own = in_zone(period, zone)
    start = max(own.start, start_of_day(first, zone)) if first else own.start
    beyond = start_of_day(last + _DAY, zone) if last else own.end
    end = min(own.end, as_of + INSTANT, beyond)
    return Period(period.label, start, end, zone) if start < end else None


def in_zone(period: Period, zone: ZoneInfo) -> Period:
    """The same days by another zone's wall."""
    if zone == period.zone:
        return period
    first, beyond = (local_date(edge, period.zone) for edge in (period.start, period.end))
    return Period(period.label, start_of_day(first, zone), start_of_day(beyond, zone), zone)


def days_over(part: Period) -> tuple[date, date]:
    """The first day of a part and the last one that is over: a fact dated by the day is known at the day's end."""
    return local_date(part.start, part.zone), local_date(part.end, part.zone) - _DAY
