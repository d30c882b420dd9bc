"""Cells of ours that are made of several of theirs."""

from collections.abc import Sequence
from datetime import datetime, time
from typing import NamedTuple

from bot.core.enums import Direction
from bot.tabular import cells
from bot.tabular.line import Cell
from bot.tabular.mapping import LEFT_OUT
from bot.tabular.words import NotOurs, Words


class Several(NamedTuple):
    places: tuple[int, ...]
    together: bool
    """All that are filled make the cell; else the first of them is it."""

    def of(self, row: Sequence[Cell]) -> Cell:
        filled = [row[place] for place in self.places if not is_blank(row[place])]
        if not self.together:
            return filled[0] if filled else ""
        return " ".join(map(_in_words, filled))


class Sided(NamedTuple):
    """The caller's or the called one's cell, by who called."""

    inbound: int
    outbound: int
    direction: int
    words: Words

    def of(self, row: Sequence[Cell]) -> Cell:
        """Blank where the direction is neither; raises NotOurs for a row to leave out."""
        said = cells.text(row[self.direction])
        meant = self.words.meaning(said).lower()
        if meant == LEFT_OUT:
            raise NotOurs(f"direction: the map ignores “{said}”.")
        if meant not in tuple(Direction):
            return ""
        return row[self.inbound if meant == Direction.INBOUND else self.outbound]


Made = Several | Sided


def is_blank(cell: Cell) -> bool:
    return cell == "" or (isinstance(cell, str) and cell.isspace())


def _in_words(cell: Cell) -> str:
    """A workbook's day is a midnight, and its time of day stands alone."""
    if isinstance(cell, datetime) and cell.time() == time.min:
        return cell.date().isoformat()
    return cells.text(cell)
