"""Column types that keep a promise the database alone would not keep."""

from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Dialect
from sqlalchemy.types import TypeDecorator, TypeEngine


class UTCDateTime(TypeDecorator[datetime]):
    """An instant: aware on both sides, UTC in the database; a naive datetime is refused.

    SQLite keeps it as text of one length, so that text order is time order; written here, because SQLAlchemy's own
    way takes three times as long and an import binds two for each row.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(
            sa.String() if dialect.name == "sqlite" else sa.DateTime(timezone=True)
        )

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | str | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"a naive datetime cannot be stored: {value!r}")
        in_utc = value if value.tzinfo is UTC else value.astimezone(UTC)
        return in_utc.isoformat(" ", "microseconds")[:LENGTH] if dialect.name == "sqlite" else in_utc

    def process_result_value(self, value: datetime | str | None, dialect: Dialect) -> datetime | None:
        if isinstance(value, str):
            return datetime.fromisoformat(value).replace(tzinfo=UTC)
        return None if value is None else value.astimezone(UTC)


LENGTH = len("2026-11-21 00:00:00.000000")
"""Of an instant in SQLite: the offset, always +00:00, is left out."""


class Money(TypeDecorator[Decimal]):
    """An amount, kept as a whole number of ten-thousandths: sums stay exact; SQLite has no decimal type."""

    impl = sa.BigInteger
    cache_ok = True
    SCALE = 10_000

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        return None if value is None else int((value * self.SCALE).to_integral_value())

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value) / self.SCALE


class TenDecimals(Money):
    """A rate, exact to ten decimals: a unit of some currencies is worth a hundred-thousandth of another's."""

    cache_ok = True
    SCALE = 10_000_000_000


def one_of(words: type[StrEnum]) -> Any:
    """A text column that holds only the values of `words`, held by a check constraint on both databases."""
    return _enum(words, is_checked=True)


def known_as(words: type[StrEnum]) -> Any:
    """A text column for `words` that grow: the program reads no other, but the database does not list them."""
    return _enum(words, is_checked=False)


def _enum(words: type[StrEnum], *, is_checked: bool) -> Any:
    return sa.Enum(
        words,
        name=words.__name__.lower(),
        native_enum=False,
        create_constraint=is_checked,
        length=40,
        values_callable=lambda enum: [member.value for member in enum],
    )
