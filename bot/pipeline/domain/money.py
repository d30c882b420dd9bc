"""Amounts of money added up: each currency by itself, and across them only by rates that somebody gave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Pile:
    """Amounts of one currency together, negative ones (credit notes) included, and of how many deals."""

    total: Decimal = Decimal()
    deals: int = 0


@dataclass(frozen=True, slots=True)
class Money:
    """Amounts of deals by currency: one where they are all in it or a rate was given for each, else side by side.

    `unknown` deals have no amount: they are told of and never added as 0. `converted` are the currencies that were
    turned into the workspace's.
    """

    piles: Mapping[str, Pile] = field(default_factory=dict)
    unknown: int = 0
    converted: tuple[str, ...] = ()

    @property
    def known(self) -> int:
        return sum(pile.deals for pile in self.piles.values())

    @property
    def deals(self) -> int:
        return self.known + self.unknown

    @property
    def is_apart(self) -> bool:
        """Whether there are several currencies that nobody can add up."""
        return len(self.piles) > 1

    @property
    def only(self) -> tuple[str, Pile] | None:
        """The one currency with its amounts; None where there are none or several."""
        return next(iter(self.piles.items())) if len(self.piles) == 1 else None


def piled(amounts: Iterable[tuple[Decimal, str]], *, base: str) -> dict[str, Pile]:
    """By currency, in its order; blank is `base`."""
    piles: dict[str, Pile] = {}
    for amount, currency in amounts:
        before = piles.get(currency or base, Pile())
        piles[currency or base] = Pile(before.total + amount, before.deals + 1)
    return dict(sorted(piles.items()))


def added(piles: Mapping[str, Pile], unknown: int, *, base: str, rates: Mapping[str, Decimal]) -> Money:
    """Amounts added up as far as they can be.

    All in their one currency, or in `base` where every other has a rate in it; else each in its own. One rate serves
    all amounts of a currency.
    """
    others = tuple(currency for currency in piles if currency != base)
    if len(piles) <= 1 or not rates.keys() >= set(others):
        return Money(piles, unknown)
    worth = {**rates, base: Decimal(1)}
    total = sum((pile.total * worth[currency] for currency, pile in piles.items()), Decimal())
    deals = sum(pile.deals for pile in piles.values())
    return Money({base: Pile(total, deals)}, unknown, converted=others)


def worth_in(
    currency: str, piles: Mapping[str, Pile], *, base: str, rates: Mapping[str, Decimal]
) -> Decimal | None:
    """What the amounts come to in a currency; None where a rate for that is missing."""
    worth = {**rates, base: Decimal(1)}
    total = Decimal()
    for own, pile in piles.items():
        if own == currency:
            total += pile.total
        elif pile.total and own in worth and currency in worth:
            total += pile.total * worth[own] / worth[currency]
        elif pile.total:
            return None
    return total
