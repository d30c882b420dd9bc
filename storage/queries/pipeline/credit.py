"""Who gets the credit for a deal that was given on, reopened or corrected: written with the edit that does so."""

from collections.abc import Iterable, Mapping
from datetime import datetime
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
