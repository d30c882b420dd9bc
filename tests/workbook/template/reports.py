"""A company's own report, as an analyst would build it: logo, chart, pivot, colours, checks, a column of its own."""

import io
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from PIL import Image

DEALS = ["Company", "Amount", "AE", "Status", "Closed", "Commission", "Line", "Remark"]
_OLD = [
    ("Last month's", 10, "Nobody", "won", date(2026, 1, 31)),
    ("And another", 20, "Nobody", "open", None),
]


def logo() -> bytes:
    picture = io.BytesIO()
    Image.new("RGB", (160, 48), (31, 56, 100)).save(picture, "PNG")
    return picture.getvalue()


def report(path: Path, *, change: Callable[[Any, Any], None] | None = None) -> Path:
    """Its table of deals stands at B3 of the sheet Data, with totals; it holds last month's two deals."""
    file = xlsxwriter.Workbook(path, {"default_date_format": "dd.mm.yyyy"})
    board, data, people = (file.add_worksheet(name) for name in ("Board", "Data", "People"))
    money, bold = file.add_format({"num_format": '#,##0 "EUR"'}), file.add_format({"bold": True})
    board.insert_image("A1", "logo.png", {"image_data": io.BytesIO(logo())})
    board.write("A5", "Won", bold)
    board.write_formula("B5", '=SUMIFS(deals[Amount],deals[Status],"won")', money, 10)
    board.write_formula("B6", "=COUNTA(deals[Company])", None, 2)
    _data(file, data, money)
    people.add_table(
        "A1:B2",
        {"name": "Reps", "columns": [{"header": "Rep"}, {"header": "Score"}], "data": [["Nobody", 1]]},
    )
    chart = file.add_chart({"type": "column"})
    chart.add_series({"name": "=Data!$C$3", "categories": "=Data!$B$4:$B$5", "values": "=Data!$C$4:$C$5"})
    chart.set_title({"name": "Amounts"})
    board.insert_chart("D2", chart)
    file.define_name("all_amounts", "=Data!$C$4:$C$5")
    file.define_name("first_company", "=Data!$B$4")
    if change:
        change(file, data)
    file.close()
    return path


def _data(file: Any, data: Any, money: Any) -> None:
    data.write("B1", "Our deals")
    data.write("L4", "a note beside")
    data.write_formula("L5", "=L4&C5", None, "a note beside20")
    rows = [[*row, None, None, "typed"] for row in _OLD]
    columns: list[dict[str, Any]] = [{"header": title} for title in DEALS]
    columns[DEALS.index("Commission")]["formula"] = "=deals[[#This Row],[Amount]]*10%"
    columns[DEALS.index("Amount")] |= {"format": money, "total_function": "sum"}
    columns[0]["total_string"] = "Total"
    data.add_table("B3:I6", {"name": "deals", "columns": columns, "data": rows, "total_row": True})
    data.write_formula("C6", "=SUBTOTAL(109,deals[Amount])", money, 30)
    for row in (4, 5):
        data.write_formula(f"H{row}", f'=B{row}&"!"', None, "x!")
    data.conditional_format("C4:C5", {"type": "data_bar"})
    data.conditional_format("C4:C5", {"type": "cell", "criteria": ">", "value": 50, "format": money})
    data.data_validation("E4:E5", {"validate": "list", "source": ["won", "open", "lost"]})
    data.set_column("B:B", 30)


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as packed:
        return {name: packed.read(name) for name in packed.namelist()}
