"""A team's losses in a time: how many deals and calls for which reason, and what was said of them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType

from bot.core.enums import LossCause
from bot.debriefs.domain.stories import StoryTold
from bot.pipeline.domain.money import Money

TAGS: Mapping[LossCause, str] = MappingProxyType(
    {
        LossCause.PRICE: "pricing",
        LossCause.BUDGET: "budget",
        LossCause.TIMING: "timeline",
        LossCause.COMPETITOR: "competitor",
        LossCause.NO_NEED: "need",
        LossCause.WRONG_PERSON: "authority",
        LossCause.SILENCE: "follow_up",
    }
)
"""The topic under which teammates tell what they did about each."""


@dataclass(frozen=True, slots=True)
class Lost:
    """One deal or call. `cause` is None where it was told in own words alone; both blank: nobody said why.

    `is_quotable`: the reader may read the words.
    """

    cause: LossCause | None
    words: str
    is_deal: bool
    is_quotable: bool = True
    amount: Decimal | None = None
    currency: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The losses of one cause, the deals' amounts added; `words` are the latest."""

    cause: LossCause | None
    deals: int
    calls: int
    worth: Money
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Losses:
    """By cause, the most frequent first, own words alone last; `unsaid` are those of which nobody said why.

    `story`: how a teammate won in spite of the first cause; `coaches`: who offers to help with it.
    """

    rows: tuple[Row, ...]
    unsaid: int
    story: StoryTold | None = None
    coaches: tuple[str, ...] = ()

    @property
    def deals(self) -> int:
        return sum(row.deals for row in self.rows)

    @property
    def calls(self) -> int:
        return sum(row.calls for row in self.rows)


def by_cause(lost: Iterable[Lost]) -> dict[LossCause | None, list[Lost]]:
    """Without those of which nothing was said; the most deals and calls first, own words alone last."""
    found: dict[LossCause | None, list[Lost]] = {}
    for one in lost:
        if one.cause or one.words:
            found.setdefault(one.cause, []).append(one)
    return dict(sorted(found.items(), key=lambda pair: (pair[0] is None, -len(pair[1]), str(pair[0]))))
