"""Claims about stuck and slipped deals."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendar.periods import parse
from bot.calendar.wallclock import INSTANT, end_of_day, start_of_day
from bot.pipeline.domain.stuck import (
    ExpectedClose,
    Pipeline,
    Recorded,
    StuckReason,
    WorkedDeal,
    inspect,
    recorded,
)
from tests.support.properties import examples

BERLIN = ZoneInfo("Europe/Berlin")
AFTERWARDS = datetime(2026, 12, 31, tzinfo=UTC)
OCTOBER = parse("2026-10", now=AFTERWARDS, zone=BERLIN)
ALL = Recorded(expected_close=True, timeline=True, authority=True, activity=True)
NOTHING = Recorded(expected_close=False, timeline=False, authority=False, activity=False)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


HEALTHY = WorkedDeal(
    deal_id=1,
    ae_id=7,
    open_since=noon(date(2026, 9, 1)),
    expected_closes=(ExpectedClose(date(2026, 12, 1)),),
    timeline_confirmed=True,
    authority_confirmed=True,
    last_activity_at=noon(date(2026, 10, 30)),
)


def look(*deals: WorkedDeal, as_of: datetime = AFTERWARDS, known: Recorded = ALL) -> Pipeline:
    return inspect(deals, period=OCTOBER, as_of=as_of, recorded=known)


def reasons(deal: WorkedDeal, *, as_of: datetime = AFTERWARDS, known: Recorded = ALL) -> list[StuckReason]:
    return [reason for stuck in look(deal, as_of=as_of, known=known).stuck_deals for reason in stuck.reasons]


def expecting(*days: tuple[date, date | None]) -> WorkedDeal:
    """A deal expected to close on each of the days, written down at noon of the day beside it."""
    history = tuple(ExpectedClose(day, None if since is None else noon(since)) for day, since in days)
    return replace(HEALTHY, expected_closes=history)


def test_a_deal_with_a_date_ahead_something_pinned_down_and_recent_activity_flows() -> None:
    assert look(HEALTHY) == Pipeline(1, (), (), 0, ())
    assert look(HEALTHY).clog == 0


def test_a_deal_is_past_its_close_when_the_day_is_over_not_before() -> None:
    today = date(2026, 10, 20)
    due = replace(expecting((today, None)), last_activity_at=noon(today))

    assert reasons(due, as_of=noon(today)) == []
    assert reasons(due, as_of=end_of_day(today, BERLIN)) == [StuckReason.PAST_CLOSE]


def test_only_the_last_expected_close_makes_a_deal_stuck() -> None:
    moved = expecting((date(2026, 10, 20), None), (date(2026, 12, 1), date(2026, 10, 25)))

    assert reasons(moved) == []


@pytest.mark.parametrize(
    ("timeline", "authority", "stuck"),
    [
        (True, None, False),
        (None, True, False),
        (False, False, True),
        (None, None, True),
        (False, True, False),
    ],
)
def test_one_of_timeline_and_authority_keeps_a_deal_moving(
    timeline: bool | None, authority: bool | None, stuck: bool
) -> None:
    deal = replace(HEALTHY, timeline_confirmed=timeline, authority_confirmed=authority)

    assert (reasons(deal) == [StuckReason.NO_TIMELINE_NO_AUTHORITY]) is stuck


def test_fourteen_days_of_silence_stop_a_deal_unless_a_meeting_is_ahead() -> None:
    silent = replace(HEALTHY, last_activity_at=OCTOBER.last - timedelta(days=14))

    assert reasons(silent) == [StuckReason.NO_ACTIVITY]
    assert reasons(replace(silent, last_activity_at=OCTOBER.last - timedelta(days=14) + INSTANT)) == []
    assert reasons(replace(silent, next_meeting_at=OCTOBER.end)) == []
    assert reasons(replace(silent, next_meeting_at=OCTOBER.last)) == [StuckReason.NO_ACTIVITY]


def test_a_deal_nobody_has_touched_is_silent_since_it_was_opened() -> None:
    untouched = replace(HEALTHY, last_activity_at=None)

    assert reasons(untouched) == [StuckReason.NO_ACTIVITY]
    assert reasons(replace(untouched, open_since=noon(date(2026, 10, 28)))) == []


def test_reasons_come_together_and_a_deal_counts_once() -> None:
    hopeless = replace(
        expecting((date(2026, 9, 30), None)),
        timeline_confirmed=None,
        authority_confirmed=False,
        last_activity_at=None,
    )

    assert reasons(hopeless) == list(StuckReason)
    assert (look(hopeless, HEALTHY).stuck, look(hopeless, HEALTHY).clog) == (1, 0.5)


def test_what_nobody_records_is_not_applied_and_is_said() -> None:
    blank = WorkedDeal(deal_id=1, ae_id=7, open_since=noon(date(2026, 1, 1)))
    seen = look(blank, known=recorded([blank]))

    assert recorded([blank]) == NOTHING
    assert (seen.open, seen.stuck, seen.not_applied) == (1, 0, tuple(StuckReason))
    assert seen.slipped_without_timeline_or_authority is None


def test_one_deal_of_the_workspace_is_enough_to_apply_a_reason() -> None:
    blank = WorkedDeal(deal_id=2, ae_id=7, open_since=noon(date(2026, 1, 1)))

    assert recorded([blank, HEALTHY]) == ALL
    assert recorded([replace(blank, timeline_confirmed=False)]).reasons == (
        StuckReason.NO_TIMELINE_NO_AUTHORITY,
    )


def test_a_pipeline_without_open_deals_has_no_clog() -> None:
    won = replace(HEALTHY, closed_at=noon(date(2026, 10, 10)))

    assert (look(won).open, look(won).clog) == (0, None)


def test_a_deal_opened_or_closed_later_is_seen_as_it_was_then() -> None:
    later = replace(HEALTHY, deal_id=2, open_since=noon(date(2026, 11, 3)))
    closed_after = replace(HEALTHY, deal_id=3, closed_at=noon(date(2026, 11, 3)))

    assert look(later, closed_after).open == 1


def test_a_deal_slips_when_its_day_ends_with_it_open() -> None:
    last_of_october = date(2026, 10, 31)
    deal = expecting((last_of_october, None))

    assert look(deal).slipped == 1
    assert look(deal, as_of=noon(last_of_october)).slipped == 0
    assert look(replace(deal, closed_at=end_of_day(last_of_october, BERLIN))).slipped == 0
    assert look(replace(deal, open_since=start_of_day(date(2026, 11, 1), BERLIN))).slipped == 0


def test_moving_the_date_does_not_hide_the_slip() -> None:
    in_time = expecting((date(2026, 10, 20), None), (date(2026, 12, 1), date(2026, 10, 12)))
    too_late = expecting((date(2026, 10, 20), None), (date(2026, 12, 1), date(2026, 10, 25)))

    assert look(in_time, too_late).slipped == 2


def test_a_date_written_down_after_it_went_by_is_no_slip() -> None:
    typo = expecting((date(2026, 12, 1), None), (date(2026, 10, 1), date(2026, 10, 20)))

    assert look(typo).slipped == 0


def test_a_slip_belongs_to_the_period_in_which_the_day_went_by() -> None:
    assert look(expecting((date(2026, 9, 30), None))).slipped == 0
    assert look(expecting((date(2026, 11, 1), None))).slipped == 0


def test_the_slipped_are_counted_that_lacked_a_timeline_or_authority() -> None:
    slipped = expecting((date(2026, 10, 20), None))
    no_timeline = replace(slipped, timeline_confirmed=None)
    no_authority = replace(slipped, authority_confirmed=False)

    seen = look(slipped, no_timeline, no_authority)
    assert (seen.slipped, seen.slipped_without_timeline_or_authority) == (3, 2)


def test_a_column_nobody_fills_in_does_not_make_every_slip_look_unprepared() -> None:
    slipped = replace(expecting((date(2026, 10, 20), None)), authority_confirmed=None)

    assert look(slipped, known=replace(ALL, authority=False)).slipped_without_timeline_or_authority == 0


DATES = st.dates(date(2026, 9, 1), date(2026, 12, 15))
DEALS = st.builds(
    WorkedDeal,
    deal_id=st.integers(1, 99),
    ae_id=st.just(7),
    open_since=DATES.map(noon),
    closed_at=st.none() | DATES.map(noon),
    expected_closes=st.lists(st.builds(ExpectedClose, DATES, st.none() | DATES.map(noon)), max_size=3).map(
        tuple
    ),
    timeline_confirmed=st.none() | st.booleans(),
    authority_confirmed=st.none() | st.booleans(),
    last_activity_at=st.none() | DATES.map(noon),
    next_meeting_at=st.none() | DATES.map(noon),
)
KNOWN = st.builds(Recorded, st.booleans(), st.booleans(), st.booleans(), st.booleans())


@given(st.lists(DEALS, max_size=6), KNOWN, DATES.map(noon))
@examples(150)
def test_the_counts_of_a_pipeline_fit_each_other(
    deals: list[WorkedDeal], known: Recorded, as_of: datetime
) -> None:
    seen = look(*deals, as_of=as_of, known=known)

    assert 0 <= seen.stuck <= seen.open <= len(deals)
    assert (seen.slipped_without_timeline_or_authority or 0) <= seen.slipped
    assert not {reason for stuck in seen.stuck_deals for reason in stuck.reasons} & set(seen.not_applied)
    assert sum(look(deal, as_of=as_of, known=known).stuck for deal in deals) == seen.stuck
