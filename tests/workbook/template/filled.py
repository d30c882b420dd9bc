"""A company's workbook, filled."""

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from bot.core.errors import BadInput
from bot.workbook.services.export import ExportReport
from tests.workbook.export.exported import BERLIN
from tests.workbook.template.reports import parts

CLOSED = datetime(2026, 9, 8, 12, 0, tzinfo=BERLIN)
Export = Callable[..., ExportReport]


def cell(path: Path, sheet: str, place: str) -> Any:
    return openpyxl.load_workbook(path)[sheet][place].value


def refused(export: Export, path: Path, out: str = "out.xlsx") -> str:
    with pytest.raises(BadInput) as told:
        export(path, out)
    assert not (path.parent / out).exists()
    assert path.name in str(told.value)
    return str(told.value)


def rewritten(path: Path, name: str, change: Callable[[bytes], bytes]) -> Path:
    content = parts(path)
    with zipfile.ZipFile(path, "w") as written:
        for part, told in content.items():
            written.writestr(part, change(told) if part == name else told)
    return path
