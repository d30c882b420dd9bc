"""From tallies to evidence: per metric of a role, what each rep showed and how much that rests on."""

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from bot.calendar.periods import DAYS_PER_MONTH
from bot.calendar.working_hours import Presence
from bot.core.enums import Metric, Role
from bot.scorecards.domain.definitions import DEFINITIONS, measures
from bot.scorecards.domain.definitions.accounts import kept_accounts
from bot.scorecards.domain.definitions.counting import Measure
from bot.scorecards.domain.definitions.metric import (
    CostOf,
    CountOver,
    MeanOf,
    MetricDefinition,
    ShareOf,
    SumOf,
    Told,
)
from bot.scorecards.domain.inference.samples import Counts, Means, Outlays, Rates
from bot.scorecards.domain.inference.shrinkage import Sample
from bot.scorecards.domain.inference.special import Floats, Mask, changed
from bot.scorecards.domain.inference.totals import Days, Totals
from bot.scorecards.domain.tally import Tally

RAMP = timedelta(weeks=4)


@dataclass(frozen=True, slots=True)
class RepTally:
    """One rep's period. `ramping`: started too lately to be ranked (see `is_ramping`)."""

    rep: int
    tally: Tally
    presence: Presence
    ramping: bool = False


@dataclass(frozen=True, slots=True, eq=False)
class Evidence:
    """One metric over a role's reps; arrays of shape (reps,), nan where there is no figure.

    `raw`, `numerator` and `denominator` are the figures people read (domain.md, section 5); `sample` is what the
    estimate is made of.
    """

    sample: Sample
    raw: Floats
    numerator: Floats
    denominator: Floats
    shared: Means | None = None
    """Of upsell: what the period did to the accounts that are still held, which retention shows as well."""

    @property
    def known(self) -> Mask:
        return ~np.isnan(self.raw)


@dataclass(frozen=True, slots=True, eq=False)
class RoleEvidence:
    """Everything a role's reps of a workspace showed in one period; `reps` ascending, other arrays in its order.

    `days` are the calendar days of the period that each was there for, leave taken off.
    """

    role: Role
    reps: tuple[int, ...]
    ramping: Mask
    days: Floats
    metrics: Mapping[Metric, Evidence]


def is_ramping(started_on: date | None, at: date) -> bool:
    """Whether a rep has been here for less than four weeks; unknown starts are taken as long ago."""
    return started_on is not None and at - started_on < RAMP


def gather(role: Role, rows: Iterable[RepTally], *, monthly_tool_cost: Decimal) -> RoleEvidence:
    """The evidence of a role's reps, whatever order they come in. `monthly_tool_cost` is per rep."""
    ordered = sorted(rows, key=lambda row: row.rep)
    cards = [
        {
            measure.key: measure
            for measure in measures(role, r.tally, r.presence, monthly_tool_cost=monthly_tool_cost)
        }
        for r in ordered
    ]
    keys = cards[0] if cards else {}
    return RoleEvidence(
        role,
        tuple(row.rep for row in ordered),
        np.array([row.ramping for row in ordered], dtype=np.bool_),
        _floats(_days_there(row.presence) for row in ordered),
        {
            key: _evidence(key, ordered, [card[key] for card in cards], float(monthly_tool_cost))
            for key in keys
            if not DEFINITIONS[key].is_fact
        },
    )


def share_of(role: RoleEvidence, counts: Mapping[int, tuple[int, int]]) -> Evidence:
    """A metric that is counted elsewhere: by rep how many count, and of how many."""
    found = [counts.get(rep, (0, 0)) for rep in role.reps]
    inside, all_ = _floats(one for one, _ in found), _floats(of for _, of in found)
    raw = np.divide(inside, all_, out=np.full_like(inside, np.nan), where=all_ > 0)
    return Evidence(_rates(inside, all_), raw, inside, all_)


