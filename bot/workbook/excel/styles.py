"""How cells look: number formats, and colours that colour-blind people tell apart."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from decimal import Decimal
from math import isfinite
from typing import Any, NamedTuple

from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

from bot.workbook.domain.sheets import Cell, Colours, Plain, Style
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


class Ready(NamedTuple):
    """A cell as it is to be written: text or number, the file's format, and a formula (with its equals sign) if any."""

    value: str | float
    format: Any
    formula: str = ""
    is_array: bool = False


class Look:
    """What a file makes of the values of one style. `plain` is its format, `quoted` that of text like a formula."""

    def __init__(self, file: Any, style: Style, of: "dict[Style, Look]") -> None:
        self.plain = file.add_format(_properties(style))
        self.quoted = file.add_format(_properties(style) | {"quote_prefix": True})
        self._of = of

    def ready(self, value: Plain | Cell) -> Ready | None:
        """The value as it is written; None leaves the cell empty."""
        if type(value) is Cell:
            return self._of_style(value.style)._calculated(value)
        told = as_kept(value)
        return None if told is None else Ready(told, self._format(told))

    def _of_style(self, style: Style | None) -> "Look":
        return self if style is None else self._of[style]

    def _calculated(self, cell: Cell) -> Ready | None:
        if not cell.formula:
            return self.ready(cell.value)
        told = as_kept(cell.value)
        return Ready("" if told is None else told, self.plain, cell.formula, cell.is_array)

    def _format(self, told: str | float) -> Any:
        return self.quoted if isinstance(told, str) and starts_formula(told) else self.plain


class Looks:
    """The formats of one file: `of` each style, of headers, titles and notes."""

    def __init__(self, file: Any) -> None:
        self.file = file
        self.of: dict[Style, Look] = {}
        self.of.update((style, Look(file, style, self.of)) for style in Style)
        self.title = file.add_format({"bold": True, "font_size": 16, "font_color": INK})
        self.verdict = file.add_format(
            {
                "bold": True,
                "font_size": 14,
                "font_color": INK,
                "bg_color": PALE_BLUE,
                "text_wrap": True,
                "valign": "vcenter",
            }
        )
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

    def divide(self, page: Any, area: tuple[int, int, int, int], col: int) -> None:
        """Draw a line above each row of an area whose value in the column `col` is not that of the row before."""
        above, own = (xl_rowcol_to_cell(row, col, col_abs=True) for row in (area[0] - 1, area[0]))
        self._rule(page, area, f"={own}<>{above}", {"top": 1, "top_color": INK})

    def _rule(self, page: Any, area: tuple[int, int, int, int], criteria: str, look: dict[str, Any]) -> None:
        rule = {"type": "formula", "criteria": criteria, "format": self.file.add_format(look)}
        page.conditional_format(*area, rule)

    def colour(self, page: Any, rows: Sequence[tuple[int, int]], col: int, colours: Colours) -> None:
        """Colour the cells of a column in stretches of rows, by one scale."""
        if not rows:
            return
        (first, _), (_, last) = rows[0], rows[-1]
        areas = " ".join(xl_range(start, col, end, col) for start, end in rows)
        for rule in _RULES[colours](self.file, xl_rowcol_to_cell(first, col, col_abs=True)):
            page.conditional_format(first, col, last, col, rule | {"multi_range": areas})


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
    return {"align": "left" if style in _WORDS else "right", "indent": 1}


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
