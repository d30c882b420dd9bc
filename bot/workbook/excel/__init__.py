"""Sheets to .xlsx; the only import of the library that writes them.

A formula is written together with the value it has, so that a preview that cannot calculate shows every number.
"""

import tempfile
from pathlib import Path
from typing import Any

import xlsxwriter

from bot.workbook.domain.sheets import Workbook
from bot.workbook.excel.charts import insert
from bot.workbook.excel.layout import Place, Places, Progress, lay_out, unheard
from bot.workbook.excel.styles import Looks

__all__ = ["Place", "Progress", "unheard", "write"]


def write(book: Workbook, path: Path, *, on_progress: Progress = unheard) -> Places:
    """Write the workbook, whole or not at all; returns where each table stands and how many rows it has.

    Long sheets pass through a folder beside `path`, which is gone afterwards whatever happens.
    """
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".export-") as folder:
        unfinished = Path(folder) / "workbook.xlsx"
        places: Places = {}
        with xlsxwriter.Workbook(unfinished, {"tmpdir": folder}) as file:
            file.use_zip64()
            file.set_properties(_properties(book))
            looks = Looks(file)
            pages = [lay_out(file, sheet, looks, places, on_progress) for sheet in book.sheets]
            for page, sheet in zip(pages, book.sheets, strict=True):
                insert(file, page, sheet, places)
        unfinished.replace(path)
    return places


def _properties(book: Workbook) -> dict[str, Any]:
    return {
        "title": book.title,
        "author": book.author,
        "company": book.company,
        "created": book.created.replace(tzinfo=None),
        "comments": book.comments,
    }
