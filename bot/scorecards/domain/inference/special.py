"""The few numerical tools that estimates need, typed for arrays of floats: special functions, the maximum of a
likelihood, and the same change made to every array of a value.
"""

# ruff: noqa: PLC0415

import math
from collections.abc import Callable
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Mask = NDArray[np.bool_]
Real = float | Floats


def log_gamma(x: Floats) -> Floats:
    from scipy.special import gammaln

    return np.asarray(gammaln(x), dtype=np.float64)


def log_beta(a: Floats, b: Floats) -> Floats:
    from scipy.special import betaln

    return np.asarray(betaln(a, b), dtype=np.float64)


def beta_below(a: Floats, b: Floats, x: Real) -> Floats:
    """P(X < x) for X ~ Beta(a, b)."""
    from scipy.special import betainc

    return np.asarray(betainc(a, b, np.clip(x, 0.0, 1.0)), dtype=np.float64)


def beta_quantile(a: Floats, b: Floats, p: float) -> Floats:
    from scipy.special import betaincinv

    return np.asarray(betaincinv(a, b, p), dtype=np.float64)


def gamma_below(a: Floats, rate: Floats, x: Real) -> Floats:
    """P(X < x) for X ~ Gamma with shape a and the given rate (the inverse of the scale)."""
    from scipy.special import gammainc

    return np.asarray(gammainc(a, rate * np.maximum(x, 0.0)), dtype=np.float64)


def gamma_quantile(a: Floats, rate: Floats, p: float) -> Floats:
    from scipy.special import gammaincinv

    return np.asarray(gammaincinv(a, p) / rate, dtype=np.float64)


def normal_below(standardised: Real) -> Floats:
    from scipy.special import ndtr

    return np.asarray(ndtr(standardised), dtype=np.float64)


def normal_quantile(p: float) -> float:
    from scipy.special import ndtri

    return float(ndtri(p))


def t_quantile(p: float, freedom: int) -> float:
    from scipy.special import stdtrit

    return float(stdtrit(freedom, p))


def t_below(standardised: float, freedom: int) -> float:
    from scipy.special import stdtr

    return float(stdtr(freedom, standardised))


def normal_density(standardised: float) -> float:
    return math.exp(-(standardised**2) / 2) / math.sqrt(2 * math.pi)


POINTS = 17
PASSES = 6
LOG_STRENGTH = (0.0, float(np.log(1e4)))
"""A prior is worth one observation at least and ten thousand at most."""


def highest(f: Callable[[Floats], Floats], low: float, high: float) -> float:
    """Where f is highest between low and high, to 10^-5 of their distance: a grid, zoomed in on its best point."""
    for _ in range(PASSES):
        grid = np.linspace(low, high, POINTS)
        best = int(np.argmax(f(grid)))
        low, high = float(grid[max(best - 1, 0)]), float(grid[min(best + 1, POINTS - 1)])
    return float(grid[best])


def strength(likelihood: Callable[[Floats], Floats]) -> float:
    """The strength at which a likelihood of the strength alone is highest."""
    return float(np.exp(highest(lambda log_strength: likelihood(np.exp(log_strength)), *LOG_STRENGTH)))


def normal(values: Floats, chance: Floats, spread: Floats) -> Floats:
    """Restricted log likelihood of a common mean for each candidate variance between reps, up to a constant.

    `values` and `chance` (the variance of each value by chance alone) are of shape (reps,), `spread`, the variance
    between reps, of shape (candidates,).
    """
    weights = 1 / (spread[:, None] + chance)
    total = weights.sum(axis=1)
    mean = (weights * values).sum(axis=1) / total
    misfit = (weights * (values - mean[:, None]) ** 2).sum(axis=1)
    return np.asarray((np.log(weights).sum(axis=1) - misfit - np.log(total)) / 2)


_T = TypeVar("_T")


def changed(change: Callable[..., Any], one: _T, *others: _T) -> _T:
    """`one` with `change(array, *those in the same place of the others)` for each of its arrays, however deep.

    What is no array stays as it is in `one`; what a value has worked out for itself (fields that no caller gives)
    begins anew.
    """
    if isinstance(one, np.ndarray):
        return change(one, *others)  # type: ignore[no-any-return]  # an array again
    if not is_dataclass(one) or isinstance(one, type):
        return one
    inner = {
        field.name: changed(change, *(getattr(value, field.name) for value in (one, *others)))
        for field in fields(one)
        if field.init
    }
    return replace(one, **inner)
