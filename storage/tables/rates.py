"""What one currency is worth in another, as far as somebody has said so."""

from datetime import date
from decimal import Decimal

from sqlmodel import Field

from storage.tables.base import Row, check, unique
from storage.types import TenDecimals


class ExchangeRate(Row, table=True):
    """One unit of `currency` is worth `rate` units of `base`, from a day until the next entry."""

    __tablename__ = "exchange_rate"
    __table_args__ = (
        unique("currency", "base", "from_day"),
        check("rate", "rate > 0"),
        check("two_currencies", "currency <> base"),
    )

    currency: str
    base: str
    from_day: date
    rate: Decimal = Field(sa_type=TenDecimals)
