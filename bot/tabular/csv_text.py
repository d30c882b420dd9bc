"""CSV of any make: which sign parts its cells, in which encoding it is written, and its lines."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from bot.core.errors import BadInput
from bot.tabular.line import Line

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
        said = _SAID.fullmatch(file.readline().rstrip("\r\n"))
    if said:
        return Dialect(encoding, said[1], True)
    return Dialect(encoding, max(_DELIMITERS, key=lambda sign: _fit(path, encoding, sign)), False)


def lines(path: Path, given: Dialect) -> Iterator[Line]:
    """Every line, also those without a word. Raises csv.Error and UnicodeError."""
    with path.open(encoding=given.encoding, newline="") as file:
        rows = csv.reader(file, delimiter=given.delimiter)
        ended = 0
        if given.is_said:
            next(rows)
            ended = rows.line_num
        for cells in rows:
            number, ended = ended + 1, rows.line_num
            yield Line(number, cells)


def _encoding(path: Path) -> str:
    with path.open("rb") as file:
        begins = file.read(2)
    return "utf-16" if begins in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"


def _fit(path: Path, encoding: str, sign: str) -> int:
    """How many cells the sign cuts off in lines that it cuts into equally many."""
    sample = islice(lines(path, Dialect(encoding, sign, False)), _SAMPLE)
    try:
        widths = Counter(len(line.cells) for line in sample if line.cells)
    except csv.Error:
        return 0
    return max(((width - 1) * times for width, times in widths.items()), default=0)
