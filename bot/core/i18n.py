"""Words through gettext: English is the source, other catalogs are added under `bot/locale/` as people write them."""

import gettext as _catalogs
from pathlib import Path

LOCALE = Path(__file__).parents[1] / "locale"

_translations = _catalogs.translation("cornerman", LOCALE, fallback=True)


def gettext(message: str) -> str:
    return _translations.gettext(message)


def ngettext(singular: str, plural: str, n: int) -> str:
    return _translations.ngettext(singular, plural, n)
