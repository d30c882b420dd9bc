"""An amount and its currency, which stand in two columns or in one cell, and must not contradict each other."""

from bot.core.errors import BadInput
from bot.tabular.money import Amount
from storage.queries.imports import Values

SIGN = "sign"
"""What the amount's cell says of its currency; no field of the table."""


def settle_currency(row: Values) -> None:
    """The currency of the amount's sign where the row names none; raises BadInput where the two contradict."""
    sign: Amount | None = row.pop(SIGN, None)
    if sign is None or not sign.currencies:
        return
    if not row["currency"]:
        row["currency"] = sign.currency
    elif row["currency"] not in sign.currencies:
        meant = sign.currency or " or ".join(sign.currencies[:3])
        raise BadInput(f"The amount is in {meant} and the currency is {row['currency']}.")
