"""Deals and account values by hand: `/scorecard deal` and `/scorecard account`."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from slack_bolt import App

from bot.blocks.ids import Action, Input, View
from bot.blocks.reader import reader
from bot.calendar.wallclock import local_date
from bot.core.enums import DealStatus
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.delivery.inbox import Inbox
from bot.people.services import members
from bot.people.services import workspace as workspaces
from bot.pipeline.domain import losses
from bot.pipeline.domain.deal import DealDraft, ValueDraft, amount_of
from bot.pipeline.services import accounts, deals, loss_reasons, pinned, stuck
from bot.pipeline.views import account as account_views
from bot.pipeline.views import deal as views
from bot.pipeline.views import stuck as stuck_views
from bot.pipeline.views.deal import AUTHORITY, NO_DEAL, TIMELINE
from handlers.common import forms
from handlers.common.heard import Heard, Submission, clicked, submitted
from handlers.common.opening import form


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.MY_DEALS)(clicked(open_deal))
    app.action(Action.MY_ACCOUNTS)(clicked(open_account))
    app.view(View.DEAL_PICK)(submitted(pick))
    app.view(View.NEW_DEAL)(submitted(submit_new))
    app.view(View.DEAL)(submitted(submit))
    app.view(View.ACCOUNT)(submitted(submit_account))


def open_deal(request: Heard) -> None:
    """The AE's open deals to pick from; straight to a new one where there are none."""
    with form(request) as opening, request.reading() as books:
        ae = members.me(books, request.slack_user)
        deals.require_keeper(ae)
        offered = deals.open_deals(books, ae.id)
        leads = deals.leads_without_deal(books, ae.id)
        draft, reasons = deals.blank(books, ae), loss_reasons.offered(books)
        opening.show(
            views.pick(offered, reader(ae.locale, ae.zone))
            if offered
            else views.new_form(uuid4().hex, draft, leads, reasons)
        )


def open_account(request: Heard) -> None:
    with request.reading() as books:
        am = members.me(books, request.slack_user)
        accounts.require_keeper(am)
        held = accounts.held(books, am.id)
        currency = workspaces.settings(books).currency
    request.ack()
    today = local_date(request.now, am.zone)
    view = account_views.form(held, currency, today, reader(am.locale, am.zone))
    request.client.views_open(trigger_id=request.trigger_id, view=view)


def pick(sent: Submission) -> None:
    chosen = forms.choice(sent.view, Input.DEAL)
    with sent.reading() as books:
        ae, reasons = members.me(books, sent.slack_user), loss_reasons.offered(books)
        if chosen == NO_DEAL:
            leads = deals.leads_without_deal(books, ae.id)
            draft = deals.blank(books, ae)
            form = views.new_form(uuid4().hex, draft, leads, reasons)
        else:
            draft, confirmed = deals.draft_of(books, ae, int(chosen)), pinned.of_deal(books, int(chosen))
            form = views.form(int(chosen), draft, reasons, confirmed, reader(ae.locale, ae.zone))
    sent.ack(response_action="update", view=form)


def submit_new(sent: Submission) -> None:
    """The deal's key was drawn when the form opened."""
    draft, lead = _draft(sent.view), forms.choice(sent.view, Input.LEAD)
    with sent.writing() as books:
        ae = members.me(books, sent.slack_user)
        deals.create(books, ae, draft, key=sent.metadata, lead_id=int(lead) if lead else None)
    sent.ack(response_action="update", view=views.saved(draft, reader(ae.locale, ae.zone)))


def submit(sent: Submission) -> None:
    """An expected close that moved again is asked about in the form's place: what changed?"""
    draft = _draft(sent.view)
    with sent.writing() as books:
        ae = members.me(books, sent.slack_user)
        before = deals.draft_of(books, ae, sent.id)
        deals.change(books, ae, sent.id, draft)
        moved = stuck.unexplained_one(books, ae, sent.id)
    reads = reader(ae.locale, ae.zone)
    has_moved = moved is not None and draft.expected_close != before.expected_close
    asked = stuck_views.form(moved, reads) if moved and has_moved else views.saved(draft, reads, before)
    sent.ack(response_action="update", view=asked)


def submit_account(sent: Submission) -> None:
    draft, chosen = _value(sent.view), forms.choice(sent.view, Input.ACCOUNT)
    with sent.writing() as books:
        am = members.me(books, sent.slack_user)
        picked, named = int(chosen) if chosen else None, forms.text(sent.view, Input.NEW_ACCOUNT)
        before = accounts.kept_in(books, am.id, picked, named)
        account = accounts.put(books, am, draft, account_id=picked, named=named)
    sent.ack(response_action="update", view=account_views.saved(account, before, reader(am.locale, am.zone)))


def _draft(view: dict[str, Any]) -> DealDraft:
    pinned = forms.choices(view, Input.PINNED_DOWN)
    return DealDraft(
        company=" ".join(forms.text(view, Input.COMPANY).split()),
        amount=_amount(view, Input.AMOUNT),
        currency=forms.text(view, Input.CURRENCY).upper(),
        opened_on=forms.day(view, Input.OPENED_ON),
        expected_close=forms.day(view, Input.EXPECTED_CLOSE),
        timeline_confirmed=TIMELINE in pinned,
        authority_confirmed=AUTHORITY in pinned,
        next_meeting_at=forms.moment(view, Input.NEXT_MEETING),
        status=DealStatus(forms.choice(view, Input.STATUS)),
        closed_on=forms.day(view, Input.CLOSED_ON),
        loss_reason=losses.written(forms.choice(view, Input.REASON), forms.text(view, Input.LOSS_REASON)),
        competitor=" ".join(forms.text(view, Input.COMPETITOR).split()),
        lost_stage=forms.choice(view, Input.STAGE),
        pinned_by=" ".join(forms.text(view, Input.PINNED_BY).split()),
    )


def _value(view: dict[str, Any]) -> ValueDraft:
    value, as_of = _amount(view, Input.VALUE), forms.day(view, Input.AS_OF)
    if value is None:
        raise BadInput(_("Please give the value as a number."), field=Input.VALUE)
    if as_of is None:
        raise BadInput(_("Please say from which day on."), field=Input.AS_OF)
    return ValueDraft(value=value, currency=forms.text(view, Input.CURRENCY).upper(), as_of=as_of)


def _amount(view: dict[str, Any], name: Input) -> Decimal | None:
    text = forms.text(view, name)
    amount = amount_of(text) if text else None
    if text and amount is None:
        raise BadInput(_("Please give a number, such as 12000 or 12000.50."), field=name)
    return amount
