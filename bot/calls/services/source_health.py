"""How a call source is doing: what may have been missed, and what it sent that says nothing of a call."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.calls.domain import silence
from bot.calls.domain.silence import Gap
from storage.books import Books, insert_once
from storage.queries.calls import sources as queries
from storage.tables import CallGap, CallUnread, Pulse


@dataclass(frozen=True, slots=True)
class Heard:
    """`trouble` is a sentence, blank where there is none."""

    last_at: datetime | None
    trouble: str
    unread: Sequence[tuple[str, int]] = ()
    """Kinds of the last week that say nothing of a call, with how many deliveries of each."""


def heard(session: Session, source: str, *, now: datetime) -> Heard:
    return Heard(
        queries.last_delivery(session, source),
        queries.trouble_fetching(session, source),
        lately(session, source, now=now),
    )


LATELY = timedelta(days=7)
LONGEST_KIND = 80
MOST_KINDS = 50
"""Of one source: kinds come from outside."""


def note(books: Books, source: str, kind: str, deliveries: int) -> None:
    """So many more; what was counted before goes once a week passed without any."""
    kind = kind[:LONGEST_KIND] or "unknown"
    known = {row.kind: row for row in queries.unread(books, source)}
    if kind not in known and len(known) >= MOST_KINDS:
        return
    if kind not in known:
        row = CallUnread(
            workspace_id=books.workspace_id,
            source=source,
            kind=kind,
            deliveries=deliveries,
            last_at=books.now,
        )
        insert_once(books.session, row)
        return
    row = known[kind]
    row.deliveries = deliveries + (row.deliveries if books.now - row.last_at <= LATELY else 0)
    row.last_at = books.now


def lately(session: Session, source: str, *, now: datetime) -> list[tuple[str, int]]:
    """Kinds and how many deliveries of each, over all workspaces, the most frequent first."""
    return queries.unread_lately(session, source, since=now - LATELY)


def beat(books: Books) -> tuple[datetime, datetime] | None:
    """A sign of life; returns from when to when the bot did not run, where it did not."""
    row = queries.pulse(books)
    if row is None:
        insert_once(books.session, Pulse(workspace_id=books.workspace_id, beaten_at=books.now))
        return None
    last, row.beaten_at = row.beaten_at, max(books.now, row.beaten_at)
    return (last, books.now) if books.now - last > silence.DOWN_AFTER else None


def measured(
    books: Books, sources: Iterable[str], *, down: tuple[datetime, datetime] | None = None
) -> list[Gap]:
    """All that is worth telling now: while the bot was down, and of sources that are silent. Only reads."""
    known = queries.last_ends(books, list(sources), since=books.now - silence.WEEK * silence.WEEKS_BEFORE)
    spans = [(source, *down, True) for source in known] if down else []
    spans += [
        (row.source, row.since, row.until, True)
        for row in queries.gaps(books)
        if row.was_down and books.now - row.until <= silence.TOLD_FOR
    ]
    listened_since = {source: until for source, _, until, _ in sorted(spans, key=lambda span: span[2])}
    for source, last in known.items():
        quiet_since = max(last, listened_since.get(source, last))
        if books.now - quiet_since >= silence.SILENT_AFTER:
            spans.append((source, quiet_since, books.now, False))
    gaps = [_gap(books, *span) for span in spans]
    return [gap for gap in gaps if gap.is_worth_telling]


def keep(books: Books, gaps: Iterable[Gap]) -> list[Gap]:
    """These, and no others; returns those that are new."""
    before = {(row.source, row.since): row for row in queries.gaps(books)}
    after = {(gap.source, gap.since): gap for gap in gaps}
    for key, row in before.items():
        if key not in after:
            books.session.delete(row)
            continue
        row.until, row.usual, row.heard = after[key].until, after[key].usual, after[key].heard
    new = [gap for key, gap in after.items() if key not in before]
    books.session.add_all(CallGap(workspace_id=books.workspace_id, **asdict(gap)) for gap in new)
    books.session.flush()
    return new


def told(books: Books) -> list[Gap]:
    """What may be missing, the latest first."""
    return [_told(row) for row in queries.gaps(books)]


def told_of_all(session: Session) -> list[Gap]:
    """The same over all workspaces."""
    return [_told(row) for row in queries.all_gaps(session)]


def _gap(books: Books, source: str, since: datetime, until: datetime, was_down: bool) -> Gap:
    spans = [(since, until), *silence.weeks_before(since, until)]
    heard, *before = queries.counts(books, source, spans)
    return Gap(source, since, until, was_down, silence.usual(before), heard if was_down else 0)


def _told(row: CallGap) -> Gap:
    return Gap(row.source, row.since, row.until, row.was_down, row.usual, row.heard)
