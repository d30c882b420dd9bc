"""The accounts that AMs held over their spans, in currencies that may be added up."""

from collections import defaultdict
from collections.abc import Sequence

from bot.people.services import workspace as workspaces
from bot.pipeline.domain.portfolio import Amount, Portfolio, WrittenAccount, in_one_currency
from bot.pipeline.services.exchange import in_force
from storage.books import Books
from storage.queries.pipeline import accounts
from storage.queries.pipeline.accounts import Account
from storage.queries.scorecards.spans import Span


def portfolios_of(books: Books, spans: Sequence[Span]) -> dict[int, Portfolio]:
    """By rep, without those who held nothing. A currency is converted by its rate of the span's last day."""
    base = workspaces.settings(books).currency
    held: dict[int, list[WrittenAccount]] = defaultdict(list)
    for account in accounts.held(books, spans):
        held[account.rep].append(_written(account, base))
    if not held:
        return {}
    known = accounts.rates_known(books, base, max(span.last_day for span in spans))
    return {
        span.rep: in_one_currency(held[span.rep], base=base, rates=in_force(span.last_day, known))
        for span in spans
        if span.rep in held
    }


def _written(account: Account, base: str) -> WrittenAccount:
    start = account.start
    return WrittenAccount(
        account.key,
        Amount(account.first, account.first_currency or base),
        None if start is None else Amount(start, account.start_currency or base),
        Amount(account.end, account.end_currency or base),
    )
