"""Sums over the days of a period, of lumps that come by chance."""

from dataclasses import dataclass

import numpy as np

from bot.scorecards.domain.inference.posteriors import Posterior
from bot.scorecards.domain.inference.rescaled import Scaled
from bot.scorecards.domain.inference.samples import Means
from bot.scorecards.domain.inference.shrinkage import Core, Prior
from bot.scorecards.domain.inference.special import Floats


@dataclass(frozen=True, slots=True, eq=False)
class Days(Means):
    """What came in a day: reps lie apart in proportion to it, as those whose events are counted do."""

    def strengths(self, spreads: Floats) -> Floats:
        usual = float(np.abs(self.centres(np.full(1, 1e9))[0]))
        noise = self.noise
        return noise / (spreads * usual) ** 2 if usual > 0 and 0 < noise < np.inf else 4 / spreads**2


@dataclass(frozen=True, slots=True, eq=False)
class Totals:
    """A sum over the days of a period, estimated per day."""

    per_day: Means
    days: Floats

    @property
    def size(self) -> Floats:
        return self.days

    @property
    def core(self) -> Core:
        return self.per_day

    def slopes(self, centre: float) -> Floats:
        return self.days

    def posterior(self, prior: Prior) -> Posterior:
        return Scaled(self.per_day.posterior(prior), self.days)
