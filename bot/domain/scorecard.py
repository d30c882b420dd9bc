"""One rep's numbers beside their role's, and a role's ranking with the people in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from bot.domain.corners import Corner, standing
from bot.domain.definitions import DEFINITIONS, Definition
from bot.domain.estimates import Estimate, RoleEstimates
from bot.domain.metrics import Measure, attainment, side_by_side
from bot.domain.periods import Period
from bot.domain.ranking import FEWEST_RANKED, Ranking, Weights, ranked, scored
from bot.domain.stints import Rep
from bot.domain.tally import Currencies, Tally
from bot.words import Metric, Role

CHIEF = {
    Role.SDR: Metric.QUALIFIED_RATE,
    Role.AE: Metric.WIN_RATE,
    Role.AM: Metric.NET_RETENTION,
    Role.MANAGER: Metric.COACHING_MINUTES,
}
"""The metric that says most about a role."""
_NO_TARGETS: Mapping[Metric, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric of a scorecard. `estimate` is None where nobody of the role has a figure.

    `role_middle` is the median of the role's estimates; `target` is in the metric's own unit, None where none is set;
    that of a total is prorated for the period.
    """

    measure: Measure
    estimate: Estimate | None
    role_middle: float | None
    target: float | None = None

    @property
    def definition(self) -> Definition:
        return DEFINITIONS[self.measure.key]

    @property
    def attainment(self) -> float | None:
        return attainment(self.measure.value, self.target, self.definition.direction)

    @property
    def is_own(self) -> bool:
        """Whether it measures what this role is there for, rather than what everybody does."""
        return len(self.definition.roles) == 1


@dataclass(frozen=True, slots=True)
class Scorecard:
    """`score` is None for a rep who is not ranked (`ramping`, or without a figure that counts); 0 is a middling one.

    `peers` are the reps of the role in the workspace, this one among them.
    """

    rep: Rep
    period: Period
    as_of: datetime
    figures: tuple[Figure, ...]
    score: float | None
    corner: Corner | None
    ramping: bool
    peers: int
    currency: str
    currencies: Currencies
    side_by_side: Mapping[Metric, Mapping[str, Measure]]
    """Figures in money by currency, where they cannot be added up."""

    @property
    def has_company(self) -> bool:
        """Whether there are enough of the role to compare with; the middle of two would tell the other's figure."""
        return self.peers >= FEWEST_RANKED

    @property
    def runs(self) -> bool:
        return self.as_of < self.period.end

    def figure(self, key: Metric) -> Figure | None:
        return next((figure for figure in self.figures if figure.measure.key is key), None)


@dataclass(frozen=True, slots=True, eq=False)
class Board:
    """A ranking in a period, and the reps that it ranks, by id; `team` is None for the whole workspace.

    `weights` are those of its score.
    """

    team: str | None
    period: Period
    ranking: Ranking
    reps: Mapping[int, Rep]
    weights: Weights


def compare(
    rep: Rep,
    tally: Tally,
    measured: list[Measure],
    role: RoleEstimates,
    *,
    period: Period,
    as_of: datetime,
    currency: str,
    weights: Weights | None = None,
    targets: Mapping[Metric, float] = _NO_TARGETS,
) -> Scorecard:
    """A rep's `tally`, measured, beside the estimates of their role, which hold the rep; `targets` are the period's."""
    at = role.reps.index(rep.id)
    own, middles = role.of(rep.id), {key: column.middle for key, column in role.columns.items()}
    columns = scored(role, weights)
    is_ranked = bool(ranked(role, columns)[at])
    return Scorecard(
        rep=rep,
        period=period,
        as_of=as_of,
        figures=tuple(
            Figure(measure, own.get(measure.key), middles.get(measure.key), targets.get(measure.key))
            for measure in measured
        ),
        score=sum(float(share * column.z[at]) for share, column in columns) if is_ranked else None,
        corner=standing(role, rep.id).corner,
        ramping=bool(role.evidence.ramping[at]),
        peers=len(role.reps),
        currency=currency,
        currencies=tally.currencies,
        side_by_side=side_by_side(tally),
    )
