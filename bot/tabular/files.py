"""A CSV file or a workbook as lines of cells. The whole file is looked through before its first line is given out."""

import csv
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from pathlib import Path

from python_calamine import CalamineError

from bot.core.errors import BadInput
from bot.tabular import separated, workbooks
from bot.tabular.line import Cell, Line

__all__ = ["Cell", "Line", "Source", "Where", "open_file", "sheet_names"]


class NotUtf8(BadInput):
    """A text file in another encoding, which nobody has named."""


REFUSED = ("line", "reason")
"""The columns before those of the file, in a file of refused rows: mended, it is read without them."""


@dataclass(frozen=True, slots=True)
class Where:
    """Where in a file the table stands; what is not said is found."""

    sheet: str = ""
    """Blank: the first that can be seen."""
    header_row: int | None = None
    """Counted from 1."""
    skip: frozenset[int] = frozenset()
    """Numbers of lines that are no part of the table, wherever they stand."""
    encoding: str = ""
    """Blank: UTF-8, or UTF-16 with its mark."""
    wanted: frozenset[str] = field(default=frozenset(), compare=False)
    """Names of columns in small letters: the line with most of them is the header."""


@dataclass(frozen=True, slots=True)
class Source:
    header: tuple[str, ...]
    total: int
    """Rows below the header; blank lines do not count."""
    lines: Callable[[], Iterator[Line]]
    header_row: int = 1
    blank: int = 0
    """Lines of a CSV file that hold nothing but separators."""
    was_refused: bool = False
    """It is a file of refused rows, which bear their line and reason no more."""


def open_file(path: Path, where: Where = Where()) -> Source:
    """Raises BadInput where the file cannot be read from its first to its last line."""
    with _sentences(path):
        every = _lines(path, where)
        top = list(islice((line for line in every() if not _is_blank(line)), LOOKED_THROUGH))
        if not top:
            raise BadInput(f"{path.name} is empty.")
        head = _header(path, top, where)
        total, blank = _counted(every, head.number)
    names = tuple(str(cell).strip() for cell in head.cells)
    below = partial(_below, every, head.number)
    if names[:2] == REFUSED and len(names) > len(REFUSED):
        return Source(names[2:], total, partial(_without_reasons, below), head.number, blank, True)
    return Source(names, total, below, head.number, blank)


def sheet_names(path: Path) -> list[str]:
    """The sheets that can be seen, in order; of a CSV file none. Raises BadInput for what cannot be opened."""
    with _sentences(path):
        return workbooks.shown(path) if workbooks.is_one(path) else []


@contextmanager
def _sentences(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise BadInput(f"{path.name} cannot be opened: {error.strerror or error}.") from error
    except UnicodeError as error:
        raise NotUtf8(
            f"{path.name} is not UTF-8; save it as “CSV UTF-8”, or name what it is in the map: "
            '[file] encoding = "cp1252".'
        ) from error
    except csv.Error as error:
        raise BadInput(f"{path.name} is not a CSV file that I can read: {error}.") from error
    except CalamineError as error:
        raise BadInput(f"{path.name} is not a workbook that I can read: {error}.") from error


def _lines(path: Path, where: Where) -> Callable[[], Iterator[Line]]:
    """All lines, blank ones too, but for those to skip."""
    if workbooks.is_one(path):
        every = workbooks.lines(path, where.sheet)
    elif where.sheet and not path.name.endswith(".rejected.csv"):
        raise BadInput(f"{path.name} is no workbook and has no sheet “{where.sheet}”.")
    else:
        every = partial(separated.lines, path, separated.dialect(path, where.encoding))
    if not where.skip:
        return every
    return lambda: (line for line in every() if line.number not in where.skip)


def _header(path: Path, top: list[Line], where: Where) -> Line:
    first = tuple(str(cell).strip() for cell in top[0].cells[:2])
    if first == REFUSED or where.header_row is None:
        return top[0] if first == REFUSED else top[header_at(top, where.wanted)]
    found = next((line for line in top if line.number == where.header_row), None)
    if found is None:
        raise BadInput(f"{path.name} has no header on line {where.header_row}.")
    return found


def _counted(every: Callable[[], Iterator[Line]], head: int) -> tuple[int, int]:
    """Lines below the header, and those of separators alone."""
    total = blank = 0
    for line in every():
        if line.number > head:
            if _is_blank(line):
                blank += len(line.cells) > 1
            else:
                total += 1
    return total, blank


def _below(every: Callable[[], Iterator[Line]], head: int) -> Iterator[Line]:
    return (line for line in every() if line.number > head and not _is_blank(line))


def _without_reasons(below: Callable[[], Iterator[Line]]) -> Iterator[Line]:
    return (Line(line.number, line.cells[len(REFUSED) :]) for line in below())


def _is_blank(line: Line) -> bool:
    """Asked three times of every line, and mostly told by the first cell."""
    for cell in line.cells:  # noqa: SIM110  a generator costs more than the answer
        if cell.strip() if type(cell) is str else cell:
            return False
    return True


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
