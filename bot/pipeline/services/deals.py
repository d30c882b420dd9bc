"""Deals as their AEs keep them by hand, and what debriefs and next steps add to them."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from bot.calendar.wallclock import first_valid, local_date
from bot.calls.services import calls
from bot.core.enums import DealStatus, Decision, Pinned, Role
from bot.core.errors import BadInput, NotAllowed, NotFound
from bot.core.i18n import gettext as _
from bot.people.services import calendars
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from bot.pipeline.domain import deal as rules
from bot.pipeline.domain.deal import AcceptedLead, DealDraft, OpenDeal
from bot.pipeline.services import pinned
from storage.books import Books, insert_once
from storage.queries import handoffs
from storage.queries.pipeline import deal_history
from storage.queries.pipeline import deals as queries
from storage.tables import Call, Deal, Handoff

LISTED = 99
"""Deals or leads offered in one menu: Slack shows a hundred options, and one of them is "none of these"."""


def require_keeper(member: Member) -> None:
    if Role.AE not in member.roles:
        raise NotAllowed(_("Deals are kept by the AEs who work them."))


def open_deals(books: Books, ae_id: int) -> list[OpenDeal]:
    """The AE's, the latest first; no more than a menu holds."""
    found = queries.open_deals(books, ae_id, limit=LISTED)
    return [OpenDeal(deal.id, deal.company, deal.amount, deal.currency) for deal in found]


def leads_without_deal(books: Books, ae_id: int) -> list[AcceptedLead]:
    found = queries.leads_without_deal(books, ae_id, limit=LISTED)
    return [AcceptedLead(lead.id, lead.company, lead.contact) for lead in found]


def blank(books: Books, ae: Member) -> DealDraft:
    """What the form of a new deal begins with."""
    currency = workspaces.settings(books).currency
    return DealDraft(currency=currency, opened_on=local_date(books.now, ae.zone))


def draft_of(books: Books, ae: Member, deal_id: int) -> DealDraft:
    """The AE's own deal as it stands; raises NotFound alike for none and for somebody else's."""
    deal = _own(queries.of_ae(books, ae.id, deal_id))
    return DealDraft(
        company=deal.company,
        amount=deal.amount,
        currency=deal.currency or workspaces.settings(books).currency,
        opened_on=local_date(deal.opened_at, ae.zone) if deal.opened_at else None,
        expected_close=deal.expected_close,
        timeline_confirmed=bool(deal.timeline_confirmed),
        authority_confirmed=bool(deal.authority_confirmed),
        next_meeting_at=deal.next_meeting_at,
        status=deal.status,
        pinned_by=pinned.words_of(books, deal.id),
    )


def create(books: Books, ae: Member, draft: DealDraft, *, key: str, lead_id: int | None) -> None:
    """A new deal, from one of the AE's accepted leads if it came of one; with a key that is known it is that deal."""
    require_keeper(ae)
    _require_sound(draft, ae, books.now)
    if lead_id is not None:
        _own_lead(books, ae.id, lead_id)
    deal = Deal(
        workspace_id=books.workspace_id,
        deal_key=key,
        ae_id=ae.id,
        handoff_id=lead_id,
        first_seen_at=books.now,
        **_values(draft, None, ae, books.now),
    )
    if insert_once(books.session, deal):
        stored = _own(queries.by_key(books, key))
        pinned.note(books, stored.id, ae.id, _ticks(draft), draft.pinned_by)
    else:
        _own(queries.by_key(books, key), ae.id)


def change(books: Books, ae: Member, deal_id: int, draft: DealDraft) -> None:
    """The AE's own open deal, its earlier values kept in its history."""
    deal = claim_open(books, ae, deal_id)
    _require_sound(draft, ae, books.now)
    before = {Pinned.TIMELINE: deal.timeline_confirmed, Pinned.AUTHORITY: deal.authority_confirmed}
    record(books, deal, _values(draft, deal, ae, books.now))
    is_news = draft.pinned_by != pinned.words_of(books, deal.id)
    pinned.note(
        books, deal.id, ae.id, [one for one in _ticks(draft) if is_news or not before[one]], draft.pinned_by
    )


def _ticks(draft: DealDraft) -> list[Pinned]:
    ticked = {Pinned.TIMELINE: draft.timeline_confirmed, Pinned.AUTHORITY: draft.authority_confirmed}
    return [what for what, is_ticked in ticked.items() if is_ticked]


def claim_open(books: Books, ae: Member, deal_id: int) -> Deal:
    """The AE's own open deal, held by this transaction: one thing of it can change, whatever its import left out."""
    return _open(queries.claim(books, deal_id), ae)


def require_open(books: Books, ae: Member, deal_id: int) -> None:
    """Raises what `claim_open` would, and holds nothing: before a form opens."""
    _open(queries.of_ae(books, ae.id, deal_id), ae)


def link(books: Books, rep_id: int, call_id: int, deal_id: int | None) -> None:
    """Say which of the rep's own deals a call was about; None: none of them."""
    call = calls.own(books, rep_id, call_id)
    if deal_id is not None and deal_id != call.deal_id:
        _own(queries.of_ae(books, rep_id, deal_id))
    call.deal_id = deal_id


