"""A line of the first page: an amount, in what, of how many deals, and what it means."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from bot.pipeline.domain.money import Money
from bot.workbook.domain.sheets import Cell, Column, Style


class Line(NamedTuple):
    what: str
    value: Cell | None
    unit: str
    deals: int | None
    words: str


COLUMNS: Sequence[Column[Line]] = (
    Column("What", lambda line: line.what, width=36),
    Column("Value", lambda line: line.value, Style.MONEY, 17),
    Column("In", lambda line: line.unit, width=15),
    Column("Deals", lambda line: line.deals, Style.WHOLE, 13),
    Column("In words", lambda line: line.words, Style.LONG, 66),
)


def share(part: float) -> str:
    """To a tenth of a percent; what is not the whole is never told as 100%."""
    told = f"{part:.1%}"
    return "99.9%" if told == "100.0%" and part < 1 else told


def summed(money: Money) -> str:
    """`350 EUR and 40 CHF`."""
    return " and ".join(f"{pile.total:,.0f} {currency}" for currency, pile in money.piles.items())


def unpriced(money: Money) -> str:
    """How many have no amount, as an addition; empty where all have one."""
    return f"; {money.unknown} of {money.deals} have no amount and are not in it" if money.unknown else ""


def piles(what: str, money: Money, words: str, condition: str, *, is_live: bool) -> Iterator[Line]:
    """A line for each currency that cannot be added to another; `condition` says which deals a formula sums."""
    words += unpriced(money)
    if not money.piles:
        yield Line(what, Cell(0) if not money.unknown else None, "", money.deals, words)
    for currency, pile in money.piles.items():
        formula = f'=SUMIFS(Deals[Amount],Deals[Currency],"{currency}",{condition})'
        is_counted = is_live and not money.converted
        yield Line(what, Cell(pile.total, formula=formula if is_counted else ""), currency, pile.deals, words)
