"""The tables of a workbook as a folder of Parquet files, for programs: one file a table, typed by its columns.

Numbers are doubles (a column of a workbook may mix counts and shares), days are dates, moments the wall clock that they
are told in, everything else text. pyarrow is large, so it comes as an extra: `cornerman[parquet]`.
"""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from pathlib import Path

from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.workbook.as_csv import in_words
from bot.workbook.domain.sheets import Cell, Plain, Style, Table, Workbook, by_name
from bot.workbook.excel import Progress

_ROWS = 10_000
"""Of a row group: what is held in memory at once."""


def write(book: Workbook, folder: Path, *, on_progress: Progress) -> dict[str, int]:
    """Into a new folder; returns how many rows each table has. Raises BadInput where pyarrow is not installed."""
    try:
        import pyarrow.parquet  # noqa: F401, PLC0415  an extra, see above
    except ModuleNotFoundError as error:
        raise BadInput(
            _("Parquet needs pyarrow: pip install 'cornerman[parquet]', or choose --format csv.")
        ) from error
    folder.mkdir()
    return {
        table.name: _table(table, folder / f"{table.name}.parquet", on_progress)
        for table in by_name(book.sheets).values()
    }


def _table(table: Table[object], path: Path, on_progress: Progress) -> int:
    import pyarrow as pa  # noqa: PLC0415  as above
    from pyarrow.parquet import ParquetWriter  # noqa: PLC0415  as above

    kinds = {
        Style.TEXT: pa.string(),
        Style.LONG: pa.string(),
        Style.DAY: pa.date32(),
        Style.MOMENT: pa.timestamp("s"),
    }
    schema = pa.schema([(column.title, kinds.get(column.style, pa.float64())) for column in table.columns])
    rows, count = table.rows, 0
    with ParquetWriter(path, schema) as out:
        while group := list(islice(rows, _ROWS)):
            columns = zip(*group, strict=True)
            told = [_told(one, column.style) for one, column in zip(columns, table.columns, strict=True)]
            out.write_table(pa.table(dict(zip(schema.names, told, strict=True)), schema))
            count += len(group)
            on_progress(table.name, count)
    return count


def _told(column: Iterable[Plain | Cell], style: Style) -> list[str | float | date | None]:
    """None for what is not of the column's kind, such as a word where a number has no evidence."""
    read = {Style.TEXT: _text, Style.LONG: _text, Style.DAY: _day, Style.MOMENT: _moment}.get(style, _number)
    return [read(one.value if isinstance(one, Cell) else one) for one in column]


def _text(value: Plain) -> str | None:
    return None if value is None else in_words(value)


def _number(value: Plain) -> float | None:
    return float(value) if isinstance(value, int | float | Decimal) else None


def _moment(value: Plain) -> datetime | None:
    return value.replace(tzinfo=None) if isinstance(value, datetime) else None


def _day(value: Plain) -> date | None:
    return value if isinstance(value, date) else None
