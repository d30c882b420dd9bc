"""What is believed of each rep on one metric, once the prior and the evidence are put together."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.domain.special import (
    Floats,
    Real,
    beta_below,
    beta_quantile,
    gamma_below,
    gamma_quantile,
    normal_below,
    normal_quantile,
)

Columns = NDArray[np.intp]


class Posterior(Protocol):
    """One distribution per rep. Arrays are of shape (reps,), draws of shape (draws, columns asked for)."""

    @property
    def mean(self) -> Floats: ...

    @property
    def variance(self) -> Floats: ...

    def quantile(self, p: float) -> Floats: ...

    def below(self, x: Real) -> Floats:
        """Probability of lying below x."""
        ...

    def draw(self, rng: np.random.Generator, draws: int, columns: Columns) -> Floats: ...


@dataclass(frozen=True, slots=True, eq=False)
class Beta:
    a: Floats
    b: Floats

    @property
    def mean(self) -> Floats:
        return self.a / (self.a + self.b)

    @property
    def variance(self) -> Floats:
        return self.mean * (1 - self.mean) / (self.a + self.b + 1)

    def quantile(self, p: float) -> Floats:
        return beta_quantile(self.a, self.b, p)

    def below(self, x: Real) -> Floats:
        return beta_below(self.a, self.b, x)

    def draw(self, rng: np.random.Generator, draws: int, columns: Columns) -> Floats:
        return rng.beta(self.a[columns], self.b[columns], size=(draws, len(columns)))


@dataclass(frozen=True, slots=True, eq=False)
class Gamma:
    """Shape `a`, and `rate` in units of exposure."""

    a: Floats
    rate: Floats

    @property
    def mean(self) -> Floats:
        return self.a / self.rate

    @property
    def variance(self) -> Floats:
        return self.a / self.rate**2

    def quantile(self, p: float) -> Floats:
        return gamma_quantile(self.a, self.rate, p)

    def below(self, x: Real) -> Floats:
        return gamma_below(self.a, self.rate, x)

    def draw(self, rng: np.random.Generator, draws: int, columns: Columns) -> Floats:
        return rng.standard_gamma(self.a[columns], size=(draws, len(columns))) / self.rate[columns]


@dataclass(frozen=True, slots=True, eq=False)
class Normal:
    mean: Floats
    variance: Floats

    def quantile(self, p: float) -> Floats:
        return self.mean + normal_quantile(p) * np.sqrt(self.variance)

    def below(self, x: Real) -> Floats:
        distance = x - self.mean
        with np.errstate(divide="ignore", invalid="ignore"):
            standardised = np.where(distance == 0, 0.0, distance / np.sqrt(self.variance))
        return normal_below(standardised)

    def draw(self, rng: np.random.Generator, draws: int, columns: Columns) -> Floats:
        noise = rng.standard_normal((draws, len(columns)))
        return self.mean[columns] + noise * np.sqrt(self.variance[columns])


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

    def quantile(self, p: float) -> Floats:
        return self.outlay / self.inner.quantile(1 - p)

    def below(self, x: Real) -> Floats:
        return 1 - self.inner.below(self.outlay / x)

    def draw(self, rng: np.random.Generator, draws: int, columns: Columns) -> Floats:
        return self.outlay / self.inner.draw(rng, draws, columns)
