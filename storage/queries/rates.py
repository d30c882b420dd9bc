"""What currencies are worth."""

from datetime import date
from decimal import Decimal

from sqlmodel import Session, col, select

from storage.tables import ExchangeRate


def known(
    session: Session, workspace_id: int, base: str, until: date
) -> dict[str, list[tuple[date, Decimal]]]:
    """Per currency its rates in `base` and the days from which they hold, the latest first, up to a day."""
    found: dict[str, list[tuple[date, Decimal]]] = {}
    rows = session.exec(
        select(ExchangeRate)
        .where(
            ExchangeRate.workspace_id == workspace_id,
            ExchangeRate.base == base,
            ExchangeRate.from_day <= until,
        )
        .order_by(col(ExchangeRate.from_day).desc())
    )
    for row in rows:
        found.setdefault(row.currency, []).append((row.from_day, row.rate))
    return found
