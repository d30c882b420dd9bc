"""What a benchmark gives: rows of one table, each with the least that could do the same, measured in the same run."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from statistics import median
from typing import Any


class MeasuresNothing(Exception):
    """A benchmark does not measure what it says; the sentence says why. A figure that cannot be wrong is none."""


@dataclass(frozen=True, slots=True)
class Row:
    """`floor` is the least that could give it, and `against` what that is; `memory` in MiB.

    `spread` is the lowest and the highest that was measured of ours.
    """

    what: str
    ours: float
    unit: str = "ms"
    floor: float | None = None
    against: str = ""
    spread: tuple[float, float] | None = None
    memory: float | None = None
    note: str = ""

    @property
    def ratio(self) -> float | None:
        return self.ours / self.floor if self.floor else None

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"ratio": self.ratio}


HEADS = ("what", "floor", "ours", "ratio", "memory", "spread", "")


def compared(what: str, ours: Sequence[float], floor: Sequence[float], against: str, **more: Any) -> Row:
    """Of seconds, taken turn about in one run."""
    return Row(
        what,
        median(ours) * 1000,
        floor=median(floor) * 1000,
        against=against,
        spread=(min(ours) * 1000, max(ours) * 1000),
        **more,
    )


def in_turn(
    rounds: int, ours: Callable[[], float], floor: Callable[[], float]
) -> tuple[list[float], list[float]]:
    """Both once unmeasured, then one after the other, so that what slows the machine slows both."""
    ours()
    floor()
    pairs = [(ours(), floor()) for _ in range(rounds)]
    return [mine for mine, _ in pairs], [other for _, other in pairs]


def demand(is_so: bool, otherwise: str) -> None:
    """Stop with a sentence where the benchmark measures something else than it says."""
    if not is_so:
        raise MeasuresNothing(otherwise)


def written(rows: Iterable[Row]) -> str:
    """As a table in Markdown, which reads well on a screen too."""
    cells = [HEADS, *(_cells(row) for row in rows)]
    widths = [max(len(line[n]) for line in cells) for n in range(len(HEADS))]
    lines = [
        "| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |"
        for line in cells
    ]
    lines.insert(1, "| " + " | ".join("-" * max(3, width) for width in widths) + " |")
    return "\n".join(lines)


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.what,
        f"{_figure(row.floor, row.unit)} ({row.against})" if row.floor is not None else "",
        _figure(row.ours, row.unit),
        f"{row.ratio:.2f}" if row.ratio else "",
        f"{row.memory:.0f} MiB" if row.memory else "",
        f"{_figure(row.spread[0], row.unit)} to {_figure(row.spread[1], row.unit)}" if row.spread else "",
        row.note,
    )


def _figure(value: float, unit: str) -> str:
    if unit == "ms" and value >= 10_000:
        return f"{value / 1000:,.1f} s"
    return f"{value:,.{0 if value >= 100 else 1 if value >= 10 else 2}f} {unit}"
