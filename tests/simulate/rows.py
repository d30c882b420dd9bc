"""A line of a study's table, with its bounds, and how far from what was said the truth lies."""

from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Row:
    """One line of the table: what was found, its bounds, and how many worlds it is of."""

    title: str
    found: float
    low: float
    high: float
    worlds: int
    error: float | None = None
    """By chance; None: that of a share of so many worlds."""

    @property
    def holds(self) -> bool:
        """Within its bounds, or no further outside than twice the chance of so few worlds."""
        share = np.sqrt(max(self.found * (1 - self.found), 0.0) / max(self.worlds, 1))
        slack = 2 * (share if self.error is None else self.error)
        return self.low - slack <= self.found <= self.high + slack

    def __str__(self) -> str:
        bounds = f"{self.low:.3f} to {self.high:.3f}" if self.low else f"at most {self.high:.3f}"
        return f"{'ok ' if self.holds else 'RED'} {self.title}: {self.found:.3f} ({bounds}; {self.worlds:,})"


def by_chance(said: np.ndarray) -> float:
    """How far by chance alone what is true lies from what is said, on average."""
    return float(np.sqrt((said * (1 - said)).sum()) / len(said))


def calibration_error(said: np.ndarray, true: np.ndarray) -> float:
    """The expected calibration error over ten bins of equal width."""
    bins = np.minimum((said * 10).astype(int), 9)
    parts = [
        (bins == one).mean() * abs(said[bins == one].mean() - true[bins == one].mean())
        for one in set(bins.tolist())
    ]
    return float(sum(parts))
