"""Goals in money, by how much coaching lowers them, what is still to come, and how earlier forecasts went."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bot.calendar import periods
from bot.calendar.periods import Period
from bot.core.enums import Role
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.pipeline.domain.forecast import Forecast, Unforeseen
from bot.pipeline.domain.portfolio import Amount

WITH_GOALS = (Role.AE, Role.AM)
_LABEL = re.compile(r"(\d{4})-(0?[1-9]|1[0-2]|q[1-4])", re.IGNORECASE)

IsWorked = Callable[[date], bool]


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose a goal is: a person's; else that of each rep of the role, in one team or in every."""

    person_id: int | None = None
    role: Role | None = None
    team_id: int | None = None

    def __str__(self) -> str:
        """How it is written down."""
        if self.person_id is not None:
            return f"person:{self.person_id}"
        return str(self.role) if self.team_id is None else f"team:{self.team_id}:{self.role}"

    @property
    def width(self) -> int:
        """The narrower goes before the wider."""
        return 0 if self.person_id is not None else 1 if self.team_id is not None else 2


@dataclass(frozen=True, slots=True)
class Quota:
    """What a rep is to bring in over a month or a quarter."""

    owner: Owner
    period: str
    amount: Amount

    @property
    def is_month(self) -> bool:
        return "Q" not in self.period


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a goal is reached by a moment; `gone` is the share of the period's working days that have passed.

    `reached` is in the goal's currency; None where what came in cannot be told in it.
    """

    period: Period
    goal: Amount
    reached: Decimal | None
    gone: float

    @property
    def attainment(self) -> float | None:
        if self.reached is None or not self.goal.value:
            return None
        return float(self.reached / self.goal.value)

    @property
    def pace(self) -> float | None:
        """1 is just on the way; None before the first working day, and without an attainment."""
        reached = self.attainment
        return reached / self.gone if reached is not None and self.gone else None


def label(text: str) -> str:
    """`2026-10` or `2026-Q4`; raises BadInput for any other period."""
    found = _LABEL.fullmatch(text.strip())
    if not found or not 1900 <= int(found[1]) <= 2100:
        raise BadInput(_("a goal is for a month like 2026-10 or a quarter like 2026-Q4"))
    part = found[2].upper()
    return f"{found[1]}-{part if part.startswith('Q') else part.zfill(2)}"


def days_of(quota: str, like: Period, fiscal_start: int) -> Period:
    """The days of a goal's month or quarter, in the zone of another period."""
    return periods.parse(quota, now=like.start, zone=like.zone, fiscal_start=fiscal_start)


def goal_over(
    quotas: Iterable[Quota], period: Period, *, fiscal_start: int, is_worked: IsWorked
) -> Amount | None:
    """What one rep is to bring in over the period, of their own goals, their team's and their role's.

    Just that month's or quarter's goal where there is one. Else each working day takes its part of the goal that it
    lies in: a rep's own before the team's and the role's, a month's before a quarter's. None where a working day has
    no goal, and where goals of two currencies would have to be added.
    """
    listed = sorted(quotas, key=lambda one: (one.owner.width, not one.is_month))
    spans = [(one, days_of(one.period, period, fiscal_start)) for one in listed]
    touching = [(one, days) for one, days in spans if days.start < period.end and days.end > period.start]
    for one, days in touching:
        if one.owner.width == touching[0][0].owner.width and (days.start, days.end) == (
            period.start,
            period.end,
        ):
            return one.amount
    return _by_days(touching, period, is_worked)


def _by_days(goals: Sequence[tuple[Quota, Period]], period: Period, is_worked: IsWorked) -> Amount | None:
    """A goal whose days all lie in the period counts whole, to the cent."""
    dates = {one: [day for day in days.dates() if is_worked(day)] for one, days in goals}
    by_day: dict[date, Quota] = {}
    for one, worked in reversed(dates.items()):
        by_day |= dict.fromkeys(worked, one)
    asked = [day for day in period.dates() if is_worked(day)]
    if not asked or any(day not in by_day for day in asked):
        return None
    used = Counter(by_day[day] for day in asked)
    currencies = {one.amount.currency for one in used}
    if len(currencies) > 1:
        return None
    total = sum((one.amount.value * count / len(dates[one]) for one, count in used.items()), Decimal())
    return Amount(total, currencies.pop())


def share_gone(period: Period, known: Period, is_worked: IsWorked) -> float:
    """Of the period's working days, those up to what is known of it, the day itself counted; 0 before it begins."""
    past, every = days_gone(period, known, is_worked)
    return past / every if every else 0.0


def days_gone(period: Period, known: Period, is_worked: IsWorked) -> tuple[int, int]:
    """The working days up to what is known of the period, the day itself counted, and all of its working days."""
    return sum(map(is_worked, known.dates())), sum(map(is_worked, period.dates()))


MINUTES_A_DAY = 480
"""Of a working day, whatever its hours: a share of a target must not hang on how long lunch is."""
_CENT = Decimal("0.01")


def share(minutes: int, days: int) -> float:
    """The credited minutes as a share of so many working days: that much less is asked for."""
    return min(minutes / (days * MINUTES_A_DAY), 1.0) if days else 0.0


def relieved(target: float, relief: float) -> float:
    return target * (1 - relief)


def relieved_money(goal: Decimal, relief: float) -> Decimal:
    """To the cent; untouched where nothing is relieved."""
    return (goal * Decimal(1 - relief)).quantize(_CENT, ROUND_HALF_UP) if relief else goal


FEWEST_TOLD = 3
"""AEs with a goal below which a team's share of its goal is told to nobody but those who lead."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Amounts are in `currency`. `won` and `open` are None where they cannot be told in it.

    `unpriced` are deals won without an amount; `won` is None where all are, and `are_goals_unpriced` says so of the
    deals won by those who have a goal. `forecast` is None for who has no deals of their own. `goals` is how
    many reps have a goal; `progress` is theirs together.
    """

    period: Period
    currency: str
    won: Decimal | None
    open: Decimal | None
    unpriced: int
    progress: Progress | None
    forecast: Forecast | None
    goals: int = 0
    are_goals_unpriced: bool = False

    @property
    def can_be_public(self) -> bool:
        """Whether no single rep's part can be read from it."""
        return self.goals >= FEWEST_TOLD


QUARTERS = 4
"""Finished quarters that are looked back on."""
FEWEST_SAID = 4
"""Forecasts below which nothing is told of how they went: those of one quarter go right or wrong together."""


@dataclass(frozen=True, slots=True)
class Said:
    """A forecast as it would have been told on `day` of a quarter, by what was known then.

    `came` is what was won by then and of the deals open then; `in_all` has the deals that were opened later, too.
    """

    quarter: str
    day: date
    low: float
    middle: float
    high: float
    came: float
    in_all: float

    @property
    def held(self) -> bool:
        """A cent is nobody's miss."""
        return self.low - 0.01 <= self.came <= self.high + 0.01


@dataclass(frozen=True, slots=True)
class Record:
    """The oldest first, in `currency`; `why` says what is missing where too few could be told."""

    currency: str
    said: tuple[Said, ...] = ()
    why: Unforeseen | None = None

    @property
    def held(self) -> int:
        return sum(one.held for one in self.said)


def record(currency: str, said: tuple[Said, ...], why: Unforeseen) -> Record:
    """`why` is what kept the others from being told."""
    return Record(currency, said) if len(said) >= FEWEST_SAID else Record(currency, why=why)
