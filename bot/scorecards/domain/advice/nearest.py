"""What is nearest to move: of the figures that read below the role's middle, the one with the shortest way to it."""

import math
from dataclasses import dataclass

from bot.scorecards.domain.definitions import Good, Unit
from bot.scorecards.domain.scorecard import Figure, Scorecard


@dataclass(frozen=True, slots=True)
class Step:
    """`more` of what is counted, of the same `out_of`, and the figure reads like the middle or better.

    Days, minutes and money are in their own unit; `out_of` is None where nothing was divided.
    """

    figure: Figure
    more: float
    out_of: float | None


def nearest(card: Scorecard) -> Step | None:
    """Among what the role is there for; None where nothing of that reads below the middle, or there is no middle."""
    if not card.has_company:
        return None
    below = [one for one in card.figures if one.is_own and one.judges and one.reads_below]
    if not below:
        return None
    figure = min(below, key=_way)
    return _step(figure)


def _way(figure: Figure) -> float:
    """As a part of the middle, so that shares and days compare."""
    value, middle = figure.measure.value or 0.0, figure.role_middle or 0.0
    return abs(middle - value) / (abs(middle) or 1.0)


def _step(figure: Figure) -> Step:
    measure, middle = figure.measure, figure.role_middle or 0.0
    value, whole = measure.value or 0.0, measure.denominator
    if figure.definition.direction is Good.DOWN or measure.numerator is None or not whole:
        return Step(figure, abs(middle - value), None)
    missing = middle * whole - measure.numerator
    if (
        figure.definition.unit in (Unit.SHARE, Unit.PER_MONTH, Unit.PER_DAY)
        and not figure.definition.is_of_value
    ):
        missing = max(1, math.ceil(missing - 1e-9))
    return Step(figure, missing, whole)
