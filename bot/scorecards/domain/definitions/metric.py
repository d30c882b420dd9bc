"""A metric as one object: whatever the program knows of it stands in its definition, and nowhere else."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from bot.core.enums import Metric, Role
from bot.pipeline.domain.feeds import Feed
from bot.scorecards.domain.definitions.behind import Behind, Debriefed
from bot.scorecards.domain.definitions.counting import Count, CountOfAccounts, Measure
from bot.scorecards.domain.drilldown import Record
from bot.scorecards.domain.tally import Tally


@dataclass(frozen=True, slots=True)
class ShareOf:
    """Successes among trials: the figure's numerator and denominator."""


@dataclass(frozen=True, slots=True)
class CountOver:
    """A count over a stretch of time: the figure's numerator and denominator."""


@dataclass(frozen=True, slots=True)
class CostOf:
    """A cost that is the same whatever comes of it, over a count of results: the figure's denominator."""


@dataclass(frozen=True, slots=True)
class MeanOf:
    """The mean of single items; `items` gives (value, weight) of each, weights above 0."""

    items: Callable[[Tally], Iterable[tuple[float, float]]]


@dataclass(frozen=True, slots=True)
class SumOf:
    """A sum of lumps that come by chance; `squares` is the sum of their squares, in the figure's unit squared."""

    squares: Callable[[Tally], float]


@dataclass(frozen=True, slots=True)
class Told:
    """A fact that stands for itself: nothing is estimated from it, and nobody is compared by it."""


Basis = ShareOf | CountOver | CostOf | MeanOf | SumOf | Told


class Looks(StrEnum):
    """How what a figure is made of looks: whole, with two places, or as an amount of money."""

    WHOLE = "whole"
    PLACES = "places"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a figure is found: `count` ÷ `out_of`, unless `value` says otherwise; `table` holds the rows counted.

    `awaiting` counts what is undecided. `looks` are those of the count and of what it is divided by. A figure that is
    not `pooled` cannot be added up over a role's reps.
    """

    table: str
    count: str = ""
    out_of: str = ""
    value: str = ""
    is_array: bool = False
    awaiting: str = ""
    looks: tuple[Looks, Looks] = (Looks.WHOLE, Looks.WHOLE)
    pooled: bool = True


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table that are a rep's, and of the rep's days."""

    table: str
    who: str
    when: str

    def count(self, *conditions: str) -> str:
        return f"COUNTIFS({self._chosen(conditions)})"

    def total(self, column: str, *conditions: str) -> str:
        return f"SUMIFS({self.table}[{column}],{self._chosen(conditions)})"

    def _chosen(self, conditions: Collection[str]) -> str:
        dated = f"{self.table}[{self.when}]"
        own = f'{self.table}[{self.who}],[@Rep],{dated},">="&[@From],{dated},"<"&[@To]+1'
        return ",".join((own, *(self._condition(condition) for condition in conditions)))

    def _condition(self, condition: str) -> str:
        """`Status=won` as a pair of arguments; `<>`, `>` and `=` compare as they do in Excel."""
        column, comparison, wanted = re.split(r"(<>|>|=)", condition, maxsplit=1)
        sign = "" if comparison == "=" else comparison
        return f'{self.table}[{column}],"{sign}{wanted}"'


def of_rep(column: str) -> str:
    """What the sheet of reps says of this row's rep."""
    return f"SUMIFS(Reps[{column}],Reps[Rep],[@Rep])"


ABOUT_DEALS = (
    "Which deal of yours slipped last, and at which sentence did you notice?",
    "Who signs, and when did you last speak to them?",
    "What would you ask in the first five minutes if you began anew?",
)
ABOUT_LEADS = (
    "What made the last lead come back, in the words of who rejected it?",
    "Which one question would have told you so on the call?",
    "What do you hear when a lead is good?",
)
ABOUT_ACCOUNTS = (
    "Which account went quiet, and what was the last thing that worked there?",
    "Who else in the account gains from what they have?",
    "What will they want to show their own boss in a quarter?",
)
ABOUT_TALKS = (
    "Which call of this week would you like to have again, and from where on?",
    "What did the other side want that you did not ask about?",
    "What will you say first on the next call?",
)


