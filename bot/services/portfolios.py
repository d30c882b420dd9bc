"""The accounts that AMs held over their spans, in currencies that may be added up."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal

from sqlmodel import Session

from bot.domain.portfolio import Amount, Portfolio, WrittenAccount, in_one_currency
from bot.services import workspaces
from storage.queries import accounts, rates
from storage.queries.accounts import Account
from storage.queries.spans import Span


def of(session: Session, workspace_id: int, spans: Sequence[Span]) -> dict[int, Portfolio]:
    """By rep, without those who held nothing. A currency is converted by its rate of the span's last day."""
    base = workspaces.settings(session, workspace_id).currency
    held: dict[int, list[WrittenAccount]] = defaultdict(list)
    for account in accounts.held(session, workspace_id, spans):
        held[account.rep].append(_written(account, base))
    if not held:
        return {}
    known = rates.known(session, workspace_id, base, max(span.last_day for span in spans))
    return {
        span.rep: in_one_currency(held[span.rep], base=base, rates=_on(span.last_day, known))
        for span in spans
        if span.rep in held
    }


def _on(day: date, known: Mapping[str, Sequence[tuple[date, Decimal]]]) -> dict[str, Decimal]:
    """The rates in force on the day."""
    return {
        currency: rate
        for currency, since in known.items()
        for rate in [next((rate for from_day, rate in since if from_day <= day), None)]
        if rate is not None
    }


def _written(account: Account, base: str) -> WrittenAccount:
    start = account.start
    return WrittenAccount(
        account.key,
        Amount(account.first, account.first_currency or base),
        None if start is None else Amount(start, account.start_currency or base),
        Amount(account.end, account.end_currency or base),
    )
