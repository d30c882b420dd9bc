"""A role's score as one thing: figures that share a numerator are drawn once and not as if independent.

An AE's chance of winning makes win rate, close rate and discernment; an SDR's chance of qualifying and leads passed
make the qualified leads per call; what an AM's accounts gained in the period makes retention and the last part of
upsell. So a figure *follows* another: its error is a part of the other's, by a slope, and a rest of its own.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from bot.core.enums import Metric
from bot.scorecards.domain.estimates import Column
from bot.scorecards.domain.inference.posteriors import Columns
from bot.scorecards.domain.inference.special import Floats, Mask, normal_below

Slope = Callable[[Column, Column], Floats]
"""By how much the first figure moves with the second, per rep."""
Parts = Sequence[tuple[float | Floats, Column]]
"""What a score is made of: each metric's column with its share of the score, for all reps or per rep."""


def _same_numerator(column: Column, base: Column) -> Floats:
    """Won of closed and won of worked: one more win moves each by one over its own denominator."""
    own, other = column.evidence.denominator, base.evidence.denominator
    return np.nan_to_num(np.divide(other, own, out=np.zeros_like(own), where=own > 0))


def _part_of(column: Column, base: Column) -> Floats:
    """The same chance, seen on some of the deals."""
    return (column.evidence.known & base.evidence.known).astype(np.float64)


def _in_proportion(column: Column, base: Column) -> Floats:
    """Leads per month and qualified leads per call: a tenth more of one is a tenth more of the other."""
    proportion = column.posterior.mean / base.posterior.mean
    return np.where(column.evidence.known & base.evidence.known, proportion, 0.0)


def _inversely(column: Column, base: Column) -> Floats:
    return -_in_proportion(column, base)


FOLLOWS: Mapping[Metric, Mapping[Metric, Slope]] = {
    Metric.CLOSE_RATE: {Metric.WIN_RATE: _same_numerator},
    Metric.DISCERNMENT: {Metric.WIN_RATE: _part_of},
    Metric.QUALIFICATION_EFFICIENCY: {
        Metric.QUALIFIED_RATE: _same_numerator,
        Metric.LEADS_PER_MONTH: _in_proportion,
    },
    Metric.UPSELL_RATE: {Metric.NET_RETENTION: _same_numerator},
    Metric.COST_PER_RESULT: {Metric.WIN_RATE: _inversely, Metric.QUALIFIED_RATE: _inversely},
}


@dataclass(frozen=True, slots=True, eq=False)
class Shared:
    """A sum of figures by what moves it: `bases`, each with what one unit of it moves the sum, and the rest.

    Arrays are of shape (reps,); `rest` is the variance of what moves by itself.
    """

    bases: tuple[tuple[Column, Floats], ...]
    rest: Floats


@dataclass(frozen=True, slots=True, eq=False)
class Score:
    """What is believed of each rep's score; arrays of shape (reps,)."""

    mean: Floats
    shared: Shared

    @property
    def variance(self) -> Floats:
        moved = [by**2 * column.posterior.variance for column, by in self.shared.bases]
        return np.asarray(sum(moved, self.shared.rest))

    def above(self, at: int) -> float:
        """The probability that the rep at this place is above the role's middle, 0; .5 if nothing is known."""
        spread = float(np.sqrt(self.variance[at]))
        return float(normal_below(self.mean[at] / spread)) if 0 < spread < np.inf else 0.5

    def draw(self, rng: np.random.Generator, draws: int, chosen: Columns) -> Floats:
        """Of shape (draws, chosen)."""
        drawn = rng.standard_normal((draws, len(chosen)))
        drawn *= np.sqrt(self.shared.rest[chosen])
        drawn += self.mean[chosen]
        for column, by in self.shared.bases:
            moved = column.posterior.draw(rng, draws, chosen)
            moved -= column.posterior.mean[chosen]
            moved *= by[chosen]
            drawn += moved
        return drawn


def score(parts: Parts, reps: int) -> Score:
    """The weighted sum of the columns' z, for as many reps."""
    mean = sum((share * column.z for share, column in parts), np.zeros(reps))
    variances = {column.metric: column.posterior.variance for _, column in parts}
    return Score(mean, together(parts, variances, reps, _believed_slope))


def _counted_slope(column: Column, base: Column) -> Floats:
    return FOLLOWS[column.metric][base.metric](column, base)


def _believed_slope(column: Column, base: Column) -> Floats:
    return column.slopes[base.metric] if base.metric in column.slopes else _counted_slope(column, base)


def together(
    parts: Parts, variances: Mapping[Metric, Floats], reps: int, slope_of: Slope = _counted_slope
) -> Shared:
    """The sum's errors, given the variance of each figure. A figure on which the reps do not differ moves nothing."""
    moving = [(share, column) for share, column in parts if column.spread]
    columns = {column.metric: column for _, column in moving}
    moves = {column.metric: np.asarray(share * column.per_z + np.zeros(reps)) for share, column in moving}
    by = {metric: moves[metric] for metric in columns if not _bases(metric, columns)}
    rest: Floats = np.zeros(reps)
    for metric in columns.keys() - by.keys():
        slopes = {base: slope_of(columns[metric], columns[base]) for base in _bases(metric, columns)}
        made = sum((slope**2 * variances[base] for base, slope in slopes.items()), np.zeros(reps))
        most = variances[metric]
        kept = np.sqrt(np.divide(most, made, out=np.ones_like(made), where=made > most))
        for base, slope in slopes.items():
            by[base] = by[base] + moves[metric] * slope * kept
        rest += moves[metric] ** 2 * np.maximum(most - made, 0.0)
    return Shared(tuple((columns[metric], by[metric]) for metric in columns if metric in by), rest)


def leads(parts: Parts, ranked: Mask) -> Floats:
    """How far each rep's raw score lies above the others', in standard errors of chance alone.

    No prior enters: it is what the figures themselves show against the other ranked reps.
    """
    reps = len(ranked)
    ahead, variances = np.zeros(reps), {}
    for share, column in parts:
        distance, variances[column.metric] = _ahead(column, ranked)
        ahead += share * column.per_z * distance
    shared = together(parts, variances, reps)
    moved = [by**2 * variances[column.metric] for column, by in shared.bases]
    chance = np.sqrt(sum(moved, shared.rest))
    known = np.isfinite(chance) & (chance > 0)
    return np.divide(ahead, chance, out=np.zeros(reps), where=known)


def _ahead(column: Column, ranked: Mask) -> tuple[Floats, Floats]:
    """Each rep's distance from all the others together, and its variance by chance where nobody differs.

    Chance is that of a rep halfway between, so that few events, whose chance is lopsided, make no sure leads.
    """
    core, noise = column.evidence.sample.core, column.prior.noise
    sizes = np.where(ranked & column.evidence.known, core.size, 0.0)
    others = sizes.sum() - sizes
    shown = sizes * core.figures
    centre = np.divide(shown.sum() - shown, others, out=np.zeros_like(sizes), where=others > 0)
    told = (core.size > 0) & (others > 0) & column.evidence.known
    slope = column.evidence.sample.slopes(column.prior.mean)
    size, beside = np.where(told, core.size, 1.0), np.where(told, others, 1.0)
    chance = (
        core.by_chance((core.figures + centre) / 2, noise) / size + core.by_chance(centre, noise) / beside
    )
    distance = np.where(told, core.figures - centre, 0.0)
    return slope * distance, np.where(told, slope**2 * chance, 0.0)


def _bases(metric: Metric, columns: Mapping[Metric, Column]) -> list[Metric]:
    return [base for base in FOLLOWS.get(metric, {}) if base in columns]
