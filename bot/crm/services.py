"""How far each CRM has been read, what of it was refused, and what it no longer has or has under another key."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import local_date
from bot.core.enums import ImportKind
from bot.people.services import workspace as workspaces
from storage.books import Books, insert_once
from storage.queries import crm as queries
from storage.tables import AccountValue, CrmPull, CrmRefusal

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


def drop_deals(books: Books, keys: Collection[str]) -> int:
    """The deals with their history; calls about them stay, and are about no deal."""
    return queries.drop_deals(books, [deal.id for deal in queries.deals(books, keys)])


def merge_deals(books: Books, key: str, merged: Collection[str]) -> int:
    """One of those merged lives on under the new key, with its history and who closed it; the others go.

    A closed one before an open one, then the one known longest. Where the new key is known already, all others go.
    """
    known = queries.deals(books, merged)
    if not known:
        return 0
    heir = next(iter(queries.deals(books, [key])), None)
    if heir is None:
        heir = known.pop(0)
        heir.deal_key = key
        books.session.flush()
    going = [deal.id for deal in known]
    queries.hand_calls_on(books, going, heir.id)
    return queries.drop_deals(books, going)


def end_accounts(books: Books, days: Mapping[str, datetime]) -> int:
    """From the day of its deletion an account is no longer held."""
    zone = ZoneInfo(workspaces.settings(books).time_zone)
    ended = 0
    for last in queries.latest_values(books, days.keys()):
        day = local_date(days[last.account_key], zone)
        if last.value and last.as_of <= day:
            _end(books, last, day)
            ended += 1
    return ended


def _end(books: Books, last: AccountValue, day: date) -> None:
    if last.as_of == day:
        last.value = Decimal(0)
        return
    books.session.add(
        AccountValue(
            workspace_id=books.workspace_id,
            account_key=last.account_key,
            am_id=last.am_id,
            as_of=day,
            value=Decimal(0),
            currency=last.currency,
        )
    )
