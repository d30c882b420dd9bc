"""What accounts are worth, as their AMs write it down by hand."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.domain import deals as rules
from bot.domain.deals import MAX_NAME, Account, ValueDraft
from bot.errors import BadInput, NotAllowed
from bot.language import gettext as _
from bot.services.members import Member
from bot.words import Role
from storage.queries import deals as queries
from storage.tables import AccountValue


def require_keeper(member: Member) -> None:
    if Role.AM not in member.roles:
        raise NotAllowed(_("The values of accounts are kept by the AMs who look after them."))


def held(session: Session, workspace_id: int, am_id: int) -> list[Account]:
    """By name."""
    return [_account(row) for row in queries.accounts_of(session, workspace_id, am_id)]


def put(
    session: Session, workspace_id: int, am: Member, draft: ValueDraft, *, account_id: int | None, named: str
) -> Account:
    """The value of the account that was named, else picked; a second one for the same day replaces the first.

    An account that another AM holds stays theirs until they have put 0. Raises BadInput for the field to be mended.
    """
    require_keeper(am)
    for field, sentence in rules.check_value(draft).items():
        raise BadInput(sentence, field=field)
    own = held(session, workspace_id, am.id)
    name = _named(named, own) if named else _picked(account_id, own)
    standing = queries.value_on(session, workspace_id, name, draft.as_of)
    if standing is not None and standing.am_id != am.id and standing.value > 0:
        raise BadInput(
            _("Another AM holds that account. They can put 0 when it is yours."), field="new_account"
        )
    if standing is None or standing.as_of != draft.as_of:
        standing = AccountValue(
            workspace_id=workspace_id, account_key=name, am_id=am.id, as_of=draft.as_of, value=draft.value
        )
        session.add(standing)
    standing.am_id, standing.value, standing.currency = am.id, draft.value, draft.currency
    session.flush()
    return _account(standing)


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
