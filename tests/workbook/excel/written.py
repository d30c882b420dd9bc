"""A small book, and the file that it becomes."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from operator import itemgetter
from typing import Any
from zoneinfo import ZoneInfo

from bot.workbook.domain.sheets import (
    Column,
    Row,
    Sheet,
    Table,
    Workbook,
)

NEW_YORK = ZoneInfo("America/New_York")


def book(*sheets: Sheet) -> Workbook:
    created = datetime(2026, 11, 16, 9, 0, tzinfo=NEW_YORK)
    return Workbook("Scorecards of East", "Mia", "Acme", created, sheets)


def by_place(*heads: Any) -> list[Column[Row]]:
    """Columns that read a row by its place: a title each, or a title with its looks."""
    told = [(head,) if isinstance(head, str) else head for head in heads]
    return [Column(title, itemgetter(at), *looks) for at, (title, *looks) in enumerate(told)]


def sheet(
    columns: Sequence[Column[Row]],
    given: Sequence[Row] | Iterator[Row],
    *,
    name: str = "Things",
    is_long: bool = False,
) -> Sheet:
    return Sheet(name, name, (Table(name, columns, given),), is_long=is_long)
