"""What accounts were worth, from which day, and under whose care."""

from bot.imports.kinds.kind import Column, Entry, Kind, Party, Task
from bot.imports.kinds.money import SIGN, settle_currency
from bot.tabular import cells
from storage.tables import AccountValue


def _complete(_: Task, entry: Entry) -> None:
    settle_currency(entry.merged)


KIND = Kind(
    table=AccountValue,
    key=("account_key", "as_of"),
    parties=(Party("am", "am_id"),),
    columns=(
        Column("account", "account_key", cells.name, required=True),
        Column("as_of", "as_of", cells.day, required=True),
        Column("value", "value", cells.amount, required=True),
        Column("value", SIGN, cells.currencies_of),
        Column("currency", "currency", cells.currency, blank="", decisive=True),
    ),
    complete=_complete,
)
