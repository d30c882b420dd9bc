"""The unkind reading: open deals that are overdue, counted as if they were lost.

Who never marks a deal as lost wins all that they close. Whether a name still holds when everybody's overdue deals
count as lost says how much of it rests on what was left open.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np

from bot.calendar.wallclock import end_of_day
from bot.pipeline.domain.stuck import WorkedDeal
from bot.scorecards.domain.evidence import RepTally

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
