"""Where the names of points on a map stand, so that no name covers a point or another name."""

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]


class Box(NamedTuple):
    left: float
    bottom: float
    right: float
    top: float


Point = tuple[float, float]
Size = tuple[float, float]
Offsets = Callable[[Size], Iterator[Point]]
"""From a name's size to the places of its lower left corner beside its point, the best first."""

_DIRECTIONS = ((1, 0), (-1, 0), (0, 1), (0, -1), (1, 1), (-1, 1), (1, -1), (-1, -1))


def sides(gap: float) -> Offsets:
    """Right, left, above and below."""
    return _around(_DIRECTIONS[:4], (gap,))


def rings(gap: float, count: int) -> Offsets:
    """All around, nearer places first."""
    return _around(_DIRECTIONS, tuple(gap * (1 + 2 * n) for n in range(count)))


def place(
    points: Sequence[Point],
    sizes: Sequence[Size],
    *,
    within: Box,
    offsets: Offsets,
    around: float,
    taken: Sequence[Box] = (),
) -> list[Box | None]:
    """For each point where its name stands, at the first of its offsets that is free; None where there is no room.

    Lengths are in one unit. A point covers `around` on every side; `taken` is covered already.
    """
    dots = [Box(x - around, y - around, x + around, y + around) for x, y in points]
    covered = np.array([*dots, *taken], dtype=np.float64).reshape(-1, 4)
    found: list[Box | None] = []
    for point, size in zip(points, sizes, strict=True):
        corners = np.array(list(offsets(size))) + np.array(point)
        boxes = np.hstack([corners, corners + np.array(size)])
        free = np.flatnonzero(_inside(boxes, within) & ~_touches(boxes, covered))
        found.append(Box(*boxes[free[0]].tolist()) if free.size else None)
        if free.size:
            covered = np.vstack([covered, boxes[free[0]]])
    return found


def nearest(point: Point, box: Box) -> Point:
    """Of the box, where it is nearest to the point."""
    return min(max(point[0], box.left), box.right), min(max(point[1], box.bottom), box.top)


def _around(directions: Sequence[tuple[int, int]], distances: Sequence[float]) -> Offsets:
    def offsets(size: Size) -> Iterator[Point]:
        width, height = size
        for distance in distances:
            for across, up in directions:
                yield (
                    across * distance - width * (1 - across) / 2,
                    up * distance - height * (1 - up) / 2,
                )

    return offsets


def _inside(boxes: Floats, within: Box) -> Mask:
    return np.asarray((boxes[:, :2] >= within[:2]).all(axis=1) & (boxes[:, 2:] <= within[2:]).all(axis=1))


def _touches(boxes: Floats, covered: Floats) -> Mask:
    """Per box whether it overlaps anything that is covered."""
    left, bottom, right, top = (boxes[:, at, None] for at in range(4))
    apart = (
        (right <= covered[:, 0])
        | (left >= covered[:, 2])
        | (top <= covered[:, 1])
        | (bottom >= covered[:, 3])
    )
    return np.asarray((~apart).any(axis=1))
