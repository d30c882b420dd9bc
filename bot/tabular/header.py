"""Which line of a file names its columns: exports put titles, dates and empty lines above it."""

import re
from collections.abc import Collection, Sequence

from bot.tabular.line import Cell, Line

LOOKED_THROUGH = 25
"""Lines that hold something."""
_MOST_OF_IT = 0.6
_FIGURE = re.compile(r"[\s\d.,:/%+\-()$€£T]*\d[\s\d.,:/%+\-()$€£TZ]*")


def header_at(top: Sequence[Line], wanted: Collection[str] = ()) -> int:
    """The index of the header among the first lines that hold something; 0 where no other looks more like one.

    The line with most of the `wanted` names, if it has two; else the first that fills most of the widest line's
    cells, all of them with words.
    """
    known = [sum(_words(cell) in wanted for cell in line.cells) for line in top]
    if max(known) > 1:
        return known.index(max(known))
    widest = max(len(_filled(line)) for line in top)
    enough = max(2, _MOST_OF_IT * widest)
    return next((at for at, line in enumerate(top) if _is_header(_filled(line), enough)), 0)


def _filled(line: Line) -> list[Cell]:
    return [cell for cell in line.cells if cell != "" and not (isinstance(cell, str) and cell.isspace())]


def _is_header(cells: Sequence[Cell], enough: float) -> bool:
    words = {_words(cell) for cell in cells}
    return (
        len(cells) >= enough
        and len(words) > len(cells) / 2
        and all(isinstance(cell, str) and not _FIGURE.fullmatch(cell) for cell in cells)
    )


def _words(cell: Cell) -> str:
    return str(cell).strip().lower()
