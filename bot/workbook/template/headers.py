"""Which column of a template is which of ours."""

import re

_UNIT = re.compile(r"\s*\([^()]*\)$")


def key(title: str) -> str:
    """A title without its unit, whatever the case: `Won (EUR)` is `won`, also in a workbook of another currency."""
    return _UNIT.sub("", title.strip()).casefold()
