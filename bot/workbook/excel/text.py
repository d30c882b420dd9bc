"""Text as a cell can hold it: people's words, whatever they typed, and never a formula."""

import re
from xml.sax.saxutils import escape

LONGEST = 32_767
"""UTF-16 units in one cell."""

_CONTROL = {code: 0x2400 + code for code in range(32) if code not in (9, 10)} | {0x7F: 0x2421}
_UNFIT = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_NO_CHARACTER = re.compile("[\ud800-\udfff\ufffe\uffff]")
_LOOKS_ESCAPED = re.compile("(_x[0-9A-Fa-f]{4}_)")
_STARTS_FORMULA = tuple("=+-@\t\r\n")


def fit(text: str) -> str:
    """The text without what XML cannot carry, cut with a note where it is too long.

    Control characters show as their pictures (␀ to ␡), half surrogates and non-characters as �.
    """
    if _UNFIT.search(text):
        text = _NO_CHARACTER.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n")).translate(_CONTROL)
    if len(text) > LONGEST // 2 and _units(text) > LONGEST:
        text = _cut(text)
    # What looks like XlsxWriter's own rich text would be copied into the file as it stands.
    return text + " " if text.startswith("<r>") and text.endswith("</r>") else text


def as_xml(text: str) -> str:
    """As a cell's element holds it, and so that Excel does not take `_x0041_` for an A."""
    return escape(_LOOKS_ESCAPED.sub(r"_x005F\1", text) if "_x" in text else text)


def starts_formula(text: str) -> bool:
    """Whether a program that reads the text from another file, or lets it be typed again, might calculate it."""
    return text.startswith(_STARTS_FORMULA)


def _units(text: str) -> int:
    return len(text) + sum(character > "\uffff" for character in text)


def _cut(text: str) -> str:
    note = f" … (cut here; the whole text has {len(text):,} characters)"
    kept = text.encode("utf-16-le")[: (LONGEST - len(note)) * 2].decode("utf-16-le", "ignore")
    return kept + note
