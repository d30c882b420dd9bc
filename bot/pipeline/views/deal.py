"""The forms in which AEs keep their deals."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    DatePickerElement,
    DateTimePickerElement,
    NumberInputElement,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.core.enums import DealStatus, Pinned
from bot.core.i18n import gettext as _
from bot.pipeline.domain import losses
from bot.pipeline.domain.deal import MAX_NAME, MAX_REASON, AcceptedLead, Confirmed, DealDraft, OpenDeal
from bot.pipeline.domain.losses import Reason

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


def new_form(key: str, draft: DealDraft, leads: Sequence[AcceptedLead], reasons: Sequence[Reason]) -> Modal:
    """The key makes a second submission the same deal. `reasons` are those offered where one is lost."""
    asked = _inputs(draft, reasons)
    if leads:
        asked.insert(1, _lead_input(leads))
    return kit.modal(View.NEW_DEAL, _("A new deal"), asked, submit=_("Save"), about=key)


def form(
    deal_id: int,
    draft: DealDraft,
    reasons: Sequence[Reason],
    confirmed: Sequence[Confirmed],
    reader: Reader,
) -> Modal:
    """`confirmed` is who said so of what is pinned down."""
    stands = {Pinned.TIMELINE: draft.timeline_confirmed, Pinned.AUTHORITY: draft.authority_confirmed}
    told = [_confirmed(one, reader) for one in confirmed if stands[one.what]]
    asked = _inputs(draft, reasons)
    if told:
        asked.insert(asked.index(_at(asked, Input.PINNED_DOWN)) + 1, kit.context("\n".join(told)))
    return kit.modal(View.DEAL, _("Deal"), asked, submit=_("Save"), about=deal_id)


def _confirmed(one: Confirmed, reader: Reader) -> str:
    text = {
        Pinned.TIMELINE: _("Timeline: confirmed by {who} on {day}"),
        Pinned.AUTHORITY: _("Authority: confirmed by {who} on {day}"),
    }[one.what]
    day = reader.day(one.said_at.astimezone(reader.zone).date())
    words = f": “{said(one.words, limit=MAX_NAME)}”" if one.words else ""
    return text.format(who=said(one.by, limit=80), day=day) + words


def _at(asked: Sequence[Block], name: Input) -> Block:
    return next(block for block in asked if block.block_id == name)


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
        "pinned_by": _("who decides"),
        "next_meeting_at": _("next meeting"),
        "status": _("status"),
        "closed_on": _("closing day"),
        "loss_reason": _("why it was lost"),
        "competitor": _("the competitor"),
        "lost_stage": _("the stage"),
    }
    return [label for field, label in labels.items() if getattr(before, field) != getattr(after, field)]


def status_label(status: DealStatus) -> str:
    return {
        DealStatus.OPEN: _("Open"),
        DealStatus.WON: _("Won"),
        DealStatus.LOST: _("Lost"),
    }[status]


def _inputs(draft: DealDraft, reasons: Sequence[Reason]) -> list[Block]:
    company = PlainTextInputElement(initial_value=draft.company[:MAX_NAME] or None, max_length=MAX_NAME)
    meeting = int(draft.next_meeting_at.timestamp()) if draft.next_meeting_at else None
    return [
        kit.ask(_("Company"), Input.COMPANY, company, optional=False),
        kit.ask(_("Amount"), Input.AMOUNT, amount_input(draft.amount)),
        kit.ask(_("Currency"), Input.CURRENCY, currency_input(draft.currency)),
        kit.ask(_("Opened on"), Input.OPENED_ON, day_input(draft.opened_on)),
        kit.ask(_("Expected to close"), Input.EXPECTED_CLOSE, day_input(draft.expected_close)),
        kit.ask(_("What is pinned down?"), Input.PINNED_DOWN, _pinned(draft)),
        kit.ask(
            _("Who decides, and by when?"),
            Input.PINNED_BY,
            PlainTextInputElement(initial_value=draft.pinned_by[:MAX_NAME] or None, max_length=MAX_NAME),
            hint=_("In a line, if you know: “the CFO, by the end of March”."),
        ),
        kit.ask(_("Next meeting"), Input.NEXT_MEETING, DateTimePickerElement(initial_date_time=meeting)),
        kit.ask(_("Where does it stand?"), Input.STATUS, _status(draft.status), optional=False),
        kit.ask(_("Won or lost on"), Input.CLOSED_ON, day_input(draft.closed_on)),
        *loss_inputs(reasons),
    ]


def loss_inputs(reasons: Sequence[Reason]) -> list[Block]:
    """Why, to whom and where a deal was lost; an open one has none of it yet."""
    options = [kit.option(one.label, one.label) for one in reasons]
    own = PlainTextInputElement(multiline=True, max_length=MAX_REASON)
    return [
        kit.ask(_("Why was it lost?"), Input.REASON, StaticSelectElement(options=options)),
        kit.ask(_("Why it was lost, in your own words"), Input.LOSS_REASON, own),
        kit.ask(_("Lost to which competitor?"), Input.COMPETITOR, PlainTextInputElement(max_length=MAX_NAME)),
        kit.ask(_("At which stage?"), Input.STAGE, stage_menu()),
    ]


def stage_menu(chosen: str = "") -> StaticSelectElement:
    """What a file called a stage is offered too, where it is the one chosen."""
    names = dict.fromkeys([*losses.stages(), *([chosen] if chosen else [])])
    options = {name: kit.option(name, name) for name in names}
    return StaticSelectElement(options=list(options.values()), initial_option=options.get(chosen))


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


def amount_input(amount: Decimal | None) -> NumberInputElement:
    shown = None if amount is None else format(amount.normalize(), "f")
    return NumberInputElement(is_decimal_allowed=True, initial_value=shown)


def currency_input(code: str) -> PlainTextInputElement:
    return PlainTextInputElement(initial_value=code or None, max_length=3)


def day_input(chosen: date | None) -> DatePickerElement:
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
