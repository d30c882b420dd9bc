"""How many calls are usual, and when their absence is worth a word."""

from datetime import UTC, datetime

import pytest

from bot.calls.domain.silence import Gap, usual

NOON = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("latest_first", "mean"),
    [([10, 20, 0, 30], 15), ([10, 0, 0, 0], 10), ([0, 0, 0, 0], 0), ([], 0), ([0, 10], 5)],
)
def test_weeks_before_the_source_was_heard_do_not_count(latest_first: list[int], mean: int) -> None:
    assert usual(latest_first) == mean


@pytest.mark.parametrize(
    ("was_down", "common", "heard", "told"),
    [
        (True, 3, 1, True),
        (True, 2, 0, False),
        (True, 10, 5, False),
        (False, 4, 0, False),
        (False, 5, 0, True),
    ],
)
def test_a_few_missing_calls_may_be_chance(was_down: bool, common: int, heard: int, told: bool) -> None:
    assert Gap("zoom", NOON, NOON, was_down, common, heard).is_worth_telling is told
