"""Pipeline and coaching in numbers, each counted from its sheet of records where formulas may."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from bot.workbook.domain.headline import Headline
from bot.workbook.domain.sheets import Cell, Column, Style, Table, stored


class _Number(NamedTuple):
    """What a sheet of records comes to, None where none tells; `is_live`: the formula may count it."""

    title: str
    number: int | None
    is_live: bool
    formula: str

    def cell(self) -> Cell:
        return Cell(self.number, formula=stored(self.formula, "Work") if self.is_live else "")


_WORK: Sequence[Column[_Number]] = (
    Column("Pipeline and coaching", lambda one: one.title, width=28),
    Column("Number", _Number.cell, Style.WHOLE, 10),
)


def table(headline: Headline, live: Collection[str]) -> Table[_Number]:
    """`live` are the tables of records that formulas may count."""
    return Table("Work", _WORK, list(_work(headline, live)), heading="Pipeline and coaching, in numbers")


def _work(headline: Headline, live: Collection[str]) -> Iterator[_Number]:
    deals, sessions = "Deals" in live, "Sessions" in live
    stuck = None if headline.stuck is None else headline.stuck.deals
    is_stuck = 'COUNTIFS(Deals[Status],"open",Deals[Stuck because],"?*")'
    yield _Number("Open deals", headline.open.deals, deals, 'COUNTIFS(Deals[Status],"open")')
    yield _Number("Stuck deals", stuck, deals and stuck is not None, is_stuck)
    slipped = 'COUNTIFS(Deals[Slipped],"yes")'
    yield _Number("Deals that slipped", headline.slipped.money.deals, deals, slipped)
    yield _Number("Pairs", headline.pairs, sessions, 'COUNTIFS(Sessions[Pair],"?*")')
    held = 'COUNTIFS(Sessions[Credited minutes],">=0")'
    yield _Number("Coaching sessions", headline.sessions, sessions, held)
    credited = "SUM(Sessions[Credited minutes])"
    yield _Number("Credited minutes", headline.credited, sessions, credited)
