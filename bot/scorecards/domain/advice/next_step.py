"""The one thing that a card says to do next: it follows from the figures' verdicts and from nothing else."""

from dataclasses import dataclass
from enum import StrEnum

from bot.scorecards.domain.definitions import Kind
from bot.scorecards.domain.scorecard import Figure, Scorecard
from bot.scorecards.domain.verdict import Verdict


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
