"""The offline sheet as a workbook: what names a call is locked, what is asked has its choices."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any

import xlsxwriter

from bot.core.i18n import gettext as _
from bot.debriefs.domain.offline_sheet import ASKED, CHOICES, HEADER, KEYS, SEAL, SheetCall, hints, seal

_WIDTHS = {"with": 28, "when": 24, "outcome": 14, "timeline": 10, "authority": 10, "next_step_on": 14}
_TEXT_WIDTH = 30
_WRAPPED = {"text_wrap": True, "valign": "top"}
_HIDDEN = (*KEYS, SEAL)
_LONGEST = 3_000


def written(calls: Sequence[SheetCall]) -> bytes:
    """The calls' rows under the header, in one protected sheet."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False}) as book:
        sheet = book.add_worksheet(_("Debriefs"))
        _head(book, sheet)
        locked = book.add_format({"bg_color": "#EDEDED", **_WRAPPED})
        fillable = book.add_format({"locked": False, **_WRAPPED})
        day = book.add_format({"locked": False, "num_format": "yyyy-mm-dd", **_WRAPPED})
        for row, call in enumerate(calls, start=1):
            values = call.locked | {SEAL: seal(call.locked)}
            for col, name in enumerate(HEADER):
                if name in values:
                    sheet.write_string(row, col, values[name], locked)
                else:
                    sheet.write_blank(row, col, None, day if name == "next_step_on" else fillable)
            _choices(sheet, row, call)
        sheet.freeze_panes(1, 2)
        sheet.protect("", {"format_columns": True, "format_rows": True})
    return file.getvalue()


def _head(book: Any, sheet: Any) -> None:
    title = book.add_format({"bold": True, "bg_color": "#1F3A5F", "font_color": "#FFFFFF", "valign": "top"})
    for col, name in enumerate(HEADER):
        sheet.set_column(col, col, _WIDTHS.get(name, _TEXT_WIDTH), None, {"hidden": name in _HIDDEN})
        sheet.write_string(0, col, name, title)
    for name, hint in hints().items():
        sheet.write_comment(0, HEADER.index(name), hint, {"x_scale": 2})


def _choices(sheet: Any, row: int, call: SheetCall) -> None:
    for name, allowed in CHOICES.items():
        _allow(sheet, row, name, {"validate": "list", "source": list(allowed)})
    _allow(
        sheet,
        row,
        "next_step_on",
        {
            "validate": "date",
            "criteria": ">=",
            "value": call.day,
            "error_message": _("The next step cannot come before the call."),
        },
    )
    for name in ASKED:
        if name not in CHOICES and name != "next_step_on":
            _allow(sheet, row, name, {"validate": "length", "criteria": "<=", "value": _LONGEST})


def _allow(sheet: Any, row: int, name: str, rule: dict[str, Any]) -> None:
    col = HEADER.index(name)
    sheet.data_validation(row, col, row, col, {"ignore_blank": True, **rule})
