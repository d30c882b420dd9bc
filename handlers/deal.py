"""Deals and account values by hand: `/scorecard deal` and `/scorecard account`."""

from decimal import Decimal
from typing import Any
from uuid import uuid4

from slack_bolt import Ack, App

from bot.clock import Clock
from bot.domain.deals import DealDraft, ValueDraft, amount_of
from bot.domain.wallclock import local_date
from bot.errors import BadInput
from bot.inbox import Inbox
from bot.language import gettext as _
from bot.services import accounts, deals, members, workspaces
from bot.views import deal as views
from bot.views.debrief_form import AUTHORITY, NO_DEAL, TIMELINE
from bot.views.ids import Input, View
from bot.views.reader import reader
from bot.words import DealStatus
from handlers import forms, scorecard
from handlers.scorecard import Request
from storage.database import Database


def register(app: App, _inbox: Inbox) -> None:
    scorecard.VERBS["deal"] = open_deal
    scorecard.VERBS["account"] = open_account
    app.view(View.DEAL_PICK)(pick)
    app.view(View.NEW_DEAL)(submit_new)
    app.view(View.DEAL)(submit)
    app.view(View.ACCOUNT)(submit_account)


def open_deal(request: Request) -> None:
    """The AE's open deals to pick from; straight to a new one where there are none."""
    with request.db.read() as session:
        ae = members.me(session, request.workspace_id, request.slack_user, now=request.now)
        deals.require_keeper(ae)
        offered = deals.open_deals(session, request.workspace_id, ae.id)
        leads = deals.leads_without_deal(session, request.workspace_id, ae.id)
        draft = deals.blank(session, request.workspace_id, ae, now=request.now)
    request.ack()
    view = (
        views.pick(offered, reader(ae.locale, ae.zone))
        if offered
        else views.new_form(uuid4().hex, draft, leads)
    )
    request.client.views_open(trigger_id=request.body["trigger_id"], view=view)


def open_account(request: Request) -> None:
    with request.db.read() as session:
        am = members.me(session, request.workspace_id, request.slack_user, now=request.now)
        accounts.require_keeper(am)
        held = accounts.held(session, request.workspace_id, am.id)
        currency = workspaces.settings(session, request.workspace_id).currency
    request.ack()
    today = local_date(request.now, am.zone)
    view = views.account_form(held, currency, today, reader(am.locale, am.zone))
    request.client.views_open(trigger_id=request.body["trigger_id"], view=view)


def pick(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    chosen, now = forms.choice(view, Input.DEAL), clock()
    with db.read() as session:
        ae = members.me(session, workspace_id, body["user"]["id"], now=now)
        if chosen == NO_DEAL:
            leads = deals.leads_without_deal(session, workspace_id, ae.id)
            draft = deals.blank(session, workspace_id, ae, now=now)
            form = views.new_form(uuid4().hex, draft, leads)
        else:
            form = views.form(int(chosen), deals.draft_of(session, workspace_id, ae, int(chosen)))
    ack(response_action="update", view=form)


def submit_new(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    """The deal's key was drawn when the form opened."""
    draft, lead, now = _draft(view), forms.choice(view, Input.LEAD), clock()
    with db.begin() as session:
        ae = members.me(session, workspace_id, body["user"]["id"], now=now)
        deals.create(
            session,
            workspace_id,
            ae,
            draft,
            key=view["private_metadata"],
            lead_id=int(lead) if lead else None,
            now=now,
        )
    ack(response_action="update", view=views.saved(draft, reader(ae.locale, ae.zone)))


def submit(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    draft, now = _draft(view), clock()
    with db.begin() as session:
        ae = members.me(session, workspace_id, body["user"]["id"], now=now)
        deals.change(session, workspace_id, ae, int(view["private_metadata"]), draft, now=now)
    ack(response_action="update", view=views.saved(draft, reader(ae.locale, ae.zone)))


def submit_account(
    ack: Ack, body: dict[str, Any], view: dict[str, Any], db: Database, clock: Clock, workspace_id: int
) -> None:
    draft, chosen = _value(view), forms.choice(view, Input.ACCOUNT)
    with db.begin() as session:
        am = members.me(session, workspace_id, body["user"]["id"], now=clock())
        account = accounts.put(
            session,
            workspace_id,
            am,
            draft,
            account_id=int(chosen) if chosen else None,
            named=forms.text(view, Input.NEW_ACCOUNT),
        )
    ack(response_action="update", view=views.account_saved(account, reader(am.locale, am.zone)))


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
        loss_reason=forms.text(view, Input.LOSS_REASON),
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
