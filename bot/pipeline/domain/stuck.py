"""The Plunger: which open deals are stuck and why, and which slipped past the day they were expected to close."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from bot.calendar.periods import Period
from bot.calendar.wallclock import end_of_day
from bot.core.enums import SlipCause

STALE_DAYS = 14
_UNPINNED = frozenset({SlipCause.TIMELINE, SlipCause.AUTHORITY})
NOTHING_SAID: Mapping[int, AbstractSet[SlipCause]] = MappingProxyType({})


class StuckReason(StrEnum):
    PAST_CLOSE = "past_close"
    NO_TIMELINE_NO_AUTHORITY = "no_timeline_no_authority"
    NO_ACTIVITY = "no_activity"


@dataclass(frozen=True, slots=True)
class ExpectedClose:
    """A day on which a deal was once expected to close, and when that was written down; None: from the beginning.

    Without a day the one before was taken away.
    """

    day: date | None
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class WorkedDeal:
    """A deal as it was known at the moment asked for; blank fields are unknown.

    `open_since` is its opening, or its first import where the file names none. `expected_closes` is the whole history
    of `expected_close`, whose last entry stands. Of a closed deal the amount is what is known of it now: it is often
    written down after the day.
    """

    deal_id: int
    ae_id: int
    open_since: datetime
    closed_at: datetime | None = None
    expected_closes: tuple[ExpectedClose, ...] = ()
    timeline_confirmed: bool | None = None
    authority_confirmed: bool | None = None
    last_activity_at: datetime | None = None
    next_meeting_at: datetime | None = None
    company: str = ""
    amount: Decimal | None = None
    currency: str = ""
    from_lead: bool = False
    won: bool = False
    opened_at: datetime | None = None
    """None: nobody knows, so its age is unknown."""

    @property
    def expected_close(self) -> date | None:
        return self.expected_closes[-1].day if self.expected_closes else None

    def is_open_at(self, moment: datetime) -> bool:
        return self.open_since <= moment and (self.closed_at is None or self.closed_at > moment)


@dataclass(frozen=True, slots=True)
class Recorded:
    """Which columns of deals the workspace fills in at all; what nobody records blames nobody."""

    expected_close: bool
    timeline: bool
    authority: bool
    activity: bool

    @property
    def reasons(self) -> tuple[StuckReason, ...]:
        """The reasons that can be told, in their order."""
        told = (self.expected_close, self.timeline or self.authority, self.activity)
        return tuple(reason for reason, is_told in zip(StuckReason, told, strict=True) if is_told)


@dataclass(frozen=True, slots=True)
class StuckDeal:
    deal: WorkedDeal
    reasons: tuple[StuckReason, ...]


@dataclass(frozen=True, slots=True)
class Pipeline:
    """A pipeline in one period: open deals at its end, and those that slipped while it ran.

    `slipped_without_timeline_or_authority` is None where the workspace records neither.
    """

    open: int
    stuck_deals: tuple[StuckDeal, ...]
    slipped_deals: tuple[WorkedDeal, ...]
    slipped_without_timeline_or_authority: int | None
    not_applied: tuple[StuckReason, ...]

    @property
    def stuck(self) -> int:
        return len(self.stuck_deals)

    @property
    def slipped(self) -> int:
        return len(self.slipped_deals)

    @property
    def clog(self) -> float | None:
        return self.stuck / self.open if self.open else None


def recorded(deals: Iterable[WorkedDeal]) -> Recorded:
    """What the deals of a whole workspace, open and closed, have in their columns."""
    seen = tuple(deals)
    return Recorded(
        expected_close=any(expected.day for deal in seen for expected in deal.expected_closes),
        timeline=any(deal.timeline_confirmed is not None for deal in seen),
        authority=any(deal.authority_confirmed is not None for deal in seen),
        activity=any(deal.last_activity_at is not None for deal in seen),
    )


def inspect(
    deals: Sequence[WorkedDeal],
    *,
    period: Period,
    as_of: datetime,
    recorded: Recorded,
    stale_days: int = STALE_DAYS,
    said: Mapping[int, AbstractSet[SlipCause]] = NOTHING_SAID,
) -> Pipeline:
    """The pipeline made of these deals at the end of the period, or at `as_of` where the period still runs.

    `said`: by deal, what its AE says has changed as its expected close moved.
    """
    seen = period.until(as_of)
    standing = [deal for deal in deals if deal.is_open_at(seen.last)]
    examined = [
        StuckDeal(deal, stuck_reasons(deal, seen.last, period.zone, recorded, stale_days))
        for deal in standing
    ]
    slipped = tuple(deal for deal in deals if has_slipped(deal, seen))
    return Pipeline(
        open=len(standing),
        stuck_deals=tuple(one for one in examined if one.reasons),
        slipped_deals=slipped,
        slipped_without_timeline_or_authority=_unpinned(slipped, recorded, said),
        not_applied=tuple(reason for reason in StuckReason if reason not in recorded.reasons),
    )


def stuck_reasons(
    deal: WorkedDeal, moment: datetime, zone: ZoneInfo, recorded: Recorded, stale_days: int = STALE_DAYS
) -> tuple[StuckReason, ...]:
    """Why an open deal is stuck at the moment, among the reasons that the workspace's columns can tell."""
    found = {
        StuckReason.PAST_CLOSE: _is_past_close(deal, moment, zone),
        StuckReason.NO_TIMELINE_NO_AUTHORITY: not (deal.timeline_confirmed or deal.authority_confirmed),
        StuckReason.NO_ACTIVITY: _is_stale(deal, moment, timedelta(days=stale_days)),
    }
    return tuple(reason for reason in recorded.reasons if found[reason])


def has_slipped(deal: WorkedDeal, period: Period) -> bool:
    """Whether a day on which the deal was expected to close went by in the period with the deal still open.

    Moving the date away does not hide it; a date written down after it had gone by was never expected.
    """
    return any(_went_by(expected, deal, period) for expected in deal.expected_closes)


def _went_by(expected: ExpectedClose, deal: WorkedDeal, period: Period) -> bool:
    if expected.day is None:
        return False
    over = end_of_day(expected.day, period.zone)
    was_expected = expected.since is None or expected.since <= over
    return was_expected and period.contains(over) and deal.is_open_at(over)


def _is_past_close(deal: WorkedDeal, moment: datetime, zone: ZoneInfo) -> bool:
    return deal.expected_close is not None and end_of_day(deal.expected_close, zone) <= moment


def _is_stale(deal: WorkedDeal, moment: datetime, patience: timedelta) -> bool:
    if deal.next_meeting_at is not None and deal.next_meeting_at > moment:
        return False
    return moment - (deal.last_activity_at or deal.open_since) >= patience


def _unpinned(
    slipped: Sequence[WorkedDeal], recorded: Recorded, said: Mapping[int, AbstractSet[SlipCause]]
) -> int | None:
    """How many lack a confirmed timeline or authority, of those that are recorded, or are said to have lacked one.

    None where neither is recorded and nobody has said so.
    """
    told = [bool(said.get(deal.deal_id, frozenset()) & _UNPINNED) for deal in slipped]
    if not (recorded.timeline or recorded.authority or any(told)):
        return None
    return sum(
        is_said
        or (recorded.timeline and not deal.timeline_confirmed)
        or (recorded.authority and not deal.authority_confirmed)
        for deal, is_said in zip(slipped, told, strict=True)
    )
