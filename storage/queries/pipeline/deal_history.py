"""The history of a deal's fields that have no date of their own, and who gets the credit for it, kept with each
edit.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session, col

from bot.core.enums import DealStatus
from storage.tables import Deal, DealChange, DealField, PastClosing

State = Mapping[str, Any]
"""A deal as a row, `id` and `workspace_id` with it."""


def keep(session: Session, edits: Iterable[tuple[State, State]], *, changed_at: datetime) -> None:
    """Keeps whose each deal was and how it had ended, where an edit changed its owner or a closing of it.

    The change of owner itself is in the deal's history already.
    """
    for old, new in edits:
        was, now = _closing(old), _closing(new)
        if old["ae_id"] == new["ae_id"] and was == now:
            continue
        values: dict[str, Any] = {"closed_by_id": _closer(session, old, new)}
        if old["ae_id"] != new["ae_id"]:
            values |= {"owner_since": changed_at, "left_until": None}
        if _is_closed(old) and was != now:
            values["taken_back_at"] = changed_at
            _remember(session, old, changed_at)
        session.connection().execute(
            sa.update(Deal)
            .where(col(Deal.workspace_id) == old["workspace_id"], col(Deal.id) == old["id"])
            .values(**values)
        )


def _remember(session: Session, deal: State, changed_at: datetime) -> None:
    session.connection().execute(
        sa.insert(PastClosing).values(
            workspace_id=deal["workspace_id"],
            deal_id=deal["id"],
            ae_id=_credited(deal),
            status=deal["status"],
            closed_at=deal["closed_at"],
            taken_back_at=changed_at,
        )
    )


def _closer(session: Session, old: State, new: State) -> int | None:
    """Who closed it, where that is not its new owner."""
    if not _is_closed(new):
        return None
    closer = _credited(old) if _closing(old) == _closing(new) else _owner_at(session, new, new["closed_at"])
    return None if closer == new["ae_id"] else closer


def _owner_at(session: Session, deal: State, moment: datetime) -> int:
    """What the next change found, else what stands."""
    next_change = session.scalar(
        sa.select(col(DealChange.old))
        .where(
            col(DealChange.workspace_id) == deal["workspace_id"],
            col(DealChange.deal_id) == deal["id"],
            col(DealChange.field) == DealField.AE,
            col(DealChange.changed_at) > moment,
        )
        .order_by(col(DealChange.changed_at), col(DealChange.id))
        .limit(1)
    )
    return deal["ae_id"] if next_change is None else int(next_change)


def _closing(deal: State) -> tuple[DealStatus, datetime | None]:
    return deal["status"], deal["closed_at"]


def _is_closed(deal: State) -> bool:
    return bool(deal["status"] != DealStatus.OPEN)


def _credited(deal: State) -> int:
    owner: int = deal["ae_id"]
    return deal["closed_by_id"] or owner


_READ: Mapping[DealField, Callable[[str], Any]] = {
    DealField.AE: int,
    DealField.AMOUNT: Decimal,
    DealField.EXPECTED_CLOSE: date.fromisoformat,
    DealField.TIMELINE_CONFIRMED: lambda text: text == "yes",
    DealField.AUTHORITY_CONFIRMED: lambda text: text == "yes",
    DealField.LAST_ACTIVITY_AT: datetime.fromisoformat,
    DealField.NEXT_MEETING_AT: datetime.fromisoformat,
}


def record(session: Session, edits: Iterable[tuple[State, State]], *, changed_at: datetime) -> None:
    """Notes each such field in which a deal's two states, before and after an edit, differ; see `credit.keep` too."""
    edits = list(edits)
    changes = [change | {"changed_at": changed_at} for old, new in edits for change in _changes(old, new)]
    if changes:
        session.connection().execute(sa.insert(DealChange.__table__), changes)  # type: ignore[attr-defined]
    keep(session, edits, changed_at=changed_at)


def _changes(old: State, new: State) -> Iterator[dict[str, Any]]:
    for field in DealField:
        if old[field] != new[field]:
            yield {
                "workspace_id": old["workspace_id"],
                "deal_id": old["id"],
                "field": field,
                "old": to_text(old[field]),
                "new": to_text(new[field]),
            }


def to_text(value: bool | int | date | datetime | Decimal | None) -> str | None:
    """ISO 8601 for dates, instants in UTC, a plain number (of a person, their id), yes or no; None stays None."""
    if value is None:
        return None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return str(value)
    return value.isoformat() if isinstance(value, date) else format(value, "f")


def from_text(field: DealField, text: str | None) -> Any:
    """What `to_text` wrote: Decimal, date, bool or aware datetime, as the field has it."""
    return None if text is None else _READ[field](text)
