"""Coaching sessions: when a commitment falls due and is asked about, what a coach is paid for, and who is coach of the
month: never by learners' revenue.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum

from bot.calendar.periods import Period, iso_label
from bot.calendar.wallclock import local_date
from bot.calendar.working_hours import WorkHours, next_open, next_start
from bot.debriefs.domain.debrief import EDITABLE_FOR
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


TOO_LATE = timedelta(days=14)
"""A question this long overdue is asked no more, and waits in Home no more: nobody knows any longer how it was."""

_DAY = timedelta(days=1)


def first_asked(due_on: date, *, hours: WorkHours) -> datetime | None:
    """When work begins on the first working day after the due day, which is the learner's to its end."""
    return next_start(hours, due_on + _DAY)


def when_to_ask(due_at: datetime, *, hours: WorkHours, asked_today: bool, now: datetime) -> datetime | None:
    """The moment to ask, from `now` on, of a question that is due; None: not any more.

    `asked_today`: the learner was asked about another commitment on their own date of `now`; one a day is enough.
    """
    if now - due_at >= TOO_LATE:
        return None
    if asked_today:
        return next_start(hours, local_date(now, hours.zone) + _DAY)
    return next_open(hours, now)


def waits(due_on: date | None, today: date) -> bool:
    """Whether a commitment that nobody has answered is still open to answer."""
    return due_on is None or today <= due_on + TOO_LATE


def is_changeable(answered_at: datetime, *, now: datetime) -> bool:
    return now < answered_at + EDITABLE_FOR


FEWEST_SESSIONS = 2
"""Kept in the month before somebody is told of."""
BEST = 5

Kept = tuple[int, int | None]
"""A session that ended in a commitment: its coach, and the learner's rating, 1 to 5, if there is one."""


def choose(kept: Iterable[Kept]) -> int | None:
    """The coach whose sessions add up to most, each counted as its rating out of five; nobody where two are level.

    A session without a rating counts as the mean of all that were rated.
    """
    sessions = list(kept)
    rated = [rating for _coach, rating in sessions if rating is not None]
    usual = sum(rated) / len(rated) if rated else BEST
    total: dict[int, float] = defaultdict(float)
    held: dict[int, int] = defaultdict(int)
    for coach, rating in sessions:
        total[coach] += (usual if rating is None else rating) / BEST
        held[coach] += 1
    ranked = sorted((coach for coach in total if held[coach] >= FEWEST_SESSIONS), key=lambda one: -total[one])
    if len(ranked) > 1 and total[ranked[0]] - total[ranked[1]] < 1e-9:
        return None
    return ranked[0] if ranked else None


def reported_month(posted_in: date) -> tuple[date, date] | None:
    """First day, and first day beyond, of the month that a digest of this week (a Monday) reports on.

    None unless it is the first digest of a month.
    """
    if posted_in.day > 7:
        return None
    beyond = posted_in.replace(day=1)
    return (beyond - timedelta(days=1)).replace(day=1), beyond
