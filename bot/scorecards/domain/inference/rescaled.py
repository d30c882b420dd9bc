"""What is believed of a figure that is told from another: a total from a day, a cost from results."""

from dataclasses import dataclass

import numpy as np

from bot.scorecards.domain.inference.posteriors import Columns, Posterior
from bot.scorecards.domain.inference.special import Floats, Real


@dataclass(frozen=True, slots=True, eq=False)
class Scaled:
    """`inner` times a factor per rep: a total from what is believed of a day."""

    inner: Posterior
    factor: Floats

    @property
    def mean(self) -> Floats:
        return self.inner.mean * self.factor

    @property
    def variance(self) -> Floats:
        return self.inner.variance * self.factor**2

    @property
    def doubt(self) -> Floats:
        return self.inner.doubt * self.factor**2

    def quantile(self, p: float) -> Floats:
        return self.inner.quantile(p) * self.factor

    def below(self, x: Real) -> Floats:
        return self.inner.below(x / self.factor)

    def draw(self, rng: np.random.Generator, draws: int, columns: Columns) -> Floats:
        return self.inner.draw(rng, draws, columns) * self.factor[columns]


@dataclass(frozen=True, slots=True, eq=False)
class Cost:
    """A fixed outlay divided by `inner`, the results it brings: the more results, the lower the cost."""

    inner: Posterior
    outlay: float

    @property
    def mean(self) -> Floats:
        """The outlay over the expected results: the mean of the quotient itself need not exist."""
        return self.outlay / self.inner.mean

    @property
    def variance(self) -> Floats:
        """To first order in the spread of the results."""
        return self.inner.variance * self.outlay**2 / self.inner.mean**4

    @property
    def doubt(self) -> Floats:
        return self.inner.doubt * self.outlay**2 / self.inner.mean**4

    def quantile(self, p: float) -> Floats:
        return self.outlay / self.inner.quantile(1 - p)

    def below(self, x: Real) -> Floats:
        return 1 - self.inner.below(self.outlay / x)

    def draw(self, rng: np.random.Generator, draws: int, columns: Columns) -> Floats:
        return self.outlay / self.inner.draw(rng, draws, columns)
