"""What other programs make of a workbook: openpyxl and calamine read it, LibreOffice calculates it anew."""

import atexit
import re
import shutil
import subprocess
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.formula import ArrayFormula
from openpyxl.worksheet.worksheet import Worksheet

SOFFICE = shutil.which("soffice")
needs_libreoffice = pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")
_CACHED = re.compile(rb"(</f>)<v>[^<]*</v>")


def without_caches(path: Path) -> Path:
    """A copy of the workbook whose formulas have lost their values."""
    blank = path.with_name(f"blank-{path.name}")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(blank, "w", zipfile.ZIP_DEFLATED) as copy:
        for item in source.infolist():
            content = source.read(item)
            is_sheet = item.filename.startswith("xl/worksheets/sheet")
            copy.writestr(item, _CACHED.sub(rb"\1", content) if is_sheet else content)
    return blank


@cache
def _profile() -> Path:
    """One for all the workbooks of this process: to make one takes LibreOffice longer than to calculate."""
    folder = Path(tempfile.mkdtemp(prefix="cm-libreoffice-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def recalculated(path: Path) -> Path:
    """The workbook as LibreOffice calculates and saves it, with nothing to copy the values from."""
    blank, out = without_caches(path), path.parent / "recalculated"
    subprocess.run(
        [
            str(SOFFICE),
            "--headless",
            f"-env:UserInstallation={_profile().as_uri()}",
            "--convert-to",
            "xlsx:Calc MS Excel 2007 XML",
            "--outdir",
            str(out),
            str(blank),
        ],
        check=True,
        capture_output=True,
        timeout=600,
    )
    return out / blank.name


def formulas(path: Path) -> dict[tuple[str, str], str]:
    """Every formula, by sheet and cell."""
    return {
        (sheet.title, cell.coordinate): str(
            cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
        )
        for sheet in openpyxl.load_workbook(path)
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def values(path: Path) -> dict[tuple[str, str], Any]:
    """Every value, by sheet and cell; an empty text is no value."""
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in openpyxl.load_workbook(path, data_only=True)
        for row in sheet.iter_rows()
        for cell in row
        if cell.value not in (None, "")
    }


def rows(path: Path, sheet: str, table: str | None = None) -> list[dict[str, Any]]:
    """The rows of a sheet's table (the only one, unless named) as they show, by the titles of their columns."""
    page = openpyxl.load_workbook(path, data_only=True)[sheet]
    area = page[_range(page, table)]
    titles = [cell.value for cell in area[0]]
    found = [dict(zip(titles, (cell.value for cell in row), strict=True)) for row in area[1:]]
    return [row for row in found if any(value is not None for value in row.values())]


def _range(page: Worksheet, table: str | None) -> str:
    if table is not None:
        return str(page.tables[table].ref)
    [only] = page.tables.values()
    return str(only.ref)
