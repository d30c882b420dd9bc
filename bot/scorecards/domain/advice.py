"""What a card and a place advise: the one thing to do next, and the figure that is nearest to move."""

import math
from dataclasses import dataclass
from enum import StrEnum

from bot.scorecards.domain.definitions import Good, Kind, Unit
from bot.scorecards.domain.scorecard import Figure, Scorecard
from bot.scorecards.domain.verdict import Verdict


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


class Next(StrEnum):
    """LOOK: at what speaks against a figure that is worse. TEACH: what is better. ASK: where one stands."""

    LOOK = "look"
    TEACH = "teach"
    ASK = "ask"


@dataclass(frozen=True, slots=True)
class NextStep:
    """`figure` is what is looked at, or taught; None where the question is about all of them."""

    what: Next
    figure: Figure | None = None


def next_step(card: Scorecard, *, own: bool, coaches: bool) -> NextStep | None:
    """`own`: the reader is the rep; `coaches`: who coaches already is not asked to. None: nothing follows."""
    if worse := _first(card, Verdict.WORSE):
        return NextStep(Next.LOOK, worse)
    if not own or card.ramping:
        return None
    better = card.chief
    if better and better.judged.verdict is Verdict.BETTER and not coaches:
        return NextStep(Next.TEACH, better)
    return NextStep(Next.ASK) if card.has_company and card.score is not None else None


def _first(card: Scorecard, verdict: Verdict) -> Figure | None:
    """The figure that the card opens with before all others, then what the role is there for, then what calls come to.

    How many calls there were is never the thing to do next: more of them help nobody by themselves.
    """
    chief = [card.chief] if card.chief else []
    own = [one for one in card.figures if one.is_own]
    effective = [one for one in card.figures if one.definition.kind is Kind.EFFECTIVENESS]
    return next((one for one in (*chief, *own, *effective) if one.judged.verdict is verdict), None)
