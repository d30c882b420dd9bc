"""A folder of CSV or Parquet holds what the workbook holds."""

import csv
import sys
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest
import sqlalchemy as sa

from bot.core.errors import BadInput
from bot.workbook.services.export import Form
from storage.tables import Deal
from tests.workbook.export.exported import (
    World,
)
from tests.workbook.spreadsheets import rows


def test_a_folder_of_csv_holds_what_the_workbook_holds(small: World, tmp_path: Path) -> None:
    mia = small.viewer("Mia")
    small.export(book := tmp_path / "book.xlsx", mia)
    report = small.export(tmp_path / "tables", mia, form=Form.CSV)

    with (report.path / "Reps.csv").open(encoding="utf-8-sig", newline="") as file:
        told = list(csv.DictReader(file))
    assert [row["Rep"] for row in told] == [row["Rep"] for row in rows(book, "Reps")]
    assert {file.stem for file in report.path.iterdir()} == set(report.rows)
    assert report.rows["Reps"] == len(told)
    cells = [
        cell
        for file in report.path.iterdir()
        for row in csv.reader(file.read_text(encoding="utf-8-sig").splitlines())
        for cell in row
    ]
    assert any(cell.startswith("'=") for cell in cells)
    assert not [cell for cell in cells if cell.startswith("=")], "a rep's word is no formula"


def test_a_folder_of_parquet_holds_what_the_workbook_holds(small: World, tmp_path: Path) -> None:
    with small.db.begin() as session:
        session.execute(sa.update(Deal).values(amount=Decimal("1200.50"), currency="EUR"))
    small.export(book := tmp_path / "book.xlsx", small.viewer("Mia"))

    report = small.export(tmp_path / "tables", small.viewer("Mia"), form=Form.PARQUET)

    read = {file.stem: pq.read_table(file) for file in report.path.iterdir()}
    assert {name: table.num_rows for name, table in read.items()} == report.rows
    told = read["Deals"].to_pylist()
    assert [(deal["Amount"], deal["Opened"]) for deal in told] == [
        (deal["Amount"], deal["Opened"].date()) for deal in rows(book, "Deals")
    ]
    assert {deal["Amount"] for deal in told} == {1200.5}


def test_without_its_reader_parquet_is_refused_and_leaves_nothing(
    small: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow.parquet", None)

    with pytest.raises(BadInput, match=r"pip install 'cornerman\[parquet\]'"):
        small.export(tmp_path / "tables", small.viewer("Mia"), form=Form.PARQUET)

    assert list(tmp_path.iterdir()) == []
