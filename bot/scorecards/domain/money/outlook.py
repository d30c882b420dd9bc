"""Where a rep or a team stands in a running period: what is won, how far the goal is, what is still to come."""

from dataclasses import dataclass
from decimal import Decimal

from bot.calendar.periods import Period
from bot.pipeline.domain.forecast import Forecast
from bot.scorecards.domain.money.goals import Progress

FEWEST_TOLD = 3
"""AEs with a goal below which a team's share of its goal is told to nobody but those who lead."""


@dataclass(frozen=True, slots=True)
class Outlook:
    """Amounts are in `currency`. `won` and `open` are None where they cannot be told in it.

    `unpriced` are deals won without an amount; `won` is None where all are, and `are_goals_unpriced` says so of the
    deals won by those who have a goal. `forecast` is None for who has no deals of their own. `goals` is how
    many reps have a goal; `progress` is theirs together.
    """

    period: Period
    currency: str
    won: Decimal | None
    open: Decimal | None
    unpriced: int
    progress: Progress | None
    forecast: Forecast | None
    goals: int = 0
    are_goals_unpriced: bool = False

    @property
    def can_be_public(self) -> bool:
        """Whether no single rep's part can be read from it."""
        return self.goals >= FEWEST_TOLD
