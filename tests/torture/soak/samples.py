"""What a process holds, time and again, and whether that grows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from tests.torture.soak.load import Event

MOST_MEMORY = 1.10
"""The last quarter's median to the second's; the first is for warming up."""
MOST_MORE = 5
"""Files, and threads, that the last quarter's median may lie over the second's."""
TENTHS = 10


@dataclass(frozen=True, slots=True)
class Sample:
    """At so many seconds after the load began; memory and the SQLite log in MiB."""

    at: float
    memory: float
    files: int
    threads: int
    wal: float
    waiting: int
    """Rows of the inbox."""


def growths(samples: Sequence[Sample], seconds: float) -> list[str]:
    """What is not flat, each in a sentence; a run too short to be told about is not flat either."""
    before = [one for one in samples if seconds / 4 <= one.at < seconds / 2]
    after = [one for one in samples if seconds * 3 / 4 <= one.at <= seconds]
    if len(before) < 3 or len(after) < 3:
        return ["There are too few samples to tell whether anything grows."]
    told = []
    was, came = _middle(before, lambda one: one.memory), _middle(after, lambda one: one.memory)
    if came > was * MOST_MEMORY:
        told.append(f"Memory grew from {was:.0f} to {came:.0f} MiB, more than {MOST_MEMORY - 1:.0%}.")
    counted: tuple[tuple[str, Callable[[Sample], float]], ...] = (
        ("open files", lambda one: one.files),
        ("threads", lambda one: one.threads),
    )
    for what, value in counted:
        was, came = _middle(before, value), _middle(after, value)
        if came > was + MOST_MORE:
            told.append(f"From {was:g} to {came:g} {what}, more than {MOST_MORE} above.")
    return told


def _middle(samples: Sequence[Sample], value: Callable[[Sample], float]) -> float:
    return median(value(one) for one in samples)


HEAD = """\
| from | sent | answered | median | p99 | memory | files | threads | WAL | waiting |
| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"""


def table(events: Sequence[Event], samples: Sequence[Sample], seconds: float) -> str:
    """A line for each tenth of the time: of what is held the median, of what waits the most."""
    lines = [HEAD]
    for n in range(TENTHS):
        start, end = seconds * n / TENTHS, seconds * (n + 1) / TENTHS
        lines.append(
            _line(
                start,
                [one for one in events if start <= one.due < end],
                [one for one in samples if start <= one.at < end],
            )
        )
    return "\n".join(lines)


def _line(start: float, events: Sequence[Event], samples: Sequence[Sample]) -> str:
    took = sorted(one.took * 1000 for one in events)
    middle = f"{median(took):,.0f} ms" if took else ""
    late = f"{took[int(len(took) * 0.99)]:,.0f} ms" if took else ""
    answered = sum(one.is_answered for one in events)
    cells = [f"{start / 60:.1f} min", f"{len(events):,}", f"{answered:,}", middle, late]
    if samples:
        cells += [
            f"{_middle(samples, lambda one: one.memory):.0f} MiB",
            f"{_middle(samples, lambda one: one.files):.0f}",
            f"{_middle(samples, lambda one: one.threads):.0f}",
            f"{max(one.wal for one in samples):.1f} MiB",
            f"{max(one.waiting for one in samples):,}",
        ]
    return f"| {' | '.join(cells)} |"
