"""How cells look: number formats, and colours that colour-blind people tell apart."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any

from xlsxwriter.utility import xl_rowcol_to_cell

from bot.workbook.domain.sheets import Cell, Colours, Plain, Style
from bot.workbook.excel.pages import Ready
from bot.workbook.excel.text import LONGEST, fit, starts_formula

BLUE, PALE_BLUE = "#6BAED6", "#DEEBF7"
ORANGE, PALE_ORANGE = "#FDAE6B", "#FEE6CE"
WHITE, GREY, INK = "#FFFFFF", "#EDEDED", "#1F3864"

FORMATS = {
    Style.TEXT: "General",
    Style.LONG: "General",
    Style.WHOLE: "#,##0",
    Style.DECIMAL: "#,##0.0",
    Style.SCORE: "0.00",
    Style.SHARE: "0.0%",
    Style.MONEY: "#,##0.00",
    Style.DAY: "yyyy-mm-dd",
    Style.MOMENT: "yyyy-mm-dd hh:mm",
}
_WORDS = (Style.TEXT, Style.LONG, Style.DAY, Style.MOMENT)
_HEADER = {"bold": True, "text_wrap": True, "valign": "vcenter", "font_color": WHITE, "bg_color": INK}
_CORNERS = {"model": BLUE, "careful": PALE_BLUE, "busy": PALE_ORANGE, "support": GREY}
_EPOCH = date(1899, 12, 30).toordinal()
_FIRST_DAY = date(1900, 3, 1)
"""Before it Excel counts a day that never was."""


class Looks:
    """The formats of one file, and what they make of each kind of value."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self._formats = {style: file.add_format(_properties(style)) for style in Style}
        self._quoted = {
            style: file.add_format(_properties(style) | {"quote_prefix": True}) for style in Style
        }
        self.title = file.add_format({"bold": True, "font_size": 16, "font_color": INK})
        self.note = file.add_format({"text_wrap": True, "valign": "top", "font_color": "#595959"})
        self.heading = file.add_format({"bold": True, "font_size": 12, "font_color": INK})
        self._headers = {
            (style, filtered): file.add_format(
                _HEADER | _alignment(style) | {"valign": "top" if filtered else "vcenter"}
            )
            for style in Style
            for filtered in (False, True)
        }

    def header(self, style: Style, *, filtered: bool) -> Any:
        """The look of the header above a column of this style; a filter's button covers its lower right corner."""
        return self._headers[style, filtered]

    def plain(self, style: Style) -> Any:
        return self._formats[style]

    def ready(self, value: Plain | Cell, style: Style) -> Ready | None:
        """The value as it is written; None leaves the cell empty."""
        if type(value) is not Cell:
            told = as_kept(value)
            return None if told is None else Ready(told, self._format(told, style))
        told, style = as_kept(value.value), value.style or style
        if value.formula:
            return Ready("" if told is None else told, self._formats[style], value.formula, value.is_array)
        return None if told is None else Ready(told, self._format(told, style))

    def _format(self, told: str | float, style: Style) -> Any:
        quoted = isinstance(told, str) and starts_formula(told)
        return self._quoted[style] if quoted else self._formats[style]

    def shade(self, page: Any, first: int, last: int, right: int) -> None:
        """Shade every other row from `first` to `last`, up to the column `right`."""
        self._rule(page, (first, 0, last, right), "=MOD(ROW(),2)=0", {"bg_color": "#F7F7F7"})

    def set_off(self, page: Any, area: tuple[int, int, int, int], col: int, text: str) -> None:
        """Print the rows of an area in bold that have this text in the column `col`."""
        self._rule(
            page,
            area,
            f'={xl_rowcol_to_cell(area[0], col, col_abs=True)}="{text}"',
            {"bold": True, "top": 1, "top_color": INK},
        )

    def _rule(self, page: Any, area: tuple[int, int, int, int], criteria: str, look: dict[str, Any]) -> None:
        rule = {"type": "formula", "criteria": criteria, "format": self.file.add_format(look)}
        page.conditional_format(*area, rule)

    def colour(self, page: Any, first: int, last: int, col: int, colours: Colours) -> None:
        """Colour the cells of a column from the row `first` to `last`."""
        for rule in _RULES[colours](self.file, xl_rowcol_to_cell(first, col, col_abs=True)):
            page.conditional_format(first, col, last, col, rule)


