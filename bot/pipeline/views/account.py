"""The form in which AMs keep the values of their accounts."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import (
    Block,
    NumberInputElement,
    Option,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.core.i18n import gettext as _
from bot.pipeline.domain.deal import MAX_NAME, Account
from bot.pipeline.views.deal import MOST_OPTIONS, currency_input, day_input


def form(accounts: Sequence[Account], currency: str, today: date, reader: Reader) -> Modal:
    known: list[Block] = []
    if accounts:
        offered = [_account_option(account, reader) for account in accounts][:MOST_OPTIONS]
        known = [kit.ask(_("Which account?"), Input.ACCOUNT, StaticSelectElement(options=offered))]
    return kit.modal(
        View.ACCOUNT,
        _("Account value"),
        [
            *known,
            kit.ask(
                _("Or a new one") if known else _("Account"),
                Input.NEW_ACCOUNT,
                PlainTextInputElement(max_length=MAX_NAME),
            ),
            kit.ask(
                _("Recurring value"),
                Input.VALUE,
                NumberInputElement(is_decimal_allowed=True),
                hint=_("From that day until the next entry; 0 means that we no longer hold it."),
                optional=False,
            ),
            _account_currency(currency, any_known=bool(known)),
            kit.ask(_("As of"), Input.AS_OF, day_input(today), optional=False),
        ],
        submit=_("Save"),
    )


def _account_currency(usual: str, *, any_known: bool) -> Block:
    """Filled in for the first account alone: what is kept in euros stays so unless somebody says another."""
    hint = _("Blank: the account's own, and {currency} for a new one.").format(currency=usual)
    return kit.ask(
        _("Currency"),
        Input.CURRENCY,
        currency_input("" if any_known else usual),
        hint=hint if any_known else "",
    )


def saved(account: Account, before: str, reader: Reader) -> Modal:
    """`before` is the currency it was kept in, blank for a new one."""
    told = _("✓ *{account}* is worth {value} from {day} on.").format(
        account=said(account.name, limit=80),
        value=reader.money(account.value, account.currency),
        day=reader.day(account.as_of),
    )
    if before and before != account.currency:
        told += " " + _("Until now it was kept in {currency}: was that meant?").format(currency=before)
    return kit.sentence(_("Saved"), told)


def _account_option(account: Account, reader: Reader) -> Option:
    worth = reader.money(account.value, account.currency)
    return kit.option(f"{kit.shortened(account.name, 45)} · {worth}", str(account.id))
