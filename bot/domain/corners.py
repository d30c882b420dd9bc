"""Efficient, effective, both or neither: where a rep stands in their role."""

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
    efficiency, effectiveness = _both(estimates)
    return {
        rep: Standing(_or_none(effort), _or_none(effect))
        for rep, effort, effect in zip(estimates.reps, efficiency, effectiveness, strict=True)
    }


def standing(estimates: RoleEstimates, rep: int) -> Standing:
    """One rep's alone."""
    at = estimates.reps.index(rep)
    return Standing(*(_or_none(mean[at]) for mean in _both(estimates)))


def _both(estimates: RoleEstimates) -> tuple[Floats, Floats]:
    return _mean_z(estimates, Kind.EFFICIENCY), _mean_z(estimates, Kind.EFFECTIVENESS)


def _mean_z(estimates: RoleEstimates, kind: Kind) -> Floats:
    """Per rep; nan for one without a figure of this kind."""
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
    return np.divide(total, count, out=np.full_like(total, np.nan), where=count > 0)


def _or_none(mean: float) -> float | None:
    return None if np.isnan(mean) else float(mean)
