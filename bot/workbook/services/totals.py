"""What the deals of a workbook come to, read once from the first to the last."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from heapq import nlargest

from bot.core.enums import DealStatus
from bot.pipeline.domain.money import Money, Pile, added
from bot.pipeline.domain.stuck import StuckReason
from bot.workbook.domain.headline import Slipped
from bot.workbook.domain.pipeline import DealRecord

LARGEST = 10


@dataclass(slots=True)
class Amounts:
    """As they are read, deal by deal."""

    by_currency: dict[str, Pile] = field(default_factory=dict)
    unknown: int = 0

    def add(self, deal: DealRecord) -> None:
        if deal.amount is None:
            self.unknown += 1
            return
        before = self.by_currency.get(deal.currency, Pile())
        self.by_currency[deal.currency] = Pile(before.total + deal.amount, before.deals + 1)

    def money(self, base: str, rates: Mapping[str, Decimal]) -> Money:
        return added(dict(sorted(self.by_currency.items())), self.unknown, base=base, rates=rates)


@dataclass(slots=True)
class DealsRead:
    """Of the stuck ones only the largest of each currency are kept: a workspace may have more than fit in memory."""

    won: Amounts = field(default_factory=Amounts)
    open: Amounts = field(default_factory=Amounts)
    stuck: Amounts = field(default_factory=Amounts)
    because: dict[StuckReason, Amounts] = field(
        default_factory=lambda: {one: Amounts() for one in StuckReason}
    )
    slipped: Amounts = field(default_factory=Amounts)
    became: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    won_by: dict[str, Amounts] = field(default_factory=lambda: defaultdict(Amounts))
    _largest: dict[str, list[DealRecord]] = field(default_factory=lambda: defaultdict(list))

    def read(self, deals: Iterable[DealRecord]) -> "DealsRead":
        for deal in deals:
            if deal.has_slipped:
                self._slipped(deal)
            if deal.status is DealStatus.WON:
                self.won.add(deal)
                self.won_by[deal.ae].add(deal)
            elif deal.status is DealStatus.OPEN:
                self.open.add(deal)
                if deal.stuck:
                    self._stuck(deal)
        return self

    def _stuck(self, deal: DealRecord) -> None:
        self.stuck.add(deal)
        for reason in deal.stuck:
            self.because[reason].add(deal)
        kept = self._largest[deal.currency]
        self._largest[deal.currency] = nlargest(LARGEST, [*kept, deal], key=lambda one: one.amount or 0)

    def _slipped(self, deal: DealRecord) -> None:
        self.slipped.add(deal)
        self.became["stuck"] += bool(deal.stuck)
        self.became[_became(deal)] += 1

    def what_slipped(self, base: str, rates: Mapping[str, Decimal]) -> Slipped:
        return Slipped(self.slipped.money(base, rates), **self.became)

    def largest(self, base: str, rates: Mapping[str, Decimal]) -> list[DealRecord]:
        """By what they are worth; those of which nobody can tell that come last, each currency by itself."""
        worth = {**rates, base: Decimal(1)}

        def rank(deal: DealRecord) -> tuple[bool, str, Decimal]:
            told, amount = worth.get(deal.currency), deal.amount or Decimal()
            return told is None, "" if told else deal.currency or "~", -amount * (told or 1)

        return sorted((deal for kept in self._largest.values() for deal in kept), key=rank)[:LARGEST]


def _became(deal: DealRecord) -> str:
    if deal.status is not DealStatus.OPEN:
        return str(deal.status)
    if deal.expected_close is None:
        return "undated"
    return "past" if StuckReason.PAST_CLOSE in deal.stuck else "moved"
