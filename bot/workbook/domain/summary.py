"""The first page, for a reader who knows nothing of the program: how much, against what, how sure, what next."""

from collections.abc import Collection, Iterator, Sequence
from typing import NamedTuple

from bot.workbook.domain import headline as headlines
from bot.workbook.domain.glossary import Colophon, first_and_last
from bot.workbook.domain.headline import Headline
from bot.workbook.domain.sheets import Cell, Column, Sheet, Style, Table, stored


class _Number(NamedTuple):
    """What a sheet of records comes to, None where none tells; `is_live`: the formula may count it."""

    title: str
    number: int | None
    is_live: bool
    formula: str

    def cell(self) -> Cell:
        return Cell(self.number, formula=stored(self.formula, "Work") if self.is_live else "")


_BEHIND = (
    "Best: named only where luck would hardly have done it; Sure is the probability. Behind this page: Pictures; Reps, "
    "with one line each; a sheet per role, with every figure; the records that they are counted from; Definitions."
)
_WORK: Sequence[Column[_Number]] = (
    Column("Pipeline and coaching", lambda one: one.title, width=28),
    Column("Number", _Number.cell, Style.WHOLE, 10),
)


def sheet(colophon: Colophon, headline: Headline, live: Collection[str]) -> Sheet:
    return Sheet(
        "Summary",
        f"{colophon.workspace}: {colophon.scope}, {colophon.days}",
        (
            headlines.money(headline, live),
            headlines.best(headline),
            Table("Work", _WORK, list(_work(headline, live)), heading="Pipeline and coaching, in numbers"),
        ),
        notes=(_about(colophon, headline), _BEHIND),
        on_one_page=True,
    )


def _about(colophon: Colophon, headline: Headline) -> str:
    """The period, by whom and for whom."""
    first, last = (f"{day:%A}, {day.day} {day:%B %Y}" for day in first_and_last(colophon.period))
    known = f"{colophon.as_of.day} {colophon.as_of:%B %Y, %H:%M}"
    running = (
        f"{headline.gone:.0%} of its working days are gone; what is told was known on {known}"
        if headline.gone < 1
        else "the whole of it"
    )
    return (
        f"From {first} to {last} ({running}). About {colophon.scope} of {colophon.workspace}. "
        f"Made by Cornerman for {colophon.exported_by} on {colophon.exported_at:%Y-%m-%d %H:%M} "
        f"({colophon.period.zone.key})."
    )


def _work(headline: Headline, live: Collection[str]) -> Iterator[_Number]:
    deals, sessions = "Deals" in live, "Sessions" in live
    stuck = None if headline.stuck is None else headline.stuck.deals
    is_stuck = 'COUNTIFS(Deals[Status],"open",Deals[Stuck because],"?*")'
    yield _Number("Open deals", headline.open.deals, deals, 'COUNTIFS(Deals[Status],"open")')
    yield _Number("Stuck deals", stuck, deals and stuck is not None, is_stuck)
    yield _Number("Deals that slipped", headline.slipped, deals, 'COUNTIFS(Deals[Slipped],"yes")')
    yield _Number("Pairs", headline.pairs, sessions, 'COUNTIFS(Sessions[Pair],"?*")')
    held = 'COUNTIFS(Sessions[Credited minutes],">=0")'
    yield _Number("Coaching sessions", headline.sessions, sessions, held)
    credited = "SUM(Sessions[Credited minutes])"
    yield _Number("Credited minutes", headline.credited, sessions, credited)
