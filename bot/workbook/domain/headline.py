"""The values of the first page: what came in, against what, what is coming, what is stuck, who is best at what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from bot.core.enums import Metric, Role
from bot.pipeline.domain.forecast import FEWEST_CLOSED, Forecast, Unforeseen
from bot.pipeline.domain.money import Money
from bot.pipeline.domain.stuck import StuckReason
from bot.workbook.domain.pipeline import DealRecord

_UNFORESEEN = {
    Unforeseen.FEW_CLOSED: f"No forecast: fewer than {FEWEST_CLOSED} deals closed in the last 52 weeks.",
    Unforeseen.SEVERAL_CURRENCIES: "No forecast: the deals are in several currencies, and a rate is missing.",
    Unforeseen.AMOUNTS_UNKNOWN: (
        "No forecast: open deals have no amount, and too few won ones tell what they may be worth."
    ),
}


@dataclass(frozen=True, slots=True)
class Goal:
    """What the reps of a role are to bring in, in one currency, and did.

    `reps` of the role's `of_all` have such a goal; what `untold` of them brought in is in a currency without a rate,
    and of what `unpriced` of them won no deal has an amount. `reached` stands against the whole goal, as in Slack: a
    part of it beside a whole goal would look like more. An even pace would have brought `due`.
    """

    role: Role
    currency: str
    goal: Decimal
    reached: Decimal
    due: Decimal
    reps: int
    untold: int
    unpriced: int
    of_all: int
    converted: tuple[str, ...] = ()
    """Currencies that were turned into this one."""

    @property
    def why_untold(self) -> str:
        """Why nobody can tell how far it is reached; empty where one can."""
        if self.untold:
            return "what came in is in currencies without a rate"
        return "the won deals have no amount" if self.unpriced and not self.reached else ""

    @property
    def whose(self) -> str:
        """`all 6 AEs`, `1 of 4 AEs`, `the only AE`."""
        if self.reps < self.of_all:
            return f"{self.reps} of {self.of_all} {self.role}s"
        return f"the only {self.role}" if self.reps == 1 else f"all {self.reps} {self.role}s"


def together(goals: Sequence[Goal], base: str, rates: Mapping[str, Decimal]) -> Sequence[Goal]:
    """Goals of one role in several currencies as one in `base`, where each has a rate; else side by side."""
    if len(goals) < 2 or not {one.currency for one in goals} <= rates.keys() | {base}:
        return goals
    worth = {**rates, base: Decimal(1)}
    return [
        Goal(
            goals[0].role,
            base,
            goal=sum((one.goal * worth[one.currency] for one in goals), Decimal()),
            reached=sum((one.reached * worth[one.currency] for one in goals), Decimal()),
            due=sum((one.due * worth[one.currency] for one in goals), Decimal()),
            reps=sum(one.reps for one in goals),
            untold=sum(one.untold for one in goals),
            unpriced=sum(one.unpriced for one in goals),
            of_all=goals[0].of_all,
            converted=tuple(one.currency for one in goals if one.currency != base),
        )
    ]


@dataclass(frozen=True, slots=True)
class Coming:
    """What is won and what open deals will still bring by the end of the period that runs; `whose` is blank for all."""

    whose: str
    currency: str
    forecast: Forecast

    @property
    def why_none(self) -> str:
        """Why nothing is forecast; empty where something is."""
        return _UNFORESEEN.get(self.forecast.why, "No forecast.") if self.forecast.why else ""


@dataclass(frozen=True, slots=True)
class Rate:
    """What one unit of the currency is worth in the workspace's, as somebody gave it, from a day on."""

    currency: str
    worth: Decimal
    since: date


@dataclass(frozen=True, slots=True)
class Slipped:
    """Deals that were still open when a day went by on which they were expected to close, and what became of them.

    Of those still open `moved` have a later day, `past` have none that is not gone by, and `undated` no day any more.
    """

    money: Money = field(default_factory=Money)
    won: int = 0
    lost: int = 0
    moved: int = 0
    past: int = 0
    undated: int = 0
    stuck: int = 0


@dataclass(frozen=True, slots=True)
class Best:
    """Who is named top of a role, for what, with the probability; without a rep, nobody is."""

    role: Role
    where: str
    rep: str = ""
    metric: Metric | None = None
    value: float | None = None
    probability: float | None = None


@dataclass(frozen=True, slots=True)
class Headline:
    """`gone` is the share of the period's working days that have passed, `days` how many of how many where that is the
    same for all; `stuck` is None where no record tells, `best` None for who may see no ranking.

    Of `said` forecasts of the last quarters `held` were true; `unheld` is why none could be looked back on. `largest`
    are the largest stuck deals. `rates` are those that currencies were told by. `credited` minutes of the coaching
    `sessions` earned `credit`, in `currency`; `pairs` count those that did not meet too.
    """

    won: Money = field(default_factory=Money)
    open: Money = field(default_factory=Money)
    stuck: Money | None = None
    because: Mapping[StuckReason, Money] = field(default_factory=dict)
    """What is stuck for each reason; a deal may be for several."""
    largest: Sequence[DealRecord] = ()
    slipped: Slipped = field(default_factory=Slipped)
    goals: Sequence[Goal] = ()
    coming: Sequence[Coming] = ()
    best: Sequence[Best] | None = ()
    said: int = 0
    held: int = 0
    unheld: Unforeseen | None = None
    rates: Sequence[Rate] = ()
    gone: float = 0.0
    days: tuple[int, int] | None = None
    pairs: int = 0
    sessions: int = 0
    credited: int = 0
    credit: Decimal | None = None
    """None: no rate is set."""
    currency: str = ""
    is_whole: bool = False
    """Every table stands, whether it has rows or not: what a template may be made of."""

    @property
    def against(self) -> Goal | None:
        """The goal of all AEs, that a forecast can be held against: where both are in one currency."""
        aims = [goal for goal in self.goals if goal.role is Role.AE]
        if len(aims) != 1 or aims[0].reps < aims[0].of_all:
            return None
        return aims[0] if {one.currency for one in self.coming} <= {aims[0].currency} else None
