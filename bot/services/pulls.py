"""How far each CRM has been read, and what of it was refused."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.words import ImportKind
from storage.queries import crm as queries
from storage.queries.inbox import insert_once
from storage.tables import CrmPull, CrmRefusal

EVERY = timedelta(hours=1)
OVERLAP = timedelta(minutes=2)
"""Read twice each time: a CRM's search knows of a change a little late."""


@dataclass(frozen=True, slots=True)
class Refused:
    """Rows of one reason."""

    crm: str
    kind: str
    reason: str
    rows: int


@dataclass(frozen=True, slots=True)
class Troubled:
    """A pull that broke off."""

    crm: str
    kind: str
    why: str
    last_whole: datetime | None


def claim(
    session: Session, workspace_id: int, crm: str, kind: ImportKind, *, now: datetime, by_hand: bool = False
) -> bool:
    """Whether this process is to pull now; by hand it always is, and the next one comes an hour later."""
    insert_once(session, CrmPull(workspace_id=workspace_id, crm=crm, kind=kind, next_at=now))
    if by_hand:
        row = queries.pull(session, workspace_id, crm, kind)
        if row is not None:
            row.next_at = now + EVERY
        return True
    return queries.claim(session, workspace_id, crm, kind, now=now, until=now + EVERY)


def since(session: Session, workspace_id: int, crm: str, kind: ImportKind) -> datetime | None:
    """From when on records have to be read; None: all of them."""
    row = queries.pull(session, workspace_id, crm, kind)
    return row.changed_until - OVERLAP if row and row.changed_until else None


def advance(session: Session, workspace_id: int, crm: str, kind: ImportKind, changed_until: datetime) -> None:
    """Everything that changed before has been taken in; the mark never goes back."""
    row = queries.pull(session, workspace_id, crm, kind)
    if row is not None:
        row.changed_until = max(changed_until, row.changed_until or changed_until)


def ended(
    session: Session, workspace_id: int, crm: str, kind: ImportKind, *, trouble: str, now: datetime
) -> None:
    row = queries.pull(session, workspace_id, crm, kind)
    if row is not None:
        row.trouble = trouble
        row.pulled_at = row.pulled_at if trouble else now


def waiting(session: Session, workspace_id: int, crm: str, kind: ImportKind) -> dict[str, dict[str, str]]:
    """Rows that were refused before, by their key."""
    return {row.record_key: row.cells for row in queries.refusals(session, workspace_id, crm, kind)}


def keep_refused(
    session: Session,
    workspace_id: int,
    crm: str,
    kind: ImportKind,
    tried: Collection[str],
    refused: Mapping[str, tuple[Mapping[str, str], str]],
) -> None:
    """Of the records tried, those in `refused` wait with their cells and the reason; the others wait no more."""
    if tried:
        queries.drop_refusals(session, workspace_id, crm, kind, tried)
    for key, (cells, reason) in refused.items():
        session.add(
            CrmRefusal(
                workspace_id=workspace_id,
                crm=crm,
                kind=kind,
                record_key=key,
                cells=dict(cells),
                reason=reason,
            )
        )


def refused(session: Session, workspace_id: int) -> list[Refused]:
    return [Refused(*found) for found in queries.refused(session, workspace_id)]


def troubled(session: Session, workspace_id: int) -> list[Troubled]:
    rows = queries.pulls(session, workspace_id)
    return [Troubled(row.crm, row.kind, row.trouble, row.pulled_at) for row in rows if row.trouble]


def is_for(session: Session, workspace_id: int, team: str) -> bool:
    """Whether a CRM of this Slack team is this workspace's; where no team is named there must be one workspace."""
    teams = queries.slack_teams(session)
    return teams.get(workspace_id) == team if team else len(teams) == 1
