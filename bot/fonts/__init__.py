"""The fonts of charts. The program brings its own, so that people's names are drawn alike on every machine."""

from dataclasses import replace
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent
_LATIN = "DejaVu Sans"
"""Comes with the plotting library: Latin, Greek and Cyrillic too."""
_OURS = ("Thai", "Arabic", "Hebrew", "Devanagari")
_MACHINES = ("Noto Sans CJK JP",)
"""Too large to bring, 16 MB: taken where the machine has it."""
_WEIGHTS = (400, 700)
"""Regular letters stand in bold text too."""


@cache
def families() -> tuple[str, ...]:
    """Family names for `rcParams["font.family"]`; a letter comes from the first that has it.

    Ours bear names that no font of the machine has, which may be older or damaged.
    """
    from matplotlib.font_manager import fontManager, ttfFontProperty  # noqa: PLC0415  1.2 s: only who draws pays
    from matplotlib.ft2font import FT2Font  # noqa: PLC0415  as above

    ours = [f"Cornerman {script}" for script in _OURS]
    for script, name in zip(_OURS, ours, strict=True):
        font = ttfFontProperty(FT2Font(_FOLDER / f"NotoSans{script}-Regular.ttf"))
        fontManager.ttflist.extend(replace(font, name=name, weight=weight) for weight in _WEIGHTS)
    installed = set(fontManager.get_font_names())
    return (_LATIN, *ours, *(name for name in _MACHINES if name in installed))