def deal_of_call(books: Books, rep_id: int, call_id: int, offered: Sequence[OpenDeal]) -> int | None:
    """The deal to propose for a call: the one it belongs to, else the latest of the same company."""
    call = calls.own(books, rep_id, call_id)
    if call.deal_id is not None:
        return call.deal_id
    company = call.company.strip().casefold()
    same = (deal.id for deal in offered if company and deal.company.strip().casefold() == company)
    return next(same, None)


def confirm(
    books: Books, call: Call, *, timeline: bool | None, authority: bool | None, words: str = ""
) -> None:
    """A yes of a debrief confirms it for the deal of its call; a no never takes a confirmation back.

    `words` say who decides, and by when.
    """
    deal = queries.claim(books, call.deal_id) if call.deal_id is not None else None
    if deal is None:
        return
    said = {"timeline_confirmed": timeline, "authority_confirmed": authority}
    record(books, deal, {name: True for name, answer in said.items() if answer})
    yes = [what for what, answer in ((Pinned.TIMELINE, timeline), (Pinned.AUTHORITY, authority)) if answer]
    pinned.note(books, deal.id, call.person_id, yes, words)


def _values(draft: DealDraft, deal: Deal | None, ae: Member, now: datetime) -> dict[str, Any]:
    """The columns of a deal that the form sets. A day that was not changed keeps its moment."""
    opened_at = deal.opened_at if deal else None
    if draft.opened_on != (local_date(opened_at, ae.zone) if opened_at else None):
        opened_at = _moment(draft, "opened_on", ae, now)
    closed_at = _moment(draft, "closed_on", ae, now)
    if opened_at and closed_at:
        opened_at = min(
            opened_at, closed_at
        )  # the days are in order: on one day, it was opened by its closing
    return {
        "company": draft.company,
        "amount": draft.amount,
        "currency": draft.currency if draft.amount is not None else "",
        "opened_at": opened_at,
        "expected_close": draft.expected_close,
        "timeline_confirmed": _ticked(draft.timeline_confirmed, deal.timeline_confirmed if deal else None),
        "authority_confirmed": _ticked(draft.authority_confirmed, deal.authority_confirmed if deal else None),
        "next_meeting_at": draft.next_meeting_at,
        "status": draft.status,
        "closed_at": closed_at,
        "loss_reason": draft.loss_reason if draft.status is DealStatus.LOST else "",
        "competitor": draft.competitor if draft.status is DealStatus.LOST else "",
        "lost_stage": draft.lost_stage if draft.status is DealStatus.LOST else "",
    }


def _moment(draft: DealDraft, field: str, ae: Member, now: datetime) -> datetime | None:
    day = getattr(draft, field)
    return rules.moment_of(day, zone=ae.zone, now=now) if day else None


def _ticked(tick: bool, before: bool | None) -> bool | None:
    """Nobody said no to what stood blank: a workspace that does not record it must not seem to."""
    return True if tick else None if before is None else False


def record(books: Books, deal: Deal, values: dict[str, Any]) -> None:
    """Change a deal that this transaction holds, its earlier values kept in its history."""
    before = deal.model_dump()
    for name, value in values.items():
        setattr(deal, name, value)
    books.session.flush()
    deal_history.record(books.session, [(before, before | values)], changed_at=books.now)


def _require_sound(draft: DealDraft, ae: Member, now: datetime) -> None:
    for field, sentence in rules.check(draft, today=local_date(now, ae.zone)).items():
        raise BadInput(sentence, field=field)


def _open(deal: Deal | None, ae: Member) -> Deal:
    found = _own(deal, ae.id)
    if found.status is not DealStatus.OPEN:
        raise BadInput(_("This deal is closed already. Your admin can correct it with an import."))
    return found


def _own(deal: Deal | None, ae_id: int | None = None) -> Deal:
    if deal is None or ae_id not in (None, deal.ae_id):
        raise NotFound(_("That deal is gone, or it is not one of yours."))
    return deal


def _own_lead(books: Books, ae_id: int, lead_id: int) -> Handoff:
    lead = handoffs.by_id(books, lead_id)
    if lead is None or lead.ae_id != ae_id or lead.decision is not Decision.ACCEPTED:
        raise NotFound(_("That lead is gone, or it is not one that you accepted."))
    return lead


def follow(books: Books, ae: Member, deal_id: int, *, day: date, instead_of: date | None) -> None:
    """To the same hour of the day, or to when work begins; a meeting on any other day to come stands."""
    deal = queries.claim(books, deal_id)
    if deal is None or deal.ae_id != ae.id or deal.status is not DealStatus.OPEN:
        return
    stands, hour = deal.next_meeting_at, calendars.hours_of(books, ae).opens
    if stands is not None and stands.astimezone(ae.zone).date() == instead_of:
        hour = stands.astimezone(ae.zone).time()
    elif stands is not None and local_date(stands, ae.zone) >= local_date(books.now, ae.zone):
        return
    record(books, deal, {"next_meeting_at": first_valid(day, hour, ae.zone)})
