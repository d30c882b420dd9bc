"""Rows as they would be stored, in texts a person can compare with the file."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from decimal import Decimal
from itertools import islice

from bot.imports.kinds.kind import Entry, Kind
from bot.imports.services.roster import Roster
from bot.tabular.layout import Layout

_FEW = 5


def of(batch: Sequence[Entry], kind: Kind, layout: Layout, roster: Roster) -> Iterator[dict[str, str]]:
    """By our columns, of the first few rows that stand; moments in UTC."""
    for entry in islice((entry for entry in batch if entry.stands), _FEW):
        row = entry.merged or entry.given
        people = {party.names[1]: roster[row[party.field]].name for party in kind.parties}
        fields = {
            column.name: _text(row[column.field])
            for column in kind.columns
            if column.name in layout.places and column.field in row
        }
        yield people | fields


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, Decimal):
        whole = value.quantize(Decimal(1))
        return f"{whole if whole == value else value.normalize():,f}"
    return str(value)
