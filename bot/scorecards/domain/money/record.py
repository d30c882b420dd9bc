"""Forecasts held to their own past: what was said on a day of a quarter, and what came of the deals it spoke of."""

from dataclasses import dataclass
from datetime import date

from bot.pipeline.domain.forecast import Unforeseen

QUARTERS = 4
"""Finished quarters that are looked back on."""
FEWEST_SAID = 4
"""Forecasts below which nothing is told of how they went: those of one quarter go right or wrong together."""


@dataclass(frozen=True, slots=True)
class Said:
    """A forecast as it would have been told on `day` of a quarter, by what was known then.

    `came` is what was won by then and of the deals open then; `in_all` has the deals that were opened later, too.
    """

    quarter: str
    day: date
    low: float
    middle: float
    high: float
    came: float
    in_all: float

    @property
    def held(self) -> bool:
        """A cent is nobody's miss."""
        return self.low - 0.01 <= self.came <= self.high + 0.01


@dataclass(frozen=True, slots=True)
class Record:
    """The oldest first, in `currency`; `why` says what is missing where too few could be told."""

    currency: str
    said: tuple[Said, ...] = ()
    why: Unforeseen | None = None

    @property
    def held(self) -> int:
        return sum(one.held for one in self.said)


def record(currency: str, said: tuple[Said, ...], why: Unforeseen) -> Record:
    """`why` is what kept the others from being told."""
    return Record(currency, said) if len(said) >= FEWEST_SAID else Record(currency, why=why)
