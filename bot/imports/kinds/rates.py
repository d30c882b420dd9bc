"""What one currency is worth in another, from which day."""

from bot.core.errors import BadInput
from bot.imports.kinds.kind import Column, Entry, Kind, Task
from bot.tabular import cells
from storage.tables import ExchangeRate


def _complete(_: Task, entry: Entry) -> None:
    if entry.merged["currency"] == entry.merged["base"]:
        raise BadInput(f"A rate tells of two currencies; here both are {entry.merged['base']}.")


KIND = Kind(
    table=ExchangeRate,
    key=("currency", "base", "from_day"),
    columns=(
        Column("currency", "currency", cells.currency, required=True),
        Column("base", "base", cells.currency, required=True),
        Column("from", "from_day", cells.day, required=True),
        Column("rate", "rate", cells.rate, required=True),
    ),
    complete=_complete,
)
