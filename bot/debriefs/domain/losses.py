"""A team's losses in a time: how many deals and calls for which reason, to whom, at which stage, and what was said."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from bot.debriefs.domain.stories import StoryTold
from bot.pipeline.domain.losses import Reason
from bot.pipeline.domain.money import Money


@dataclass(frozen=True, slots=True)
class Lost:
    """One deal or call. `reason` is None where it was told in own words alone; both blank: nobody said why.

    `is_quotable`: the reader may read the words.
    """

    reason: Reason | None
    words: str
    is_deal: bool
    is_quotable: bool = True
    amount: Decimal | None = None
    currency: str = ""
    competitor: str = ""
    stage: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The losses of one reason, the deals' amounts added; `words` are the latest."""

    reason: Reason | None
    deals: int
    calls: int
    worth: Money
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Losses:
    """By reason, the most frequent first, own words alone last; `unsaid` are those of which nobody said why.

    `competitors` and `stages` are counted where they were told. `story`: how a teammate won in spite of the first
    reason; `coaches`: who offers to help with it.
    """

    rows: tuple[Row, ...]
    unsaid: int
    competitors: tuple[tuple[str, int], ...] = ()
    stages: tuple[tuple[str, int], ...] = ()
    story: StoryTold | None = None
    coaches: tuple[str, ...] = ()

    @property
    def deals(self) -> int:
        return sum(row.deals for row in self.rows)

    @property
    def calls(self) -> int:
        return sum(row.calls for row in self.rows)

    @property
    def topic(self) -> str:
        """The tag of the first reason, or blank."""
        first = self.rows[0].reason if self.rows else None
        return first.topic if first else ""


def by_reason(lost: Iterable[Lost]) -> dict[Reason | None, list[Lost]]:
    """Without those of which nothing was said; the most deals and calls first, own words alone last."""
    found: dict[Reason | None, list[Lost]] = {}
    for one in lost:
        if one.reason or one.words:
            found.setdefault(one.reason, []).append(one)
    ranked = sorted(
        found.items(), key=lambda pair: (pair[0] is None, -len(pair[1]), pair[0].label if pair[0] else "")
    )
    return dict(ranked)


def counted(names: Iterable[str], *, most: int) -> tuple[tuple[str, int], ...]:
    """Each name as it was written first, whatever its case, with how often it was; the most frequent first."""
    spelled: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for name in filter(None, (" ".join(name.split()) for name in names)):
        spelled.setdefault(name.casefold(), name)
        counts[name.casefold()] += 1
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return tuple((spelled[key], n) for key, n in ranked[:most])
