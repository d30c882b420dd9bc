"""Who is named: where the odds are nine times those of chance, luck alone would not have shown as much in a year, and
overdue deals counted as lost would not change it.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import numpy as np

from bot.calendar.wallclock import end_of_day
from bot.pipeline.domain.stuck import WorkedDeal
from bot.scorecards.domain.evidence import RepTally
from bot.scorecards.domain.inference.special import normal_below, normal_density

ODDS = 9.0
"""How many times the odds of chance a name needs."""
STEADY = 0.8
"""Who was named last week stays named down to this part of the odds and of the lead."""
CONTENDS = 1.5
"""How many times the chance of any rep a contender has, at least."""
MOST_CONTENDERS = 3
FEWEST_RANKED = 3
YEARS = 0.08
"""The share of years in which luck alone may reach the lead, over all reps of a team."""
LOOKS = 1.0
"""How the looks of a year at windows that overlap add up, per unit of lead and density: the mean number of times that
a moving sum over 13 weeks, seen each week for 52, crosses a high level."""


def top_count(ranked_reps: int) -> int:
    """How many of the ranked reps are top: a tenth, and one at least."""
    return max(1, int(ranked_reps / 10 + 0.5))


def bar(ranked_reps: int, odds: float = ODDS) -> float:
    """The probability of being top from which a name is told."""
    if not ranked_reps:
        return 1.0
    chance = top_count(ranked_reps) / ranked_reps
    return odds * chance / (1 + (odds - 1) * chance)


@lru_cache(maxsize=1024)
def least_lead(ranked_reps: int) -> float:
    """The lead, in standard errors, that luck gives any of so many reps within a year only as often as `YEARS`."""
    low, high = 0.0, 8.0
    for _ in range(40):
        middle = (low + high) / 2
        if ranked_reps * (normal_below(-middle) + LOOKS * middle * normal_density(middle)) > YEARS:
            low = middle
        else:
            high = middle
    return high


def is_named(probability: float, lead: float, ranked_reps: int, *, was_named: bool) -> bool:
    """Whether certainty and lead suffice; for who was named last week, a part of both does."""
    kept = STEADY if was_named else 1.0
    return probability >= bar(ranked_reps, ODDS * kept) and lead >= least_lead(ranked_reps) * kept


def contends(probability: float, ranked_reps: int) -> bool:
    return probability >= CONTENDS * top_count(ranked_reps) / ranked_reps


def most_contenders(ranked_reps: int) -> int:
    return min(MOST_CONTENDERS, ranked_reps // 2)


OLD = 0.9
"""The share of won deals that were won at a younger age than an overdue one has reached."""
FEWEST_WON = 10
"""Wins that tell how old deals get; with fewer, only an expected close that passed makes a deal overdue."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """One AE's overdue deals, and how many of them came from leads."""

    deals: int = 0
    from_leads: int = 0


def overdue(
    deals: Iterable[WorkedDeal], won_after_days: Collection[float], moment: datetime, zone: ZoneInfo
) -> Mapping[int, Overdue]:
    """By AE, those open at the moment: past their expected close, or older than nearly all the role's won ones were."""
    oldest = _oldest(won_after_days)
    found: dict[int, Overdue] = {}
    for deal in deals:
        if deal.is_open_at(moment) and _is_late(deal, moment, zone, oldest):
            so_far = found.get(deal.ae_id, Overdue())
            found[deal.ae_id] = Overdue(so_far.deals + 1, so_far.from_leads + deal.from_lead)
    return found


def counted_as_lost(row: RepTally, late: Mapping[int, Overdue]) -> RepTally:
    own = late.get(row.rep)
    if own is None:
        return row
    tally = replace(
        row.tally,
        lost=row.tally.lost + own.deals,
        closed_from_accepted=row.tally.closed_from_accepted + own.from_leads,
    )
    return replace(row, tally=tally)


def _oldest(won_after_days: Collection[float]) -> timedelta | None:
    if len(won_after_days) < FEWEST_WON:
        return None
    return timedelta(days=float(np.quantile(list(won_after_days), OLD)))


def _is_late(deal: WorkedDeal, moment: datetime, zone: ZoneInfo, oldest: timedelta | None) -> bool:
    if deal.expected_close is not None and end_of_day(deal.expected_close, zone) <= moment:
        return True
    return oldest is not None and moment - deal.open_since > oldest
