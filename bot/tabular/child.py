"""Workbooks that somebody else made are read in a child process, with limits of memory and time.

A workbook of 1.4 kB whose cells A1 and XFD1048576 are filled asks its reader for half a terabyte, and the reader
(native code) then aborts its process. So the parent looks at the sizes that the file declares, and a child that has
no secrets and little memory reads it and writes its rows down as lines of JSON. What the child cannot do is a
sentence here. CSV files are read row by row, none longer or wider than a table's may be, and need no child.
"""

import json
import os
import sys
import tempfile
import weakref
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.tabular import files, isolated, workbooks
from bot.tabular.files import Source, Where
from bot.tabular.line import Cell, Line

_ANYWHERE = Where()


def read_safely(path: Path, where: Where = _ANYWHERE) -> Source:
    """What `files.open_file` gives, at nobody's risk. Raises BadInput with a sentence."""
    if not _is_workbook(path):
        return files.open_file(path, where)
    rows = _asked(path, _as_json(where))
    head = rows.head()
    return Source(
        tuple(head["header"]),
        int(head["total"]),
        rows.lines,
        int(head["header_row"]),
        int(head["blank"]),
        bool(head["was_refused"]),
    )


def sheet_names(path: Path) -> list[str]:
    """What `files.sheet_names` gives, in the same way."""
    return [str(name) for name in _asked(path, None).head()["sheets"]] if _is_workbook(path) else []


def _asked(path: Path, where: dict[str, object] | None) -> "_Rows":
    """What the child wrote down of the table, or of the sheets where no place is asked for."""
    isolated.refuse_by_declared_size(path)
    rows = _Rows()
    _let_read(path, where, rows)
    if "refused" in (head := rows.head()):
        raise BadInput(head["refused"])
    return rows


def _as_json(where: Where) -> dict[str, object]:
    return {
        "sheet": where.sheet,
        "header_row": where.header_row,
        "skip": sorted(where.skip),
        "encoding": where.encoding,
        "wanted": sorted(where.wanted),
    }


def _from_json(said: dict[str, Any]) -> Where:
    return Where(**said | {"skip": frozenset(said["skip"]), "wanted": frozenset(said["wanted"])})


def _is_workbook(path: Path) -> bool:
    try:
        return workbooks.is_one(path)
    except OSError:
        return False  # the reader has the sentence for it


def _let_read(path: Path, where: dict[str, object] | None, rows: "_Rows") -> None:
    with rows.path.open("wb") as out:
        isolated.run("bot.tabular.child", path, json.dumps(where).encode(), out)


class _Rows:
    """A file of rows that goes away with the last who may read it."""

    def __init__(self) -> None:
        handle, name = tempfile.mkstemp(prefix="cornerman-rows-")
        os.close(handle)
        self.path = Path(name)
        weakref.finalize(self, self.path.unlink, missing_ok=True)

    def head(self) -> dict[str, Any]:
        with self.path.open(encoding="utf-8") as file:
            found = json.loads(file.readline())
        return dict(found)

    def lines(self) -> Iterator[Line]:
        with self.path.open(encoding="utf-8") as file:
            next(file)
            for row in file:
                number, cells = json.loads(row)
                yield Line(number, [_unpacked(cell) for cell in cells])


def _packed(cell: Cell) -> object:
    """JSON has no dates: those go as a list of their kind and how it is written."""
    match cell:
        case datetime():
            return ["datetime", cell.isoformat()]
        case date():
            return ["date", cell.isoformat()]
        case time():
            return ["time", cell.isoformat()]
        case timedelta():
            return ["microseconds", cell // timedelta(microseconds=1)]
        case _:
            return cell


def _unpacked(cell: object) -> Cell:
    match cell:
        case ["datetime", str(written)]:
            return datetime.fromisoformat(written)
        case ["date", str(written)]:
            return date.fromisoformat(written)
        case ["time", str(written)]:
            return time.fromisoformat(written)
        case ["microseconds", int(span)]:
            return timedelta(microseconds=span)
        case str() | float() | int():
            return cell
        case _:
            raise BadInput(_("The workbook holds a cell of an unknown kind."))


def _read(path: Path, said: dict[str, Any] | None) -> None:
    """In the child: the head on the first line, or why there is none, and a row on each that follows."""
    write = sys.stdout.write
    try:
        if said is None:
            write(json.dumps({"sheets": files.sheet_names(path)}) + "\n")
            return
        source = files.open_file(path, _from_json(said))
    except BadInput as error:
        write(json.dumps({"refused": str(error)}) + "\n")
        return
    head = {
        "header": source.header,
        "total": source.total,
        "header_row": source.header_row,
        "blank": source.blank,
    }
    write(json.dumps(head | {"was_refused": source.was_refused}) + "\n")
    for line in source.lines():
        write(json.dumps([line.number, [_packed(cell) for cell in line.cells]]) + "\n")


def main() -> None:
    isolated.limit()
    _read(Path(sys.argv[1]), json.loads(sys.stdin.buffer.read()))


if __name__ == "__main__":
    main()
