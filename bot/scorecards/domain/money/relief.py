"""Target relief: who coaches sells less meanwhile, so where coaching is paid in relief, targets ask for less."""

from decimal import ROUND_HALF_UP, Decimal

MINUTES_A_DAY = 480
"""Of a working day, whatever its hours: a share of a target must not hang on how long lunch is."""
_CENT = Decimal("0.01")


def share(minutes: int, days: int) -> float:
    """The credited minutes as a share of so many working days: that much less is asked for."""
    return min(minutes / (days * MINUTES_A_DAY), 1.0) if days else 0.0


def relieved(target: float, relief: float) -> float:
    return target * (1 - relief)


def relieved_money(goal: Decimal, relief: float) -> Decimal:
    """To the cent; untouched where nothing is relieved."""
    return (goal * Decimal(1 - relief)).quantize(_CENT, ROUND_HALF_UP) if relief else goal
