"""Lines below the header that are no rows of the table: totals, the header once more, what a report says of itself."""

import re
from collections.abc import Sequence

from bot.tabular.line import Cell

_TOTAL = re.compile(
    r"(grand |sub|report )?-?\s*(totals?|sum|summe|gesamt(summe)?|итого|всего|(record )?count|total g[eé]n[eé]ral)"
    r"\s*(\(.*\)|:)?\s*",
    re.IGNORECASE,
)
_FOOTER = re.compile(
    r"(copyright|©|confidential|generated (by|on)|report (generated|name|run)|exported (by|on|from)|filtered by)",
    re.IGNORECASE,
)


_WIDE = 4
"""Columns of a table in which a single word at the beginning is no row."""
HEADER_AGAIN = "The header stands here once more."


def is_header(cells: Sequence[Cell], header: Sequence[str]) -> bool:
    if not header or not cells or str(cells[0]).strip() != header[0]:
        return False
    return tuple(str(cell).strip() for cell in cells[: len(header)]) == tuple(header)


def no_row_at_all(cells: Sequence[Cell]) -> str:
    """Why the line is no row, in a sentence; blank where it may be one. Asked only of lines that cannot be read."""
    filled = [text for cell in cells if (text := str(cell).strip())]
    if any(_TOTAL.fullmatch(text) for text in filled[:2]):
        return "It is a line of totals."
    if len(filled) == 1 and _FOOTER.match(filled[0]):
        return "It is a line that the report says of itself."
    if len(filled) == 1 and len(cells) >= _WIDE and str(cells[0]).strip():
        return "It is a title between the rows."
    return ""
