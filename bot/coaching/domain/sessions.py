"""Coaching sessions: when a commitment falls due, and what a coach is paid for."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from bot.calendar.periods import Period, iso_label
from bot.scorecards.domain.coached import MINUTES_PER_PAIR_AND_WEEK

MINUTES = range(1, 481)
"""What a session can have taken."""
RATINGS = range(1, 6)

_COMMITMENT_RUNS = timedelta(days=7)
_CENT = Decimal("0.01")


class Shortfall(StrEnum):
    """Why minutes of a session are not paid for."""

    NO_COMMITMENT = "no_commitment"
    WEEK_IS_FULL = "week_is_full"


@dataclass(frozen=True, slots=True)
class HeldSession:
    session_id: int
    coach_id: int
    learner_id: int
    held_on: date
    minutes: int
    commitment: str

    @property
    def earns(self) -> bool:
        """Only a session that ended in a commitment is coaching."""
        return bool(self.commitment.strip())


@dataclass(frozen=True, slots=True)
class Credit:
    """What a session earns of its minutes, and why not all of them."""

    session: HeldSession
    minutes: int
    """What is paid for of the session's minutes."""

    @property
    def shortfall(self) -> Shortfall | None:
        """None where every minute counts."""
        if not self.session.earns:
            return Shortfall.NO_COMMITMENT
        return Shortfall.WEEK_IS_FULL if self.minutes < self.session.minutes else None


@dataclass(frozen=True, slots=True)
class Statement:
    """What one coach earned by coaching in one period, session by session."""

    coach_id: int
    period: Period
    rate: Decimal
    credits: tuple[Credit, ...]

    @property
    def minutes(self) -> int:
        return sum(credit.minutes for credit in self.credits)

    @property
    def amount(self) -> Decimal:
        return credit(self.minutes, self.rate)


def due_on(held_on: date, dated: date | None = None) -> date:
    """When a commitment is to be kept: the day agreed, else a week after the session."""
    return dated or held_on + _COMMITMENT_RUNS


def credit(minutes: int, rate: Decimal) -> Decimal:
    """What the minutes earn at a rate per hour, to the cent."""
    return (rate * minutes / 60).quantize(_CENT, ROUND_HALF_UP)


def credited(sessions: Iterable[HeldSession]) -> tuple[Credit, ...]:
    """What is paid for of each session, oldest first: a pair's week is filled in the order of its days."""
    left: dict[tuple[int, int, str], int] = defaultdict(lambda: MINUTES_PER_PAIR_AND_WEEK)
    credits = []
    for session in sorted(sessions, key=lambda one: (one.held_on, one.session_id)):
        week = (session.coach_id, session.learner_id, iso_label(session.held_on))
        minutes = min(session.minutes, left[week]) if session.earns else 0
        left[week] -= minutes
        credits.append(Credit(session, minutes))
    return tuple(credits)


def statement(coach_id: int, sessions: Iterable[HeldSession], *, period: Period, rate: Decimal) -> Statement:
    """A coach's statement for a period, usually a month; `rate` is per hour.

    `sessions` must reach back to the Monday before the period, because what a pair had earlier in that week counts
    towards its limit.
    """
    own = [session for session in sessions if session.coach_id == coach_id]
    days = set(period.dates())
    return Statement(
        coach_id, period, rate, tuple(one for one in credited(own) if one.session.held_on in days)
    )
