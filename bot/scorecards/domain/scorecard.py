"""One rep's numbers beside their role's, and a role's ranking with the people in it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from bot.calendar.periods import Period
from bot.core.enums import Metric
from bot.people.domain.stints import Rep
from bot.pipeline.domain.portfolio import Currencies
from bot.scorecards.domain.change import NOTHING_BEFORE, Before, Moved
from bot.scorecards.domain.definitions import DEFINITIONS, Good, MetricDefinition, attainment, side_by_side
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.domain.estimates import Estimate, RoleEstimates
from bot.scorecards.domain.league import Ranking
from bot.scorecards.domain.naming import FEWEST_RANKED
from bot.scorecards.domain.quadrant import Corner, Standing, standing
from bot.scorecards.domain.ranking import CHIEF, Weights, ranked, scored
from bot.scorecards.domain.tally import Tally
from bot.scorecards.domain.verdict import NO_DATA, Judged, comparable, of_fact, of_figure

_NO_TARGETS: Mapping[Metric, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Figure:
    """One metric of a scorecard. `estimate` is None where nobody of the role has a figure.

    `role_middle` is the median of the role's estimates, None where fewer than three have one; `target` is in the
    metric's own unit, None where none is set; that of a total is prorated for the period. `judged` is the one verdict
    that everything compares by; `before` the rep's own figure in the window of the same length before, None without
    one, and `moved` the one verdict on the change since. `judges` is False where nobody of the role ever showed the
    other outcome.
    """

    measure: Measure
    estimate: Estimate | None
    role_middle: float | None
    target: float | None = None
    judged: Judged = NO_DATA
    before: float | None = None
    moved: Moved = Moved.NOT_TOLD
    judges: bool = True

    @property
    def definition(self) -> MetricDefinition:
        return DEFINITIONS[self.measure.key]

    @property
    def reads_below(self) -> bool:
        """Whether the figure as it is read stands on the worse side of the middle."""
        return self._ahead() < 0

    @property
    def reads_above(self) -> bool:
        return self._ahead() > 0

    def _ahead(self) -> float:
        """How far the figure stands on the better side of the middle; 0 where nothing is to be compared."""
        value, middle, good = self.measure.value, self.role_middle, self.definition.direction
        if value is None or middle is None or good is Good.NONE:
            return 0.0
        return value - middle if good is Good.UP else middle - value

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
    standing: Standing
    ramping: bool
    peers: int
    currency: str
    currencies: Currencies
    side_by_side: Mapping[Metric, Mapping[str, Measure]]
    """Figures in money by currency, where they cannot be added up."""
    coached_minutes: int = 0
    """Credited minutes of coaching for which targets ask for less; 0 where coaching is paid in money."""

    @property
    def corner(self) -> Corner | None:
        return self.standing.corner

    @property
    def has_company(self) -> bool:
        """Whether there are enough of the role to compare with; the middle of two would tell the other's figure."""
        return self.peers >= FEWEST_RANKED

    @property
    def can_compare(self) -> bool:
        """Whether the period says enough to set anybody beside the role."""
        return any(figure.judged.certainty is not None for figure in self.figures)

    @property
    def chief(self) -> Figure | None:
        """The figure that says most about the role: the card opens with it."""
        return self.figure(CHIEF[self.rep.role])

    @property
    def days(self) -> int:
        """Of the period, as far as it is known: as many as those before that `Figure.before` counts."""
        return self.period.until(self.as_of).days

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
    before: Before = NOTHING_BEFORE,
    unrecorded: Collection[Metric] = (),
    coached_minutes: int = 0,
) -> Scorecard:
    """A rep's `tally`, measured, beside the estimates of their role, which hold the rep; `targets` are the period's.

    `before` is the window of the same length before; `unrecorded` are metrics whose records nobody of the workspace
    ever had, which are no data and not 0.
    """
    at = role.reps.index(rep.id)
    own, can_compare = role.of(rep.id), bool(comparable(role)[at])

    def figure(measure: Measure) -> Figure:
        key, column = measure.key, role.columns.get(measure.key)
        if key in unrecorded:
            return Figure(Measure(key, None), None, None, targets.get(key))
        if DEFINITIONS[key].is_fact:
            return _fact(measure, tally, before.figures.get(key))
        return Figure(
            measure,
            own.get(key),
            column.middle if column and column.has_company else None,
            targets.get(key),
            of_figure(column, DEFINITIONS[key].direction, at, comparable=can_compare),
            before.figures.get(key),
            before.moved(key, role.evidence, at),
            column is None or column.judges,
        )

    columns = scored(role, weights)
    is_ranked = bool(ranked(role, columns)[at])
    return Scorecard(
        rep=rep,
        period=period,
        as_of=as_of,
        figures=tuple(figure(measure) for measure in measured),
        score=sum(float(share * column.z[at]) for share, column in columns) if is_ranked else None,
        standing=standing(role, rep.id, weights),
        ramping=bool(role.evidence.ramping[at]),
        peers=len(role.reps),
        currency=currency,
        currencies=tally.currencies,
        side_by_side=side_by_side(tally),
        coached_minutes=coached_minutes,
    )


def _fact(measure: Measure, tally: Tally, before: float | None) -> Figure:
    """Beside its goal, where it is what the goal asks for and in the goal's currency."""
    goal = tally.takings.goal if tally.takings else None
    asked = goal and measure.key is Metric.WON_AMOUNT and measure.currency in ("", goal.currency)
    target = float(goal.value) if goal and asked else None
    return Figure(measure, None, None, target, of_fact(measure.value), before)
