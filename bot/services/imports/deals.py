"""Deals, with the history of what has no date of its own."""

from collections.abc import Sequence

from sqlmodel import Session

from bot.errors import BadInput
from bot.services.imports import cells
from bot.services.imports.kinds import Column, Entry, Fate, Kind, Party, Task
from bot.services.imports.order import earlier
from bot.words import DealStatus
from storage.queries import deal_history
from storage.queries import imports as queries
from storage.tables import Deal

_CLOSED = (DealStatus.WON, DealStatus.LOST)


def _connect(session: Session, task: Task, entries: Sequence[Entry]) -> None:
    """Handoffs by their key in the file; a deal of a handoff that nobody knows is refused."""
    keys = {key for entry in entries if (key := entry.given.get("handoff_id"))}
    ids = queries.handoff_ids(session, task.workspace_id, keys) if keys else {}
    for entry in entries:
        if key := entry.given.get("handoff_id"):
            entry.given["handoff_id"] = ids.get(key)
            if key not in ids:
                entry.refuse(f"There is no handoff “{key}”; import the handoffs first.")


def _complete(task: Task, entry: Entry) -> None:
    deal = entry.merged
    if entry.stored is None:
        deal["first_seen_at"] = task.now
    if deal["status"] not in _CLOSED:
        deal["closed_at"] = None
        return
    if deal["closed_at"] is None:
        raise BadInput(f"The deal is {deal['status']} without a closing date.")
    if deal["opened_at"]:
        zone = task.roster[deal["ae_id"]].zone_on(deal["opened_at"].date())
        deal["opened_at"] = earlier(deal["opened_at"], deal["closed_at"], zone)
        if deal["closed_at"] < deal["opened_at"]:
            raise BadInput("The deal was closed before it was opened.")


def _after(session: Session, task: Task, entries: Sequence[Entry]) -> None:
    edits = [(entry.stored, entry.merged) for entry in entries if entry.stored and entry.fate is Fate.UPDATED]
    deal_history.record(session, edits, changed_at=task.now)


KIND = Kind(
    table=Deal,
    key=("deal_key",),
    parties=(Party("ae", "ae_id"),),
    columns=(
        Column("deal_id", "deal_key", cells.text, required=True),
        Column("status", "status", cells.word(DealStatus), required=True),
        Column("opened_at", "opened_at", cells.instant),
        Column("closed_at", "closed_at", cells.instant),
        Column("amount", "amount", cells.amount),
        Column("currency", "currency", cells.currency, blank=""),
        Column("company", "company", cells.text, blank=""),
        Column("handoff_id", "handoff_id", cells.text),
        Column("expected_close", "expected_close", cells.day),
        Column("loss_reason", "loss_reason", cells.text, blank=""),
        Column("timeline_confirmed", "timeline_confirmed", cells.yes_no),
        Column("authority_confirmed", "authority_confirmed", cells.yes_no),
        Column("last_activity_at", "last_activity_at", cells.instant),
        Column("next_meeting_at", "next_meeting_at", cells.instant),
    ),
    connect=_connect,
    complete=_complete,
    after=_after,
)
