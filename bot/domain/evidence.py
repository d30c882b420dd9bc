"""From tallies to evidence: per metric of a role, what each rep showed and how much that rests on."""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal

import numpy as np

from bot.domain.metrics import Measure, measures
from bot.domain.periods import DAYS_PER_MONTH
from bot.domain.rows import changed
from bot.domain.shrinkage import Counts, Means, Outlays, Prior, Rates, Sample, Totals
from bot.domain.special import Floats, Mask
from bot.domain.tally import HeldAccount, Presence, Tally
from bot.words import Metric, Role

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
    _priors: dict[float, Prior] = field(default_factory=dict, init=False, repr=False)

    @property
    def known(self) -> Mask:
        return ~np.isnan(self.raw)

    def prior(self, pseudo_trials: float) -> Prior:
        """Fitted once: a role's year is kept for a day, and a fit takes longer than all else of a card."""
        if pseudo_trials not in self._priors:
            self._priors[pseudo_trials] = self.sample.prior(pseudo_trials)
        return self._priors[pseudo_trials]


@dataclass(frozen=True, slots=True, eq=False)
class RoleEvidence:
    """Everything a role's reps of a workspace showed in one period; `reps` ascending, other arrays in its order."""

    role: Role
    reps: tuple[int, ...]
    ramping: Mask
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
        {
            key: _evidence(key, ordered, [card[key] for card in cards], float(monthly_tool_cost))
            for key in keys
        },
    )


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
        {key: changed(put, role.metrics[key], shown) for key, shown in own.metrics.items()},
    )


def _evidence(
    key: Metric, rows: Sequence[RepTally], measured: Sequence[Measure], tool_cost: float
) -> Evidence:
    raw = _floats(measure.value for measure in measured)
    numerator = _floats(measure.numerator for measure in measured)
    denominator = _floats(measure.denominator for measure in measured)
    if key in (Metric.LEADS_PER_MONTH, Metric.CALLS_PER_DAY):
        sample: Sample = Counts(np.nan_to_num(numerator), np.nan_to_num(denominator))
    elif key is Metric.COST_PER_RESULT:
        sample = _outlays(rows, np.nan_to_num(denominator), tool_cost)
    elif key in _AMOUNTS:
        sample = _AMOUNTS[key](rows, raw)
    else:
        sample = _rates(np.nan_to_num(numerator), np.nan_to_num(denominator))
    return Evidence(sample, raw, numerator, denominator)


def _floats(values: Iterable[float | None]) -> Floats:
    return np.array([np.nan if value is None else value for value in values], dtype=np.float64)


def _rates(successes: Floats, trials: Floats) -> Rates:
    """A source that misses calls can show more qualified leads than calls: then there were as many calls at least."""
    return Rates(
        np.where(trials > 0, successes, 0.0), np.where(trials > 0, np.maximum(trials, successes), 0.0)
    )


def _outlays(rows: Sequence[RepTally], results: Floats, tool_cost: float) -> Outlays:
    return Outlays(Counts(results, _floats(row.presence.days / DAYS_PER_MONTH for row in rows)), tool_cost)


def _cycles(rows: Sequence[RepTally], raw: Floats) -> Means:
    lengths = [np.array(row.tally.won_after_days, dtype=np.float64) for row in rows]
    return _means([(days, np.ones(len(days))) for days in lengths], raw)


def _upsell(rows: Sequence[RepTally], raw: Floats) -> Means:
    return _growth(rows, raw, lambda account: float(account.first) if account.end > 0 else 0.0)


def _retention(rows: Sequence[RepTally], raw: Floats) -> Means:
    return _growth(rows, raw, lambda account: float(account.start or 0))


def _growth(rows: Sequence[RepTally], raw: Floats, base: Callable[[HeldAccount], float]) -> Means:
    """Accounts as items: the value at the end over a base, weighted by the base; a base of 0 leaves the account out."""
    held = [[(float(a.end) / base(a), base(a)) for a in row.tally.accounts if base(a) > 0] for row in rows]
    return _means([(_floats(g for g, _ in pairs), _floats(w for _, w in pairs)) for pairs in held], raw)


def _means(items: Sequence[tuple[Floats, Floats]], raw: Floats) -> Means:
    """Averages of weighted items; unequal weights count as fewer items (Kish's effective sample size)."""
    summaries = np.array([_summary(values, weights) for values, weights in items]).reshape(-1, 2)
    size = np.where(np.isnan(raw), 0.0, summaries[:, 0])
    return Means(
        np.nan_to_num(raw), size, np.where(size > 0, summaries[:, 1], 0.0), np.maximum(size - 1, 0.0)
    )


def _summary(values: Floats, weights: Floats) -> tuple[float, float]:
    """Effective number of items, and the squared deviations that as many equal ones would have."""
    if not len(values):
        return 0.0, 0.0
    size = float(weights.sum() ** 2 / (weights**2).sum())
    mean = np.average(values, weights=weights)
    return size, size * float(np.average((values - mean) ** 2, weights=weights))


def _coaching(rows: Sequence[RepTally], raw: Floats) -> Totals:
    return _totals(
        rows, raw, _floats(sum(minutes**2 for minutes in row.tally.coached_minutes) for row in rows)
    )


def _talk(rows: Sequence[RepTally], raw: Floats) -> Totals:
    """Single durations are not kept; taken as exponential, their mean square is twice the squared mean."""
    calls = _floats(max(row.tally.calls, 1) for row in rows)
    return _totals(rows, raw, 2 * np.nan_to_num(raw) ** 2 / calls)


def _totals(rows: Sequence[RepTally], raw: Floats, squares: Floats) -> Totals:
    """Sums of lumps that come by chance (compound Poisson): the variance is the sum of the squared lumps."""
    days = _floats(max(row.presence.days, 1) for row in rows)
    size = np.where(np.isnan(raw), 0.0, days)
    return Totals(Means(np.nan_to_num(raw) / days, size, np.where(size > 0, squares, 0.0), size), days)


_AMOUNTS: Mapping[Metric, Callable[[Sequence[RepTally], Floats], Sample]] = {
    Metric.CYCLE_DAYS: _cycles,
    Metric.UPSELL_RATE: _upsell,
    Metric.NET_RETENTION: _retention,
    Metric.TALK_MINUTES: _talk,
    Metric.COACHING_MINUTES: _coaching,
}
