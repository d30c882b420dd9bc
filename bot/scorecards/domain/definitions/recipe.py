"""How the workbook finds a figure again, in Excel's own notation: `[@Rep]` is this row's Rep.

A rate's numerator and denominator are counted from the tables of records, between the row's From and To.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum


class Looks(StrEnum):
    """How what a figure is made of looks: whole, with two places, or as an amount of money."""

    WHOLE = "whole"
    PLACES = "places"
    MONEY = "money"


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a figure is found: `count` ÷ `out_of`, unless `value` says otherwise; `table` holds the rows counted.

    `awaiting` counts what is undecided. `looks` are those of the count and of what it is divided by. A figure that is
    not `pooled` cannot be added up over a role's reps.
    """

    table: str
    count: str = ""
    out_of: str = ""
    value: str = ""
    is_array: bool = False
    awaiting: str = ""
    looks: tuple[Looks, Looks] = (Looks.WHOLE, Looks.WHOLE)
    pooled: bool = True


@dataclass(frozen=True, slots=True)
class Rows:
    """The rows of a table that are a rep's, and of the rep's days."""

    table: str
    who: str
    when: str

    def count(self, *conditions: str) -> str:
        return f"COUNTIFS({self._chosen(conditions)})"

    def total(self, column: str, *conditions: str) -> str:
        return f"SUMIFS({self.table}[{column}],{self._chosen(conditions)})"

    def _chosen(self, conditions: Collection[str]) -> str:
        dated = f"{self.table}[{self.when}]"
        own = f'{self.table}[{self.who}],[@Rep],{dated},">="&[@From],{dated},"<"&[@To]+1'
        return ",".join((own, *(self._condition(condition) for condition in conditions)))

    def _condition(self, condition: str) -> str:
        """`Status=won` as a pair of arguments; `<>`, `>` and `=` compare as they do in Excel."""
        column, comparison, wanted = re.split(r"(<>|>|=)", condition, maxsplit=1)
        sign = "" if comparison == "=" else comparison
        return f'{self.table}[{column}],"{sign}{wanted}"'


def of_rep(column: str) -> str:
    """What the sheet of reps says of this row's rep."""
    return f"SUMIFS(Reps[{column}],Reps[Rep],[@Rep])"
