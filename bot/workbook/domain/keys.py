"""The e-mail beside each name, by which another system's tables can be joined."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.workbook.domain.sheets import Cell, Column, Sheet

NAMED = ("Rep", "SDR", "AE", "AM", "Coach", "Learner")
"""Titles of columns that hold a person's name."""


def keyed(sheet: Sheet, emails: Mapping[str, str]) -> Sheet:
    """`emails` go by the names that the workbook calls people by."""
    tables = [replace(table, columns=list(_keyed(table.columns, emails))) for table in sheet.tables]
    return replace(sheet, tables=tables)


def _keyed(columns: Sequence[Column[Any]], emails: Mapping[str, str]) -> Iterator[Column[Any]]:
    for column in columns:
        yield column
        if column.title in NAMED:
            yield _email(column, emails)


def _email(column: Column[Any], emails: Mapping[str, str]) -> Column[Any]:
    def read(record: Any) -> str | None:
        name = column.read(record)
        return emails.get(str(name.value if isinstance(name, Cell) else name))

    return Column(f"{column.title} e-mail", read, width=26)
