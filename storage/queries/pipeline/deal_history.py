"""The history of a deal's fields that have no date of their own, as texts that can be read back."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa
from sqlmodel import Session

from storage.queries.pipeline import credit
from storage.queries.pipeline.credit import State
from storage.tables import DealChange, DealField

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
    credit.keep(session, edits, changed_at=changed_at)


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
