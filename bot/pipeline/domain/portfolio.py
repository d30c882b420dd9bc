"""An AM's accounts made comparable: amounts of several currencies are added only by rates that somebody gave."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class HeldAccount:
    """One account of an AM in a period.

    `first` is its value when this AM took it over; `start` its value at the period's start (None: not held then);
    `end` its value at the period's end (0: no longer held). All in one currency.
    """

    first: Decimal
    start: Decimal | None
    end: Decimal
    key: str = ""
    currency: str = ""

    @property
    def growth(self) -> Decimal:
        """By how much its value rose under this AM in the period; below 0 where it fell or was lost."""
        return self.end - (self.first if self.start is None else self.start)


@dataclass(frozen=True, slots=True)
class Currencies:
    """What several currencies did to an AM's accounts.

    Those `converted` were turned into the workspace's. Where some are `unrated` nothing was converted and nothing may
    be added up; `changed` accounts were then left out, because their own values are in several currencies.
    """

    converted: tuple[str, ...] = ()
    unrated: tuple[str, ...] = ()
    changed: int = 0


class Amount(NamedTuple):
    value: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class WrittenAccount:
    """An account as its values were written down; `start` is None where this AM did not hold it then."""

    key: str
    first: Amount
    start: Amount | None
    end: Amount

    @property
    def currencies(self) -> frozenset[str]:
        """Those of its values; nothing is worth nothing in any currency."""
        amounts = (self.first, self.start, self.end)
        return frozenset(amount.currency for amount in amounts if amount and amount.value)


@dataclass(frozen=True, slots=True)
class Portfolio:
    accounts: tuple[HeldAccount, ...]
    currencies: Currencies


def in_one_currency(
    written: Sequence[WrittenAccount], *, base: str, rates: Mapping[str, Decimal]
) -> Portfolio:
    """All in their one currency, or in `base` where every other has a rate in it; else each in its own.

    One rate serves all values of a currency, those of the past too, so that a rate's move never looks like growth.
    Where a rate is missing, an account whose own values changed currency cannot be compared, and is left out.
    """
    used = {currency for account in written for currency in account.currencies}
    if len(used) <= 1:
        only = next(iter(used), base)
        return Portfolio(tuple(_held(one, only, {only: Decimal(1)}) for one in written), Currencies())
    worth = {**rates, base: Decimal(1)}
    unrated = tuple(sorted(used - worth.keys()))
    if not unrated:
        converted = tuple(sorted(used - {base}))
        return Portfolio(tuple(_held(one, base, worth) for one in written), Currencies(converted=converted))
    apart = [one for one in written if len(one.currencies) <= 1]
    return Portfolio(
        tuple(_held(one, own, {own: Decimal(1)}) for one in apart for own in [_own(one, base)]),
        Currencies(unrated=unrated, changed=len(written) - len(apart)),
    )


def by_currency(accounts: Iterable[HeldAccount]) -> dict[str, tuple[HeldAccount, ...]]:
    found: dict[str, tuple[HeldAccount, ...]] = {}
    for account in accounts:
        found[account.currency] = (*found.get(account.currency, ()), account)
    return dict(sorted(found.items()))


def _own(account: WrittenAccount, base: str) -> str:
    return next(iter(account.currencies), base)


def _held(account: WrittenAccount, currency: str, worth: Mapping[str, Decimal]) -> HeldAccount:
    def value(amount: Amount) -> Decimal:
        return amount.value * worth[amount.currency] if amount.value else amount.value

    start = None if account.start is None else value(account.start)
    return HeldAccount(value(account.first), start, value(account.end), account.key, currency)
