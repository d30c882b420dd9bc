"""Efficient, effective, both or neither: where a rep stands in their role."""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from bot.domain.definitions import DEFINITIONS, Good, Kind
from bot.domain.estimates import RoleEstimates
from bot.domain.special import Floats


class Corner(StrEnum):
    """MODEL: both. CAREFUL: effective, not efficient. BUSY: efficient, not effective. SUPPORT: neither."""

    MODEL = "model"
    CAREFUL = "careful"
    BUSY = "busy"
    SUPPORT = "support"


@dataclass(frozen=True, slots=True)
class Standing:
    """The mean z over a rep's efficiency and effectiveness metrics, 0 being the role's middle; None without any."""

    efficiency: float | None
    effectiveness: float | None

    @property
    def corner(self) -> Corner | None:
        if self.efficiency is None or self.effectiveness is None:
            return None
        if self.effectiveness >= 0:
            return Corner.MODEL if self.efficiency >= 0 else Corner.CAREFUL
        return Corner.BUSY if self.efficiency >= 0 else Corner.SUPPORT


def standings(estimates: RoleEstimates) -> dict[int, Standing]:
    """Each rep's standing; only metrics with a good direction and a figure of the rep's own count."""
    efficiency, effectiveness = (_mean_z(estimates, kind) for kind in (Kind.EFFICIENCY, Kind.EFFECTIVENESS))
    return {
        rep: Standing(effort, effect)
        for rep, effort, effect in zip(estimates.reps, efficiency, effectiveness, strict=True)
    }


def _mean_z(estimates: RoleEstimates, kind: Kind) -> Collection[float | None]:
    columns = [
        column
        for metric, column in estimates.columns.items()
        if DEFINITIONS[metric].kind is kind and DEFINITIONS[metric].direction is not Good.NONE
    ]
    total: Floats = np.zeros(len(estimates.reps))
    count: Floats = np.zeros(len(estimates.reps))
    for column in columns:
        total += np.where(column.evidence.known, column.z, 0.0)
        count += column.evidence.known
    return [float(z / n) if n else None for z, n in zip(total, count, strict=True)]
