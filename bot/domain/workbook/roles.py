"""What a workbook is told of each role: its reps' figures, and the estimates of the whole role."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.domain.definitions import DEFINITIONS, Unit
from bot.domain.estimates import RoleEstimates
from bot.domain.metrics import Measure
from bot.domain.ranking import Weights, ranked, scored
from bot.domain.tally import Presence
from bot.domain.workbook.sheets import Style
from bot.words import Metric, Role

_STYLES: Mapping[Unit, Style] = {
    Unit.SHARE: Style.SHARE,
    Unit.COUNT: Style.WHOLE,
    Unit.PER_MONTH: Style.DECIMAL,
    Unit.PER_DAY: Style.DECIMAL,
    Unit.MINUTES: Style.WHOLE,
    Unit.DAYS: Style.DECIMAL,
    Unit.MONEY: Style.MONEY,
}
_COUNTS: Mapping[Metric, tuple[Style, Style]] = {
    Metric.LEADS_PER_MONTH: (Style.WHOLE, Style.SCORE),
    Metric.UPSELL_RATE: (Style.MONEY, Style.MONEY),
    Metric.NET_RETENTION: (Style.MONEY, Style.MONEY),
    Metric.COST_PER_RESULT: (Style.MONEY, Style.WHOLE),
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

    def shares(self) -> dict[Metric, float]:
        """The share of the score that each metric makes, without those that make none."""
        chosen = scored(self.estimates, self.weights)
        return {
            metric: share
            for metric, column in self.estimates.columns.items()
            for share, counted in chosen
            if counted is column
        }

    def scores(self) -> dict[int, float | None]:
        """Per rep of the role; None for one who is not ranked."""
        columns = scored(self.estimates, self.weights)
        return {
            rep: sum(float(share * column.z[at]) for share, column in columns) if is_ranked else None
            for at, (rep, is_ranked) in enumerate(
                zip(self.estimates.reps, ranked(self.estimates, columns), strict=True)
            )
        }


def table_name(role: Role) -> str:
    return f"Figures_{role}"


def count_styles(metric: Metric) -> tuple[Style, Style]:
    """How what a measure is made of looks: its numerator and its denominator."""
    return _COUNTS.get(metric, (Style.WHOLE, Style.WHOLE))


def style_of(metric: Metric) -> Style:
    return _STYLES[DEFINITIONS[metric].unit]
