"""Conversations over time, and where those lie that moved on: a band, not less is better."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.calls.domain.talk_trend import Counted, trend

SINCE = datetime(2026, 8, 17, tzinfo=UTC)


def counted(*shares: float, days: int, questions: float | None = 12.0) -> list[Counted]:
    return [Counted(SINCE + timedelta(days=days), share, questions) for share in shares]


def test_the_middle_of_the_last_calls_stands_beside_that_of_those_before() -> None:
    told = trend([*counted(0.5, 0.6, 0.7, days=3), *counted(0.9, 0.8, 0.7, days=-3)], [], since=SINCE)

    assert told is not None and told.before is not None
    assert (told.now.calls, told.now.share, told.before.share, told.band) == (3, 0.6, 0.8, None)


def test_two_calls_make_no_trend() -> None:
    assert trend(counted(0.5, 0.6, days=3), [], since=SINCE) is None
    told = trend([*counted(0.5, 0.6, 0.7, days=3), *counted(0.9, 0.8, days=-3)], [], since=SINCE)
    assert told is not None and told.before is None


def test_a_script_without_signs_for_questions_tells_none() -> None:
    told = trend(counted(0.5, 0.6, 0.7, days=3, questions=None), [], since=SINCE)

    assert told is not None and told.now.questions_an_hour is None


def test_the_band_is_the_middle_four_fifths_of_the_calls_that_moved_on() -> None:
    shares = [(n % 3, n / 100) for n in range(40, 61)]
    told = trend(counted(0.5, 0.6, 0.7, days=3), shares, since=SINCE)

    assert told is not None and told.band is not None
    assert (told.band.low, told.band.high) == pytest.approx((0.42, 0.58))


def test_too_few_calls_or_reps_make_no_band() -> None:
    mine = counted(0.5, 0.6, 0.7, days=3)
    for shares in ([(n % 3, 0.5) for n in range(19)], [(n % 2, 0.5) for n in range(40)]):
        told = trend(mine, shares, since=SINCE)
        assert told is not None and told.band is None
