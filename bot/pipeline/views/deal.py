"""The forms in which AEs keep their deals and AMs the values of their accounts."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DatePickerElement,
    DateTimePickerElement,
    NumberInputElement,
    Option,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.core.enums import DealStatus
from bot.core.i18n import gettext as _
from bot.pipeline.domain import losses
from bot.pipeline.domain.deal import MAX_NAME, MAX_REASON, AcceptedLead, Account, DealDraft, OpenDeal

MOST_OPTIONS = 100
TIMELINE, AUTHORITY = "timeline", "authority"
NO_DEAL = "none"


def pick(deals: Sequence[OpenDeal], reader: Reader) -> Modal:
    """Which deal the form is about; at most 99 of them fit beside "a new one"."""
    new = kit.option(_("A new deal"), NO_DEAL)
    offered = [kit.option(deal_label(deal, reader), str(deal.id)) for deal in deals]
    return kit.modal(
        View.DEAL_PICK,
        _("Deal"),
        [
            kit.ask(
                _("Which deal?"),
                Input.DEAL,
                StaticSelectElement(options=[new, *offered], initial_option=new),
                optional=False,
            )
        ],
        submit=_("Next"),
    )


def new_form(key: str, draft: DealDraft, leads: Sequence[AcceptedLead]) -> Modal:
    """The key makes a second submission the same deal."""
    asked = _inputs(draft)
    if leads:
        asked.insert(1, _lead_input(leads))
    return kit.modal(View.NEW_DEAL, _("A new deal"), asked, submit=_("Save"), about=key)


def form(deal_id: int, draft: DealDraft) -> Modal:
    return kit.modal(View.DEAL, _("Deal"), _inputs(draft), submit=_("Save"), about=deal_id)


def saved(draft: DealDraft, reader: Reader, before: DealDraft | None = None) -> Modal:
    """`before`: how a deal that is not new stood in its form; then it is said what changed."""
    changed = _changed(before, draft) if before else []
    if before and not changed:
        return kit.sentence(_("Saved"), _("Nothing has changed."))
    amount = f" · {reader.money(draft.amount, draft.currency)}" if draft.amount is not None else ""
    told = _("✓ *{company}*{amount} is kept as {status}.").format(
        company=said(draft.company, limit=80), amount=amount, status=status_label(draft.status).lower()
    )
    if changed:
        told += "\n" + _("Changed: {fields}.").format(fields=", ".join(changed))
    return kit.sentence(_("Saved"), told)


def _changed(before: DealDraft, after: DealDraft) -> list[str]:
    """What the form calls the fields that differ."""
    labels = {
        "company": _("company"),
        "amount": _("amount"),
        "currency": _("currency"),
        "opened_on": _("opening day"),
        "expected_close": _("expected close"),
        "timeline_confirmed": _("timeline"),
        "authority_confirmed": _("authority"),
        "next_meeting_at": _("next meeting"),
        "status": _("status"),
        "closed_on": _("closing day"),
        "loss_reason": _("why it was lost"),
    }
    return [label for field, label in labels.items() if getattr(before, field) != getattr(after, field)]


def account_form(accounts: Sequence[Account], currency: str, today: date, reader: Reader) -> Modal:
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
            kit.ask(_("As of"), Input.AS_OF, _day(today), optional=False),
        ],
        submit=_("Save"),
    )


def _account_currency(usual: str, *, any_known: bool) -> Block:
    """Filled in for the first account alone: what is kept in euros stays so unless somebody says another."""
    hint = _("Blank: the account's own, and {currency} for a new one.").format(currency=usual)
    return kit.ask(
        _("Currency"), Input.CURRENCY, _currency("" if any_known else usual), hint=hint if any_known else ""
    )


def account_saved(account: Account, before: str, reader: Reader) -> Modal:
    """`before` is the currency it was kept in, blank for a new one."""
    told = _("✓ *{account}* is worth {value} from {day} on.").format(
        account=said(account.name, limit=80),
        value=reader.money(account.value, account.currency),
        day=reader.day(account.as_of),
    )
    if before and before != account.currency:
        told += " " + _("Until now it was kept in {currency}: was that meant?").format(currency=before)
    return kit.sentence(_("Saved"), told)


def status_label(status: DealStatus) -> str:
    return {
        DealStatus.OPEN: _("Open"),
        DealStatus.WON: _("Won"),
        DealStatus.LOST: _("Lost"),
    }[status]


def _inputs(draft: DealDraft) -> list[Block]:
    company = PlainTextInputElement(initial_value=draft.company[:MAX_NAME] or None, max_length=MAX_NAME)
    meeting = int(draft.next_meeting_at.timestamp()) if draft.next_meeting_at else None
    return [
        kit.ask(_("Company"), Input.COMPANY, company, optional=False),
        kit.ask(_("Amount"), Input.AMOUNT, _amount(draft.amount)),
        kit.ask(_("Currency"), Input.CURRENCY, _currency(draft.currency)),
        kit.ask(_("Opened on"), Input.OPENED_ON, _day(draft.opened_on)),
        kit.ask(_("Expected to close"), Input.EXPECTED_CLOSE, _day(draft.expected_close)),
        kit.ask(_("What is pinned down?"), Input.PINNED_DOWN, _pinned(draft)),
        kit.ask(_("Next meeting"), Input.NEXT_MEETING, DateTimePickerElement(initial_date_time=meeting)),
        kit.ask(_("Where does it stand?"), Input.STATUS, _status(draft.status), optional=False),
        kit.ask(_("Won or lost on"), Input.CLOSED_ON, _day(draft.closed_on)),
        kit.ask(_("Why was it lost?"), Input.REASON, _reasons(draft.loss_reason)),
        kit.ask(
            _("Why it was lost, in your own words"),
            Input.LOSS_REASON,
            PlainTextInputElement(
                initial_value=_own_words(draft.loss_reason) or None, multiline=True, max_length=MAX_REASON
            ),
        ),
    ]


def _own_words(reason: str) -> str:
    return losses.read(reason, losses.labels())[1]


def _reasons(reason: str) -> StaticSelectElement:
    """The one that stands before the own words is chosen."""
    labels = losses.labels()
    options = {cause: kit.option(label, label) for cause, label in labels.items()}
    cause, _words = losses.read(reason, labels)
    return StaticSelectElement(
        options=list(options.values()), initial_option=options[cause] if cause else None
    )


def _lead_input(leads: Sequence[AcceptedLead]) -> Block:
    offered = [kit.option(_names(lead), str(lead.id)) for lead in leads][:MOST_OPTIONS]
    return kit.ask(
        _("From which lead?"),
        Input.LEAD,
        StaticSelectElement(options=offered),
        hint=_("So that the SDR's work and your eye for leads count."),
    )


def _names(lead: AcceptedLead) -> str:
    return ", ".join(name for name in (lead.company, lead.contact) if name)


def _account_option(account: Account, reader: Reader) -> Option:
    worth = reader.money(account.value, account.currency)
    return kit.option(f"{kit.shortened(account.name, 45)} · {worth}", str(account.id))


def _amount(amount: Decimal | None) -> NumberInputElement:
    shown = None if amount is None else format(amount.normalize(), "f")
    return NumberInputElement(is_decimal_allowed=True, initial_value=shown)


def _currency(code: str) -> PlainTextInputElement:
    return PlainTextInputElement(initial_value=code or None, max_length=3)


def _day(chosen: date | None) -> DatePickerElement:
    return DatePickerElement(initial_date=chosen.isoformat() if chosen else None)


def _pinned(draft: DealDraft) -> CheckboxesElement:
    offered = {
        TIMELINE: kit.option(_("A timeline is confirmed"), TIMELINE),
        AUTHORITY: kit.option(_("Someone with authority is on board"), AUTHORITY),
    }
    ticked = [TIMELINE] if draft.timeline_confirmed else []
    ticked += [AUTHORITY] if draft.authority_confirmed else []
    return CheckboxesElement(
        options=list(offered.values()), initial_options=[offered[name] for name in ticked] or None
    )


def _status(status: DealStatus) -> RadioButtonsElement:
    offered = {one: kit.option(status_label(one), one) for one in DealStatus}
    return RadioButtonsElement(options=list(offered.values()), initial_option=offered[status])


def deal_label(deal: OpenDeal, reader: Reader) -> str:
    """`Acme · $12,000.00`, plain."""
    company = deal.company or _("(no company)")
    if deal.amount is None:
        return company
    return f"{kit.shortened(company, 45)} · {reader.money(deal.amount, deal.currency)}"
