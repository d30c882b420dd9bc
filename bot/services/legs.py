"""Sessions told leg by leg: what each notice adds, and the calls that are over by it."""

from dataclasses import asdict
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.domain.calls import EndedCall
from bot.domain.legs import Leg, ended_calls, merged
from storage.queries import legs as queries
from storage.tables import CallLeg

KEPT_FOR = timedelta(days=2)
"""After the last notice of a leg: no session lasts longer, and no source repeats itself for longer."""


def add(session: Session, workspace_id: int, told: Leg, *, now: datetime) -> list[EndedCall]:
    """Store what the notice adds; returns the calls of the session if it is over, as far as anybody knows yet."""
    rows = {
        row.leg_key: row for row in queries.of_session(session, workspace_id, told.source, told.session_key)
    }
    legs = {leg_key: _leg(row) for leg_key, row in rows.items()}
    known = legs.get(told.leg_key)
    legs[told.leg_key] = leg = merged(known, told) if known else told
    row = rows.get(told.leg_key)
    if row is None:
        session.add(CallLeg(workspace_id=workspace_id, told_at=now, **asdict(leg)))
    else:
        _write(row, leg, now)
    session.flush()
    return ended_calls(legs.values())


def forget_old(session: Session, workspace_id: int, *, now: datetime) -> None:
    queries.forget_before(session, workspace_id, now - KEPT_FOR)


def _write(row: CallLeg, leg: Leg, now: datetime) -> None:
    for name, value in asdict(leg).items():
        setattr(row, name, value)
    row.told_at = now


def _leg(row: CallLeg) -> Leg:
    return Leg(**row.model_dump(exclude={"id", "workspace_id", "told_at"}))