def as_kept(value: Any) -> str | float | None:
    """A value as Excel keeps it; no data, an empty text or a number without end is nothing."""
    teller = _TELLERS.get(type(value), _text)
    return teller(value)


def _text(text: str) -> str | None:
    is_plain = text.isascii() and text.isprintable() and len(text) < LONGEST and text[:1] != "<"
    return (text if is_plain else fit(text)) or None


def _number(number: float | Decimal) -> float | None:
    return float(number) if isfinite(number) else None


def _day(day: date) -> str | int:
    return day.isoformat() if day < _FIRST_DAY else day.toordinal() - _EPOCH


def _serial(instant: datetime) -> float:
    """Days since Excel's beginning, by the wall clock of the zone that the instant is told in."""
    seconds = instant.hour * 3600 + instant.minute * 60 + instant.second
    return instant.toordinal() - _EPOCH + seconds / 86_400


_TELLERS: dict[type, Callable[[Any], str | float | None]] = {
    type(None): lambda _nothing: None,
    str: _text,
    int: lambda number: number,
    float: _number,
    Decimal: _number,
    bool: lambda value: "yes" if value else "no",
    date: _day,
    datetime: _serial,
}


def _properties(style: Style) -> dict[str, Any]:
    look = {"num_format": FORMATS[style], "valign": "top", "text_wrap": style is Style.LONG}
    return look | _alignment(style)


def _alignment(style: Style) -> dict[str, Any]:
    """Numbers stand to the right, words and dates to the left, a little in, so that neighbours keep apart."""
    return {"align": "left", "indent": 1} if style in _WORDS else {"align": "right"}


def _scale(least: str, most: str, middle: str = "") -> dict[str, Any]:
    if not middle:
        return {"type": "2_color_scale", "min_color": least, "max_color": most}
    bounds = {
        "min_type": "num",
        "min_value": -2,
        "mid_type": "num",
        "mid_value": 0,
        "max_type": "num",
        "max_value": 2,
    }
    return {"type": "3_color_scale", "min_color": least, "mid_color": middle, "max_color": most, **bounds}


def _where(file: Any, criteria: str, colour: str) -> dict[str, Any]:
    return {"type": "formula", "criteria": criteria, "format": file.add_format({"bg_color": colour})}


_Rules = Callable[[Any, str], list[dict[str, Any]]]

_RULES: dict[Colours, _Rules] = {
    Colours.NONE: lambda _file, _at: [],
    Colours.MIDDLE: lambda _file, _at: [_scale(ORANGE, BLUE, WHITE)],
    Colours.MORE: lambda _file, _at: [_scale(WHITE, BLUE)],
    Colours.LESS: lambda _file, _at: [_scale(BLUE, WHITE)],
    Colours.SIGN: lambda file, at: [
        _where(file, f"=AND(ISNUMBER({at}),{at}>0)", PALE_BLUE),
        _where(file, f"=AND(ISNUMBER({at}),{at}<0)", PALE_ORANGE),
    ],
    Colours.REACHED: lambda file, at: [
        _where(file, f"=AND(ISNUMBER({at}),{at}>=1)", PALE_BLUE),
        _where(file, f"=AND(ISNUMBER({at}),{at}<1)", PALE_ORANGE),
    ],
    Colours.CORNER: lambda file, at: [
        _where(file, f'={at}="{corner}"', colour) for corner, colour in _CORNERS.items()
    ],
    Colours.SOMETHING: lambda file, at: [_where(file, f"=LEN({at})>0", PALE_ORANGE)],
}