def renewed(role: RoleEvidence, own: RoleEvidence) -> RoleEvidence:
    """A role's evidence with that of one rep, `own`, in place of what it held of that rep, if anything."""
    if not role.reps:
        return own
    at = bisect_left(role.reps, own.reps[0])
    beyond = at + (own.reps[0] in role.reps[at : at + 1])

    def put(many: Floats, one: Floats) -> Floats:
        return np.concatenate((many[:at], one, many[beyond:]))

    return RoleEvidence(
        role.role,
        (*role.reps[:at], *own.reps, *role.reps[beyond:]),
        np.concatenate((role.ramping[:at], own.ramping, role.ramping[beyond:])),
        put(role.days, own.days),
        {key: changed(put, role.metrics[key], shown) for key, shown in own.metrics.items()},
    )


def _evidence(
    key: Metric, rows: Sequence[RepTally], measured: Sequence[Measure], tool_cost: float
) -> Evidence:
    raw = _floats(measure.value for measure in measured)
    numerator = _floats(measure.numerator for measure in measured)
    denominator = _floats(measure.denominator for measure in measured)
    sample = _sample(DEFINITIONS[key], rows, raw, numerator, denominator, tool_cost)
    shared = _kept(rows) if key is Metric.UPSELL_RATE else None
    return Evidence(sample, raw, numerator, denominator, shared)


def _kept(rows: Sequence[RepTally]) -> Means:
    return _means([_columns(kept_accounts(row.tally)) for row in rows], np.zeros(len(rows)))


def _sample(
    metric: MetricDefinition,
    rows: Sequence[RepTally],
    raw: Floats,
    numerator: Floats,
    denominator: Floats,
    tool_cost: float,
) -> Sample:
    match metric.basis:
        case ShareOf():
            return _rates(np.nan_to_num(numerator), np.nan_to_num(denominator))
        case CountOver():
            return Counts(np.nan_to_num(numerator), np.nan_to_num(denominator))
        case CostOf():
            return _outlays(rows, np.nan_to_num(denominator), tool_cost)
        case MeanOf(items):
            return _means([_columns(items(row.tally)) for row in rows], raw, metric.least)
        case SumOf(squares):
            return _totals(rows, raw, _floats(squares(row.tally) for row in rows))
        case Told():
            raise ValueError("nothing is estimated from a fact")


def _days_there(presence: Presence) -> float:
    return presence.days * presence.present / presence.working if presence.working else 0.0


def _floats(values: Iterable[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _rates(successes: Floats, trials: Floats) -> Rates:
    """A source that misses calls can show more qualified leads than calls: then there were as many calls at least."""
    return Rates(
        np.where(trials > 0, successes, 0.0), np.where(trials > 0, np.maximum(trials, successes), 0.0)
    )


def _outlays(rows: Sequence[RepTally], results: Floats, tool_cost: float) -> Outlays:
    return Outlays(Counts(results, _floats(row.presence.days / DAYS_PER_MONTH for row in rows)), tool_cost)


def _columns(items: Iterable[tuple[float, float]]) -> tuple[Floats, Floats]:
    pairs = list(items)
    return _floats(value for value, _ in pairs), _floats(weight for _, weight in pairs)


def _means(items: Sequence[tuple[Floats, Floats]], raw: Floats, least: float | None = None) -> Means:
    """Averages of weighted items; unequal weights count as fewer items (Kish's effective sample size)."""
    summaries = np.array([_summary(values, weights) for values, weights in items]).reshape(-1, 2)
    size = np.where(np.isnan(raw), 0.0, summaries[:, 0])
    squares = np.where(size > 0, summaries[:, 1], 0.0)
    return Means(np.nan_to_num(raw), size, squares, np.maximum(size - 1, 0.0), least)


def _summary(values: Floats, weights: Floats) -> tuple[float, float]:
    """Effective number of items, and the squared deviations that as many equal ones would have."""
    if not len(values):
        return 0.0, 0.0
    size = float(weights.sum() ** 2 / (weights**2).sum())
    mean = np.average(values, weights=weights)
    return size, size * float(np.average((values - mean) ** 2, weights=weights))


def _totals(rows: Sequence[RepTally], raw: Floats, squares: Floats) -> Totals:
    """Sums of lumps that come by chance (compound Poisson): the variance is the sum of the squared lumps."""
    days = _floats(max(row.presence.days, 1) for row in rows)
    size = np.where(np.isnan(raw), 0.0, days)
    return Totals(Days(np.nan_to_num(raw) / days, size, np.where(size > 0, squares, 0.0), size), days)
