"""Formulas as a file keeps them. How each metric is found again stands in its definition."""

import re

MOST_COUNTED = 100_000
"""Rows of a table up to which formulas count it; a longer one would make every change of a cell a wait."""


def stored(formula: str, table: str) -> str:
    """The formula as files keep it: `[@Rep]` or `[@[Out of]]` with its table, and an equals sign before it."""
    return "=" + re.sub(r"\[@\[?([^\[\]]+)\]?\]", rf"{table}[[#This Row],[\1]]", formula)
