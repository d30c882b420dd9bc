"""What is believed of each rep on one metric, once the prior and the evidence are put together.

Where one cannot tell how far the reps of a role lie apart, each candidate spread is a *cell* with a weight, and a
posterior is the mixture of its cells: arrays are of shape (reps, cells), weights of shape (cells,).
"""

from dataclasses import dataclass, field
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from bot.scorecards.domain.inference.special import (
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
Weights = tuple[float, ...]
CERTAIN: Weights = (1.0,)
"""One cell: the spread between reps is known."""
HALVINGS = 24
"""Of a stretch of twenty standard deviations: to a millionth of one."""


class Posterior(Protocol):
    """One distribution per rep. Results are of shape (reps,), draws of shape (draws, columns asked for).

    All but `quantile` take the role's centre as given, which is the same for everybody and so moves nobody past
    anybody; a quantile tells of a rep alone, and counts the doubt about the centre too.
    """

    @property
    def mean(self) -> Floats: ...

    @property
    def variance(self) -> Floats: ...

    @property
    def doubt(self) -> Floats:
        """The variance that not knowing the role's centre adds for each rep."""
        ...

    def quantile(self, p: float) -> Floats: ...

    def below(self, x: Real) -> Floats:
        """Probability of lying below x."""
        ...

    def draw(self, rng: np.random.Generator, draws: int, columns: Columns) -> Floats: ...


@dataclass(frozen=True, slots=True, eq=False)
class _Mixed:
    """What the kinds have in common; `doubt`: the variance that not knowing the role's centre gives each rep."""

    weights: Weights = field(default=CERTAIN, kw_only=True)
    doubt: Floats = field(default_factory=lambda: np.zeros(1), kw_only=True)

    @property
    def centres(self) -> Floats:
        raise NotImplementedError

    @property
    def spreads(self) -> Floats:
        raise NotImplementedError

    @property
    def mean(self) -> Floats:
        return np.asarray(self.centres @ np.array(self.weights))

    @property
    def variance(self) -> Floats:
        weights, centres = np.array(self.weights), self.centres
        mean = centres @ weights
        return np.asarray(self.spreads @ weights + ((centres - mean[:, None]) ** 2) @ weights)

    def below(self, x: Real) -> Floats:
        raise NotImplementedError

    def _mixed_quantile(self, p: float, *, positive: bool = False) -> Floats:
        """Found by halving between ten standard deviations on either side, then widened by the centre's doubt.

        What is `positive` is widened in proportion, and stays so.
        """
        mean, variance = self.mean, self.variance
        low, high = mean - 10 * np.sqrt(variance), mean + 10 * np.sqrt(variance)
        low = np.maximum(low, 0.0) if positive else low
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            is_low = self.below(middle) < p
            low, high = np.where(is_low, middle, low), np.where(is_low, high, middle)
        wider = np.sqrt(1 + np.divide(self.doubt, variance, out=np.zeros_like(mean), where=variance > 0))
        return np.asarray(mean * (high / mean) ** wider if positive else mean + (high - mean) * wider)

    def _cell(self, rng: np.random.Generator, draws: int) -> Columns:
        """One cell per draw, the same for every rep: how far they lie apart is one fact."""
        return rng.choice(len(self.weights), size=draws, p=np.array(self.weights))


@dataclass(frozen=True, slots=True, eq=False)
class Beta(_Mixed):
    a: Floats
    b: Floats

    @property
    def centres(self) -> Floats:
        return self.a / (self.a + self.b)

    @property
    def spreads(self) -> Floats:
        return self.centres * (1 - self.centres) / (self.a + self.b + 1)

    def quantile(self, p: float) -> Floats:
        """With one cell by the beta of the same mean and variance, which without doubt is the posterior itself."""
        if len(self.weights) > 1:
            return np.clip(self._mixed_quantile(p), 0.0, 1.0)
        mean = self.mean
        most = mean * (1 - mean)
        strength = most / np.clip(self.variance + self.doubt, most * 1e-12, most * 0.8) - 1
        return beta_quantile(mean * strength, (1 - mean) * strength, p)

    def below(self, x: Real) -> Floats:
        return np.asarray(beta_below(self.a, self.b, _per_rep(x)) @ np.array(self.weights))

    def draw(self, rng: np.random.Generator, draws: int, columns: Columns) -> Floats:
        if len(self.weights) == 1:
            return rng.beta(self.a[columns, 0], self.b[columns, 0], size=(draws, len(columns)))
        cell = self._cell(rng, draws)
        return rng.beta(self.a[columns][:, cell].T, self.b[columns][:, cell].T)


@dataclass(frozen=True, slots=True, eq=False)
class Gamma(_Mixed):
    """Shape `a`, and `rate` in units of exposure."""

    a: Floats
    rate: Floats

    @property
    def centres(self) -> Floats:
        return self.a / self.rate

    @property
    def spreads(self) -> Floats:
        return self.a / self.rate**2

    def quantile(self, p: float) -> Floats:
        """With one cell by the gamma of the same mean and variance."""
        if len(self.weights) > 1:
            return self._mixed_quantile(p, positive=True)
        mean = self.mean
        variance = self.variance + self.doubt
        return gamma_quantile(mean**2 / variance, mean / variance, p)

    def below(self, x: Real) -> Floats:
        return np.asarray(gamma_below(self.a, self.rate, _per_rep(x)) @ np.array(self.weights))

    def draw(self, rng: np.random.Generator, draws: int, columns: Columns) -> Floats:
        if len(self.weights) == 1:
            drawn = rng.standard_gamma(self.a[columns, 0], size=(draws, len(columns)))
            return np.asarray(drawn / self.rate[columns, 0])
        cell = self._cell(rng, draws)
        return np.asarray(rng.standard_gamma(self.a[columns][:, cell].T) / self.rate[columns][:, cell].T)


@dataclass(frozen=True, slots=True, eq=False)
class Normal(_Mixed):
    means: Floats
    variances: Floats

    @property
    def centres(self) -> Floats:
        return self.means

    @property
    def spreads(self) -> Floats:
        return self.variances

    def quantile(self, p: float) -> Floats:
        if len(self.weights) > 1 and np.isfinite(self.variance).all():
            return self._mixed_quantile(p)
        return self.mean + normal_quantile(p) * np.sqrt(self.variance + self.doubt)

    def below(self, x: Real) -> Floats:
        distance = _per_rep(x) - self.means
        with np.errstate(divide="ignore", invalid="ignore"):
            standardised = np.where(distance == 0, 0.0, distance / np.sqrt(self.variances))
        return np.asarray(normal_below(standardised) @ np.array(self.weights))

    def draw(self, rng: np.random.Generator, draws: int, columns: Columns) -> Floats:
        noise = rng.standard_normal((draws, len(columns)))
        cell = self._cell(rng, draws) if len(self.weights) > 1 else np.zeros(1, dtype=np.intp)
        return self.means[columns][:, cell].T + noise * np.sqrt(self.variances[columns][:, cell].T)


def _per_rep(x: Real) -> Real:
    """A number for all, or one per rep, set beside the cells."""
    return x[:, None] if isinstance(x, np.ndarray) and x.ndim == 1 else x
