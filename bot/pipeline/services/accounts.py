"""What accounts are worth: as their AMs write it down by hand, over a span, and by the rates of exchange in force."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from bot.core.enums import Role
from bot.core.errors import BadInput, NotAllowed
from bot.core.i18n import gettext as _
from bot.core.session_cache import read_once
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from bot.pipeline.domain import deal as rules
from bot.pipeline.domain.deal import MAX_NAME, Account, ValueDraft
from bot.pipeline.domain.portfolio import Amount, Portfolio, WrittenAccount, in_one_currency
from storage.books import Books
from storage.queries.pipeline import accounts
from storage.queries.pipeline import deals as queries
from storage.queries.pipeline.accounts import Account as AccountRow
from storage.queries.scorecards.spans import Span
from storage.tables import AccountValue


def require_keeper(member: Member) -> None:
    if Role.AM not in member.roles:
        raise NotAllowed(_("The values of accounts are kept by the AMs who look after them."))


def held(books: Books, am_id: int) -> list[Account]:
    """By name."""
    return [_account(row) for row in queries.accounts_of(books, am_id)]


def put(books: Books, am: Member, draft: ValueDraft, *, account_id: int | None, named: str) -> Account:
    """The value of the account that was named, else picked; a second one for the same day replaces the first.

    An account that another AM holds stays theirs until they have put 0. Raises BadInput for the field to be mended.
    """
    require_keeper(am)
    own = held(books, am.id)
    name = _named(named, own) if named else _picked(account_id, own)
    draft = replace(draft, currency=draft.currency or _currency(books, name, own))
    for field, sentence in rules.check_value(draft).items():
        raise BadInput(sentence, field=field)
    standing = queries.value_on(books, name, draft.as_of)
    if standing is not None and standing.am_id != am.id and standing.value > 0:
        raise BadInput(
            _("Another AM holds that account. They can put 0 when it is yours."), field="new_account"
        )
    if standing is None or standing.as_of != draft.as_of:
        standing = AccountValue(
            workspace_id=books.workspace_id,
            account_key=name,
            am_id=am.id,
            as_of=draft.as_of,
            value=draft.value,
        )
        books.session.add(standing)
    standing.am_id, standing.value, standing.currency = am.id, draft.value, draft.currency
    books.session.flush()
    return _account(standing)


def kept_in(books: Books, am_id: int, account_id: int | None, named: str) -> str:
    """The currency in which the account stands before it is put anew; blank for a new one."""
    own = held(books, am_id)
    folded = " ".join(named.split()).casefold()
    standing = (one for one in own if (one.name.casefold() == folded if folded else one.id == account_id))
    return next((one.currency for one in standing), "")


def _currency(books: Books, name: str, own: Sequence[Account]) -> str:
    """An account's own, where nobody says another; the workspace's for a new one."""
    standing = next((one.currency for one in own if one.name == name), "")
    return standing or workspaces.settings(books).currency


def _named(words: str, own: Sequence[Account]) -> str:
    """One of the AM's own, whatever its case; else a new name."""
    name = " ".join(words.split())
    if len(name) > MAX_NAME:
        raise BadInput(_("Please keep the name to {n} characters.").format(n=MAX_NAME), field="new_account")
    return next((known.name for known in own if known.name.casefold() == name.casefold()), name)


def _picked(account_id: int | None, own: Sequence[Account]) -> str:
    name = next((known.name for known in own if known.id == account_id), None)
    if name is None:
        raise BadInput(_("Please pick an account, or name a new one."), field="new_account")
    return name


def _account(row: AccountValue) -> Account:
    return Account(row.id, row.account_key, row.value, row.currency, row.as_of)


def rates_on(books: Books, base: str, day: date) -> dict[str, Decimal]:
    """What one unit of each other currency is worth in `base`."""
    return {currency: rate for currency, (_since, rate) in with_days(books, base, day).items()}


def with_days(books: Books, base: str, day: date) -> dict[str, tuple[date, Decimal]]:
    """The same, with the day from which each holds."""
    held = (
        (currency, next((one for one in rates if one[0] <= day), None))
        for currency, rates in _rates(books, base).items()
    )
    return {currency: found for currency, found in held if found}


@read_once
def _rates(books: Books, base: str) -> Mapping[str, Sequence[tuple[date, Decimal]]]:
    return accounts.rates(books, base)


def portfolios_of(books: Books, spans: Sequence[Span]) -> dict[int, Portfolio]:
    """By the place of the span, without those in which nothing was held.

    A currency is converted by its rate of the span's last day.
    """
    base = workspaces.settings(books).currency
    held: dict[int, list[WrittenAccount]] = defaultdict(list)
    for account in accounts.held(books, spans):
        held[account.span].append(_written(account, base))
    if not held:
        return {}
    rates = {day: rates_on(books, base, day) for day in {span.last_day for span in spans}}
    return {
        n: in_one_currency(held[n], base=base, rates=rates[span.last_day])
        for n, span in enumerate(spans)
        if n in held
    }


def _written(account: AccountRow, base: str) -> WrittenAccount:
    start = account.start
    return WrittenAccount(
        account.key,
        Amount(account.first, account.first_currency or base),
        None if start is None else Amount(start, account.start_currency or base),
        Amount(account.end, account.end_currency or base),
    )
