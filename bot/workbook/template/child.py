"""Templates are somebody else's files: they are looked at and filled in a child process, as imports are read."""

import json
import sys
import tempfile
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.tabular import isolated

_ROWS_A_SECOND = 2_000
"""At the least, on a busy machine."""
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    SyntaxError,
    EOFError,
    KeyError,
    ValueError,
    TypeError,
    RuntimeError,
)
"""What readers of ZIP and XML raise; of the two XML readers openpyxl may use, each has a kind of SyntaxError."""


@dataclass(frozen=True, slots=True)
class Found:
    """A table of a template: where it stands, and the titles of its columns."""

    name: str
    sheet: str
    titles: tuple[str, ...]
    outside: bool
    hidden: bool
    protected: bool


@dataclass(frozen=True, slots=True)
class Template:
    """`suffix` is how a workbook made of it is called: with macros it is another."""

    tables: tuple[Found, ...]
    suffix: str


@dataclass(frozen=True, slots=True)
class Packed:
    """What comes into a table: its titles with their styles, and a file of rows, one JSON list each."""

    name: str
    styles: dict[str, str]
    count: int
    rows: Path


def look(path: Path) -> Template:
    """Raises BadInput, with a sentence, for what is no template."""
    told = _asked(path, {})
    return Template(
        tuple(Found(**one | {"titles": tuple(one["titles"])}) for one in told["tables"]), told["suffix"]
    )


def fill(path: Path, given: Sequence[Packed], out: Path) -> dict[str, list[str]]:
    """Write the filled template to `out`; returns, by table, the columns whose typed values were left out."""
    tables = [
        {"name": one.name, "styles": one.styles, "count": one.count, "rows": str(one.rows)} for one in given
    ]
    seconds = sum(one.count for one in given) // _ROWS_A_SECOND
    return dict(_asked(path, {"out": str(out), "tables": tables, "seconds": seconds})["left_out"])


def _asked(path: Path, said: dict[str, Any]) -> dict[str, Any]:
    isolated.refuse_by_declared_size(path)
    with tempfile.TemporaryFile() as answer:
        seconds = said.get("seconds", 0)
        isolated.run("bot.workbook.template.child", path, json.dumps(said).encode(), answer, longer=seconds)
        answer.seek(0)
        told = dict(json.load(answer))
    if "refused" in told:
        raise BadInput(_("I cannot fill {name}: {why}.").format(name=path.name, why=told["refused"]))
    return told


def _looked(path: Path) -> dict[str, Any]:
    from bot.workbook.template import layout  # noqa: PLC0415  in the child alone
    from bot.workbook.template.package import Package  # noqa: PLC0415  as above

    package = Package.open(path)
    tables = [
        {
            "name": one.name,
            "sheet": one.area.sheet,
            "titles": one.titles,
            "outside": one.outside,
            "hidden": one.hidden,
            "protected": one.protected,
        }
        for one in layout.tables(package)
    ]
    return {"tables": tables, "suffix": package.suffix}


def _filled(path: Path, said: dict[str, Any]) -> dict[str, Any]:
    from bot.workbook.domain.sheets import Style  # noqa: PLC0415  as above
    from bot.workbook.template.fill import fill  # noqa: PLC0415  as above
    from bot.workbook.template.filling import Rows  # noqa: PLC0415  as above

    given = {
        one["name"].casefold(): Rows(
            {title: Style(style) for title, style in one["styles"].items()}, one["count"], _lines(one["rows"])
        )
        for one in said["tables"]
    }
    return {"left_out": fill(path, given, Path(said["out"]))}


def _lines(path: str) -> Iterator[Any]:
    with Path(path).open(encoding="utf-8") as file:
        for line in file:
            yield json.loads(line)


def _answered(path: Path, said: dict[str, Any]) -> dict[str, Any]:
    from bot.workbook.template.unfit import Unfit  # noqa: PLC0415  as above

    try:
        return _filled(path, said) if said else _looked(path)
    except Unfit as error:
        return {"refused": str(error)}
    except OSError as error:
        return {"refused": f"it cannot be opened: {error.strerror or error}"}
    except _DAMAGED as error:
        return {
            "refused": f"it is damaged ({type(error).__name__}); open it in Excel, let it be mended, save it again"
        }


def main() -> None:
    said = json.loads(sys.stdin.buffer.read())
    isolated.limit(cpu_seconds=isolated.CPU_SECONDS + int(said.get("seconds", 0)))
    sys.stdout.write(json.dumps(_answered(Path(sys.argv[1]), said)))


if __name__ == "__main__":
    main()
