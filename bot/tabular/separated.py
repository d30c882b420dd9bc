"""CSV files: the sign that cuts them, and their lines, as long and as wide as a table's rows may be.

A row that is longer is refused before it is whole: a file of one endless line takes the memory of the longest row,
whatever its size.
"""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TextIO

from bot.core.errors import BadInput
from bot.tabular.line import MOST_CELLS, Line

LONGEST_ROW = 1 << 20
"""Characters, also of a row that a quote holds open over many lines: eight of the longest cells that the reader takes
(131,072 characters, the longest text that Salesforce keeps in one field)."""
_DELIMITERS = (",", ";", "\t", "|")
_SAMPLE = 50
"""Lines by which the sign is told."""
_SAID = re.compile(r"sep=(.)\s*", re.IGNORECASE)
"""What Excel writes into the first line of a file, and reads from it."""


class Dialect(NamedTuple):
    encoding: str
    delimiter: str
    is_said: bool
    """The first line says the sign and nothing else."""


def dialect(path: Path, encoding: str = "") -> Dialect:
    """Raises BadInput for an encoding that nobody knows, UnicodeError for a file that is not in it."""
    encoding = encoding or _encoding(path)
    try:
        codecs.lookup(encoding)
    except LookupError:
        raise BadInput(f"“{encoding}” is no encoding that I know; write it like utf-8 or cp1252.") from None
    with path.open(encoding=encoding, newline="") as file:
        said = _SAID.fullmatch(file.readline(LONGEST_ROW).rstrip("\r\n"))
    if said:
        return Dialect(encoding, said[1], True)
    return Dialect(encoding, max(_DELIMITERS, key=lambda sign: _fit(path, encoding, sign)), False)


def lines(path: Path, given: Dialect) -> Iterator[Line]:
    """Every line, also those without a word. Raises csv.Error, which says where, and UnicodeError."""
    with path.open(encoding=given.encoding, newline="") as file:
        texts = _Texts(file)
        rows = csv.reader(texts, delimiter=given.delimiter)
        ended = 0
        if given.is_said:
            next(rows)
            ended = rows.line_num
        try:
            for cells in rows:
                if len(cells) > MOST_CELLS:
                    raise _TooMuch(f"more than {MOST_CELLS:,} cells")
                texts.room = LONGEST_ROW
                number, ended = ended + 1, rows.line_num
                yield Line(number, cells)
        except csv.Error as error:
            raise csv.Error(_where(ended + 1, error)) from error


class _TooMuch(csv.Error):
    """More than one row may have."""


class _Texts:
    """The lines of a file as csv.reader asks for them, as long as there is room."""

    __slots__ = ("_file", "room")

    def __init__(self, file: TextIO) -> None:
        self._file = file
        self.room = LONGEST_ROW
        """Characters yet to come: of a row, if whoever has got one makes room for the next."""

    def __iter__(self) -> Iterator[str]:
        for text in iter(partial(self._file.readline, LONGEST_ROW + 1), ""):
            self.room -= len(text)
            if self.room < 0:
                raise _TooMuch(f"more than {LONGEST_ROW:,} characters")
            yield text


def _where(line: int, error: csv.Error) -> str:
    longest = csv.field_size_limit()
    what = error if isinstance(error, _TooMuch) else f"a cell of more than {longest:,} characters"
    return (
        f"the row that begins on line {line} has {what}; look there for a quote that is not closed or for ends of "
        "lines that were lost, and leave out columns that nobody needs"
    )


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        begins = file.read(2)
    return "utf-16" if begins in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"


def _fit(path: Path, encoding: str, sign: str) -> int:
    """How many cells the sign cuts off in lines that it cuts into equally many, as far as there is room for one row."""
    widths: Counter[int] = Counter()
    with path.open(encoding=encoding, newline="") as file, suppress(csv.Error):
        for cells in islice(csv.reader(_Texts(file), delimiter=sign), _SAMPLE):
            widths[len(cells)] += 1
    return max(((width - 1) * times for width, times in widths.items()), default=0)
