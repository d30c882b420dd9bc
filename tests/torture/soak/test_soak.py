"""The verdict of a soak: what it calls flat, and what it does not."""

from dataclasses import replace

import pytest

from tests.torture.soak.load import Event
from tests.torture.soak.samples import TENTHS, Sample, growths, table

HOUR = 3600.0
CALM = [Sample(at=n * 10.0, memory=150.0, files=40, threads=60, wal=4.0, waiting=2) for n in range(361)]


def grown(**by_the_end: float) -> list[Sample]:
    """As calm, but each of these has grown evenly by so much when the hour ends."""
    return [
        replace(one, **{name: getattr(one, name) + by * one.at / HOUR for name, by in by_the_end.items()})
        for one in CALM
    ]


def test_a_process_that_holds_as_much_as_before_is_flat() -> None:
    assert growths(CALM, HOUR) == []


def test_what_warms_up_is_not_called_a_leak() -> None:
    """Caches fill and connections open in the first quarter."""
    warming = [replace(one, memory=90.0, files=10, threads=20) if one.at < HOUR / 4 else one for one in CALM]

    assert growths(warming, HOUR) == []


def test_what_moves_up_and_down_is_not_called_a_leak() -> None:
    moving = [
        replace(one, memory=one.memory + n % 3 * 20, files=one.files + n % 9) for n, one in enumerate(CALM)
    ]

    assert growths(moving, HOUR) == []


@pytest.mark.parametrize(
    ("grows", "said"),
    [({"memory": 40}, "Memory grew"), ({"files": 12}, "open files"), ({"threads": 12}, "threads")],
)
def test_what_grows_without_end_is_told(grows: dict[str, float], said: str) -> None:
    [sentence] = growths(grown(**grows), HOUR)
    assert said in sentence


def test_a_few_files_and_a_little_memory_more_are_borne() -> None:
    assert growths(grown(memory=15, files=8, threads=8), HOUR) == []


def test_a_run_too_short_to_be_told_about_is_no_verdict() -> None:
    assert growths(CALM[:4], 40) == ["There are too few samples to tell whether anything grows."]


def test_each_tenth_of_the_time_has_its_line() -> None:
    events = [Event(due=n / 10, took=0.05, is_answered=n % 2 == 0) for n in range(36_000)]
    first, *rest = table(events, CALM, HOUR).splitlines()[2:]

    assert first == "| 0.0 min | 3,600 | 1,800 | 50 ms | 50 ms | 150 MiB | 40 | 60 | 4.0 MiB | 2 |"
    assert len(rest) == TENTHS - 1
