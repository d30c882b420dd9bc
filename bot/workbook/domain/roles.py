"""What a workbook is told of each role: its reps' figures, and the estimates of the whole role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.calendar.working_hours import Presence
from bot.core.enums import Metric, Role
from bot.scorecards.domain.definitions import DEFINITIONS, Unit
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.domain.definitions.metric import Looks, Recipe
from bot.scorecards.domain.estimates import RoleEstimates
from bot.scorecards.domain.ranking import Weights, ranked, scored
from bot.scorecards.domain.verdict import Judged, comparable, of_fact, of_figure
from bot.workbook.domain.sheets import Style

_STYLES: Mapping[Unit, Style] = {
    Unit.SHARE: Style.SHARE,
    Unit.COUNT: Style.WHOLE,
    Unit.PER_MONTH: Style.DECIMAL,
    Unit.PER_DAY: Style.DECIMAL,
    Unit.MINUTES: Style.WHOLE,
    Unit.DAYS: Style.DECIMAL,
    Unit.MONEY: Style.MONEY,
}
_LOOKS: Mapping[Looks, Style] = {
    Looks.WHOLE: Style.WHOLE,
    Looks.PLACES: Style.SCORE,
    Looks.MONEY: Style.MONEY,
}


@dataclass(frozen=True, slots=True)
class RepFigures:
    """One rep's numbers from `first_day` to `last_day`, both included; `label` is unique among the workbook's people.

    `measures` come in the order of the role's scorecard. Totals' targets are prorated already.
    """

    id: int
    label: str
    team: str
    first_day: date
    last_day: date
    presence: Presence
    measures: Sequence[Measure]
    targets: Mapping[Metric, float] = field(default_factory=dict)
    note: str = ""
    counts_accounts: bool = True


@dataclass(frozen=True, slots=True)
class RoleFigures:
    """A role's reps that the workbook may show, the estimates of the whole role, which hold them, and the weights of
    its score.
    """

    role: Role
    reps: Sequence[RepFigures]
    estimates: RoleEstimates
    weights: Weights
    currency: str = ""
    """The workspace's, in which costs are told, and amounts that name no other."""

    def shares(self) -> dict[Metric, float]:
        """The share of the score that each metric makes, without those that make none."""
        chosen = scored(self.estimates, self.weights)
        return {
            metric: share
            for metric, column in self.estimates.columns.items()
            for share, counted in chosen
            if counted is column
        }

    def judged(self, rep: int, measure: Measure) -> Judged:
        """The one verdict on a rep's figure."""
        metric = measure.key
        if DEFINITIONS[metric].is_fact:
            return of_fact(measure.value)
        at = self.estimates.reps.index(rep)
        column, good = self.estimates.columns.get(metric), DEFINITIONS[metric].direction
        return of_figure(column, good, at, comparable=bool(comparable(self.estimates)[at]))

    def scores(self) -> dict[int, float | None]:
        """Per rep of the role; None for one who is not ranked."""
        columns = scored(self.estimates, self.weights)
        return {
            rep: sum(float(share * column.z[at]) for share, column in columns) if is_ranked else None
            for at, (rep, is_ranked) in enumerate(
                zip(self.estimates.reps, ranked(self.estimates, columns), strict=True)
            )
        }


_WORDS: Mapping[Unit, str] = {
    Unit.SHARE: "share",
    Unit.COUNT: "number",
    Unit.PER_MONTH: "a month",
    Unit.PER_DAY: "a day",
    Unit.MINUTES: "minutes",
    Unit.DAYS: "days",
}


def unit_of(metric: Metric, currency: str) -> str:
    """In what the metric is told; `currency` is that of money."""
    return _WORDS.get(DEFINITIONS[metric].unit, currency)


def table_name(role: Role) -> str:
    return f"Figures_{role}"


def count_styles(recipe: Recipe) -> tuple[Style, Style]:
    """How what a measure is made of looks: its numerator and its denominator."""
    count, out_of = recipe.looks
    return _LOOKS[count], _LOOKS[out_of]


def counts_money(metric: Metric, role: Role) -> bool:
    return Style.MONEY in count_styles(DEFINITIONS[metric].recipe_of(role))


def style_of(metric: Metric) -> Style:
    return _STYLES[DEFINITIONS[metric].unit]
