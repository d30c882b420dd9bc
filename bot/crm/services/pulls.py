"""How far each CRM has been read, and what of it was refused."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.core.enums import ImportKind
from storage.books import Books
from storage.insert_once import insert_once
from storage.queries import crm as queries
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
    """A pull that broke off; `last_whole` is when one came to its end, None for never."""

    crm: str
    kind: str
    why: str
    last_whole: datetime | None


def claim(books: Books, crm: str, kind: ImportKind, *, by_hand: bool = False) -> bool:
    """Whether this process is to pull now; by hand it always is, and the next one comes an hour later."""
    insert_once(
        books.session, CrmPull(workspace_id=books.workspace_id, crm=crm, kind=kind, next_at=books.now)
    )
    if by_hand:
        row = queries.pull(books, crm, kind)
        if row is not None:
            row.next_at = books.now + EVERY
        return True
    return queries.claim(books, crm, kind, until=books.now + EVERY)


def since(books: Books, crm: str, kind: ImportKind) -> datetime | None:
    """From when on records have to be read; None: all of them."""
    row = queries.pull(books, crm, kind)
    return row.changed_until - OVERLAP if row and row.changed_until else None


def advance(books: Books, crm: str, kind: ImportKind, changed_until: datetime) -> None:
    """Everything that changed before has been taken in; the mark never goes back."""
    row = queries.pull(books, crm, kind)
    if row is not None:
        row.changed_until = max(changed_until, row.changed_until or changed_until)


def ended(books: Books, crm: str, kind: ImportKind, *, trouble: str) -> None:
    row = queries.pull(books, crm, kind)
    if row is not None:
        row.trouble = trouble
        row.pulled_at = row.pulled_at if trouble else books.now


def waiting(books: Books, crm: str, kind: ImportKind) -> dict[str, dict[str, str]]:
    """Rows that were refused before, by their key."""
    return {row.record_key: row.cells for row in queries.refusals(books, crm, kind)}


def keep_refused(
    books: Books,
    crm: str,
    kind: ImportKind,
    tried: Collection[str],
    refused: Mapping[str, tuple[Mapping[str, str], str]],
) -> None:
    """Of the records tried, those in `refused` wait with their cells and the reason; the others wait no more."""
    if tried:
        queries.drop_refusals(books, crm, kind, tried)
    for key, (cells, reason) in refused.items():
        books.session.add(
            CrmRefusal(
                workspace_id=books.workspace_id,
                crm=crm,
                kind=kind,
                record_key=key,
                cells=dict(cells),
                reason=reason,
            )
        )


def refused(books: Books) -> list[Refused]:
    return [Refused(*found) for found in queries.refused(books)]


def troubled(books: Books) -> list[Troubled]:
    rows = queries.pulls(books)
    return [Troubled(row.crm, row.kind, row.trouble, row.pulled_at) for row in rows if row.trouble]


def is_for(books: Books, team: str) -> bool:
    """Whether a CRM of this Slack team is this workspace's; where no team is named there must be one workspace."""
    teams = queries.slack_teams(books.session)
    return teams.get(books.workspace_id) == team if team else len(teams) == 1
