"""What accounts were worth, from which day, and under whose care."""

from bot.services.imports import cells
from bot.services.imports.kinds import Column, Kind, Party
from storage.tables import AccountValue

KIND = Kind(
    table=AccountValue,
    key=("account_key", "as_of"),
    parties=(Party("am", "am_id"),),
    columns=(
        Column("account", "account_key", cells.name, required=True),
        Column("as_of", "as_of", cells.day, required=True),
        Column("value", "value", cells.amount, required=True),
        Column("currency", "currency", cells.currency, blank=""),
    ),
)
