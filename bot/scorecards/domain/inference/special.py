"""The few special functions that estimates need, typed for arrays of floats.

scipy.special takes half a second to import, which a bot that only listens need not wait for:
each function here imports it when it is first called.
"""
# ruff: noqa: PLC0415

import math

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
