"""Deals, with the history of what has no date of its own."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.calendar.wallclock import local_date
from bot.core.enums import DealStatus
from bot.core.errors import BadInput
from bot.imports.kinds.kind import Column, Entry, Fate, Kind, Party, Task
from bot.imports.kinds.money import SIGN, settle_currency
from bot.imports.kinds.order import earlier, require_past
from bot.tabular import cells
from storage.books import Books
from storage.queries import imports as queries
from storage.queries.pipeline import deal_history
from storage.tables import Deal

_CLOSED = (DealStatus.WON, DealStatus.LOST)


def _connect(session: Session, task: Task, entries: Sequence[Entry]) -> None:
    """Handoffs by their key in the file; a deal of a handoff that nobody knows is refused."""
    keys = {key for entry in entries if (key := entry.given.get("handoff_id"))}
    ids = queries.handoff_ids(Books(session, task.workspace_id, task.now), keys) if keys else {}
    for entry in entries:
        if key := entry.given.get("handoff_id"):
            entry.given["handoff_id"] = ids.get(key)
            if key not in ids:
                entry.refuse(f"There is no handoff “{key}”; import the handoffs first.")


def _complete(task: Task, entry: Entry) -> None:
    deal = entry.merged
    if entry.stored is None:
        deal["first_seen_at"] = task.now
    settle_currency(deal)
    if deal["status"] not in _CLOSED:
        _plan(task, entry)
        return
    if deal["closed_at"] is None:
        raise BadInput(f"The deal is {deal['status']} without a closing date.")
    if deal["opened_at"]:
        zone = task.roster[deal["ae_id"]].zone_on(deal["opened_at"].date())
        deal["opened_at"] = earlier(deal["opened_at"], deal["closed_at"], zone)
        if deal["closed_at"] < deal["opened_at"]:
            raise BadInput("The deal was closed before it was opened.")
    require_past(task, entry, deal["closed_at"], f"The deal was {deal['status']}")


def _plan(task: Task, entry: Entry) -> None:
    """CRMs keep the planned date of an open deal where they keep the closing date of the others."""
    deal, planned = entry.merged, entry.given.get("closed_at")
    deal["closed_at"] = None
    if planned and not entry.given.get("expected_close"):
        zone = task.roster[deal["ae_id"]].zone_on(planned.date())
        deal["expected_close"] = local_date(planned, zone)
        entry.told.append("An open deal has a closing date: it is kept as the expected close.")


def _after(session: Session, task: Task, entries: Sequence[Entry]) -> None:
    edits = [(entry.stored, entry.merged) for entry in entries if entry.stored and entry.fate is Fate.UPDATED]
    deal_history.record(session, edits, changed_at=task.now)


KIND = Kind(
    table=Deal,
    key=("deal_key",),
    parties=(Party("ae", "ae_id"),),
    columns=(
        Column("deal_id", "deal_key", cells.key, required=True),
        Column("status", "status", cells.word(DealStatus), required=True),
        Column("opened_at", "opened_at", cells.instant),
        Column("closed_at", "closed_at", cells.instant),
        Column("amount", "amount", cells.signed_amount),
        Column("amount", SIGN, cells.currencies_of),
        Column("currency", "currency", cells.currency, blank="", decisive=True),
        Column("company", "company", cells.text, blank=""),
        Column("handoff_id", "handoff_id", cells.text),
        Column("expected_close", "expected_close", cells.day),
        Column("loss_reason", "loss_reason", cells.text, blank=""),
        Column("competitor", "competitor", cells.text, blank=""),
        Column("lost_stage", "lost_stage", cells.text, blank=""),
        Column("timeline_confirmed", "timeline_confirmed", cells.yes_no),
        Column("authority_confirmed", "authority_confirmed", cells.yes_no),
        Column("last_activity_at", "last_activity_at", cells.instant),
        Column("next_meeting_at", "next_meeting_at", cells.instant),
    ),
    connect=_connect,
    complete=_complete,
    after=_after,
)
