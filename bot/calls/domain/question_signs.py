"""How many questions are written in a text, by the signs of its script; None where the script has none."""

import re
from collections import Counter

_END = r"(?=[\s\"'”’»)\]]|$)"
_LATIN = re.compile(rf"[?？][?!？！]*{_END}")
"""Also of Cyrillic, Hebrew, Devanagari, Hangul and most others; a `?` inside an address is none."""
_SIGNS: dict[str, re.Pattern[str] | None] = {
    "greek": re.compile(rf"[;;?]+{_END}"),
    "arabic": re.compile(r"[؟?]+"),
    "armenian": re.compile(r"[՞?]+"),
    "ethiopic": re.compile(r"[፧?]+"),
    "han": re.compile(r"[？?]+"),
    "thai": None,
    "lao": None,
    "khmer": None,
    "myanmar": None,
    "tibetan": None,
}
_RANGES = (
    (0x0370, 0x03FF, "greek"),
    (0x1F00, 0x1FFF, "greek"),
    (0x0530, 0x058F, "armenian"),
    (0x0600, 0x06FF, "arabic"),
    (0x0750, 0x077F, "arabic"),
    (0x0E00, 0x0E7F, "thai"),
    (0x0E80, 0x0EFF, "lao"),
    (0x0F00, 0x0FFF, "tibetan"),
    (0x1000, 0x109F, "myanmar"),
    (0x1200, 0x139F, "ethiopic"),
    (0x1780, 0x17FF, "khmer"),
    (0x3040, 0x30FF, "han"),
    (0x3400, 0x9FFF, "han"),
)


def questions(text: str) -> int | None:
    """By the script that most of its letters are of."""
    pattern = _SIGNS.get(_script(text), _LATIN)
    return None if pattern is None else len(pattern.findall(text))


def _script(text: str) -> str:
    letters = Counter(_of(ord(sign)) for sign in text if sign.isalpha())
    return letters.most_common(1)[0][0] if letters else "latin"


def _of(code: int) -> str:
    if code < 0x0370:
        return "latin"
    return next((name for first, last, name in _RANGES if first <= code <= last), "latin")
