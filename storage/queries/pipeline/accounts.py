"""Accounts held by AMs over a span, with their first value, the one at the start and the one at the end; and rates."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.orm import aliased
from sqlalchemy.sql.elements import ColumnElement
from sqlmodel import col, select

from storage.books import Books
from storage.queries.scorecards.asking import ask
from storage.queries.scorecards.spans import Expression, Span, Spans
from storage.tables import EVER, AccountValue, ExchangeRate

NOTHING = Decimal()


class Account(NamedTuple):
    """`first` is the value when the rep took the account over; `start` is None where the rep did not hold it then.

    `span` is the place of theirs among those asked about. A currency is blank where none was written down.
    """

    span: int
    key: str
    first: Decimal
    first_currency: str
    start: Decimal | None
    start_currency: str | None
    end: Decimal
    end_currency: str


def held(books: Books, spans: Sequence[Span]) -> Sequence[Account]:
    """Accounts that a rep held when the span began or when it ended.

    A value stands from the end of its day until the next one. An account that another AM took over is neither kept
    nor lost, and is left out, also where the heir lost it: whoever held it last has lost it.
    """
    return [Account(*row) for row in ask(books.session, _held, books.workspace_id, spans)]


def _held(span: Spans) -> sa.Select[Any]:
    ever = _ever_held(span)
    first, start, end = (aliased(AccountValue, name=name) for name in ("at_first", "at_start", "at_end"))
    entry = aliased(AccountValue)

    def day(pick: ColumnElement[date], *conditions: Expression) -> ColumnElement[date]:
        of_account = span.owns(entry, col(entry.account_key) == ever.c.account_key, *conditions)
        return sa.select(pick).where(of_account).correlate(ever).scalar_subquery()

    def on(value: type[AccountValue], day: ColumnElement[date]) -> ColumnElement[bool]:
        return span.owns(value, col(value.account_key) == ever.c.account_key, col(value.as_of) == day)

    as_of = col(entry.as_of)
    latest, earliest = sa.func.max(as_of), sa.func.min(as_of)
    not_theirs = sa.or_(col(entry.am_id) != ever.c.rep, col(entry.value) == NOTHING)
    before = sa.func.coalesce(day(latest, as_of < ever.c.last_held, not_theirs), EVER)
    held_later = day(latest, as_of > ever.c.last_held, as_of <= ever.c.last_day, col(entry.value) > NOTHING)
    at_start = sa.and_(col(start.am_id) == ever.c.rep, col(start.value) > NOTHING)
    return (
        sa.select(
            ever.c.n,
            ever.c.account_key,
            col(first.value),
            col(first.currency),
            sa.case((at_start, col(start.value))),
            col(start.currency),
            col(end.value),
            col(end.currency),
        )
        .join_from(ever, first, on(first, day(earliest, as_of > before)))
        .join(end, on(end, day(latest, as_of <= ever.c.last_day)))
        .outerjoin(start, on(start, day(latest, as_of < ever.c.first_day)))
        .where(
            sa.or_(col(end.am_id) == ever.c.rep, col(end.value) == NOTHING),
            held_later.is_(None),
            sa.or_(at_start, col(end.value) > NOTHING),
        )
    )


def _ever_held(span: Spans) -> sa.CTE:
    """Every account that a rep has held up to the span's end, and the day of the last value under that rep."""
    return (
        span.rows(
            AccountValue,
            col(AccountValue.am_id),
            col(AccountValue.as_of) <= span.last_day,
            col(AccountValue.value) > NOTHING,
            n=span.n,
            first_day=span.first_day,
            last_day=span.last_day,
            account_key=col(AccountValue.account_key),
            last_held=sa.func.max(col(AccountValue.as_of)),
        )
        .group_by(span.n, span.rep, span.first_day, span.last_day, col(AccountValue.account_key))
        .cte("held")
    )


def rates(books: Books, base: str) -> dict[str, list[tuple[date, Decimal]]]:
    """Per currency its rates in `base` and the days from which they hold, the latest first."""
    found: dict[str, list[tuple[date, Decimal]]] = {}
    rows = books.session.exec(
        select(ExchangeRate)
        .where(ExchangeRate.workspace_id == books.workspace_id, ExchangeRate.base == base)
        .order_by(col(ExchangeRate.from_day).desc())
    )
    for row in rows:
        found.setdefault(row.currency, []).append((row.from_day, row.rate))
    return found
