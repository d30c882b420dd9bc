"""Rates of exchange in force on a day, as somebody gave them."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from bot.core.session_cache import read_once
from storage.books import Books
from storage.queries.pipeline import accounts


@read_once
def rates_on(books: Books, base: str, day: date) -> dict[str, Decimal]:
    """What one unit of each other currency is worth in `base`."""
    return in_force(day, accounts.rates_known(books, base, day))


def in_force(day: date, known: Mapping[str, Sequence[tuple[date, Decimal]]]) -> dict[str, Decimal]:
    """Of rates with the days from which they hold, the latest first, those of the day."""
    return {
        currency: rate
        for currency, since in known.items()
        for rate in [next((rate for from_day, rate in since if from_day <= day), None)]
        if rate is not None
    }