class Unit(StrEnum):
    SHARE = "share"
    COUNT = "count"
    PER_MONTH = "per_month"
    PER_DAY = "per_day"
    MINUTES = "minutes"
    DAYS = "days"
    MONEY = "money"


class Good(StrEnum):
    """The direction in which a metric gets better."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Kind(StrEnum):
    """Whether a metric tells of effort saved, skill, coaching given and taken, money that came in, or what it cost."""

    EFFECTIVENESS = "effectiveness"
    EFFICIENCY = "efficiency"
    COACHING = "coaching"
    RESULT = "result"
    COST = "cost"


@dataclass(frozen=True, slots=True, kw_only=True)
class MetricDefinition:
    """One metric: its words, and how every part of the program makes it.

    What every metric needs has no default, so that one without it does not pass the type checker.
    """

    key: Metric
    roles: tuple[Role, ...]
    title: str
    formula: str
    """How it is made, exactly: the text beside the number in the workbook."""
    plainly: str
    """The same as a rep would say it."""
    unit: Unit
    direction: Good
    kind: Kind
    counted: Count
    """From a rep's tally to the figure."""
    basis: Basis
    """What its estimate is drawn from."""
    recipe: Recipe | Mapping[Role, Recipe]
    """By which formulas the workbook finds it again; by role where they differ."""
    records: Callable[[Behind], Iterable[Record]]
    """What a hand count of it would go through."""
    fed_by: tuple[Feed, ...] | Mapping[Role, tuple[Feed, ...]]
    """The kinds of record it is counted from and that may stop coming; by role where they differ."""
    records_in: Unit = Unit.COUNT
    """The unit of what one record adds, where it adds an amount."""
    of_accounts: CountOfAccounts | None = None
    """For a share of what accounts are worth: the figure over accounts of one currency."""
    of_currencies: Callable[[Metric, Tally], Mapping[str, Measure]] | None = None
    """For an amount of money: the figure in each currency, where they cannot be added up; else empty."""
    of_debrief: Callable[[Debriefed], bool | None] | None = None
    """For a share of debriefs: whether this one counts; None where it says neither yes nor no."""
    doing: str = ""
    """What somebody who is strong in it does: "winning deals". Blank: nobody is named for it."""
    nearer: tuple[str, str] | None = None
    """What one more of its count is, and n more of them: "{n} more deal won of the same {of} that closed"."""
    coach_asks: tuple[str, str, str] = ABOUT_TALKS
    """What a coach may ask a learner of it."""
    is_told_by_the_rep: bool = False
    """Whether the rep alone ticks it: shown and coached on, never a part of the score."""
    is_private: bool = False
    """Whether only the rep is told the figure; on no card, no sheet and in no ranking. `roles` are none."""
    takes_selling_time: bool = False
    """Whether who is relieved of some for coaching is asked for less of it. A rate is reached in less time as well."""
    least: float = 0.0
    """No figure is below it."""
    focus_weight: float = 0.0
    """What it weighs when a learner's focus is chosen, on top of the score's weights."""
    taught_by: Mapping[Role, tuple[Metric, ...]] = field(default_factory=dict)
    """By a coach's role, what that coach is measured by when they teach it to another role."""

    @property
    def is_total(self) -> bool:
        """Whether the figure adds up over days, so that its target shrinks with absence; a rate's never does."""
        return isinstance(self.basis, SumOf)

    @property
    def is_of_value(self) -> bool:
        """Whether it is a share of amounts of money: its parts are no counts, and it can pass the whole."""
        return self.of_accounts is not None or (self.is_fact and self.unit is Unit.SHARE)

    @property
    def is_fact(self) -> bool:
        """Whether it is told and never compared: money stands against its goal, not against what colleagues took in."""
        return self.kind is Kind.RESULT

    def recipe_of(self, role: Role) -> Recipe:
        return self.recipe if isinstance(self.recipe, Recipe) else self.recipe[role]

    def feeds_of(self, role: Role) -> tuple[Feed, ...]:
        return self.fed_by if isinstance(self.fed_by, tuple) else self.fed_by.get(role, ())
