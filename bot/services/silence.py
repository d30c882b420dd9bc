"""What may have been missed: kept where it can be looked up, and counted anew as calls are read from logs."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session

from bot.domain import silence
from bot.domain.silence import Gap
from storage.queries import silence as queries
from storage.queries.inbox import insert_once
from storage.tables import CallGap, Pulse


def beat(session: Session, workspace_id: int, *, now: datetime) -> tuple[datetime, datetime] | None:
    """A sign of life; returns from when to when the bot did not run, where it did not."""
    row = queries.pulse(session, workspace_id)
    if row is None:
        insert_once(session, Pulse(workspace_id=workspace_id, beaten_at=now))
        return None
    last, row.beaten_at = row.beaten_at, max(now, row.beaten_at)
    return (last, now) if now - last > silence.DOWN_AFTER else None


def measured(
    session: Session,
    workspace_id: int,
    sources: Iterable[str],
    *,
    now: datetime,
    down: tuple[datetime, datetime] | None = None,
) -> list[Gap]:
    """All that is worth telling now: while the bot was down, and of sources that are silent. Only reads."""
    known = queries.last_ends(
        session, workspace_id, list(sources), since=now - silence.WEEK * silence.WEEKS_BEFORE
    )
    spans = [(source, *down, True) for source in known] if down else []
    spans += [
        (row.source, row.since, row.until, True)
        for row in queries.gaps(session, workspace_id)
        if row.was_down and now - row.until <= silence.TOLD_FOR
    ]
    listened_since = {source: until for source, _, until, _ in sorted(spans, key=lambda span: span[2])}
    for source, last in known.items():
        quiet_since = max(last, listened_since.get(source, last))
        if now - quiet_since >= silence.SILENT_AFTER:
            spans.append((source, quiet_since, now, False))
    gaps = [_gap(session, workspace_id, *span) for span in spans]
    return [gap for gap in gaps if gap.is_worth_telling]


def keep(session: Session, workspace_id: int, gaps: Iterable[Gap]) -> list[Gap]:
    """These, and no others; returns those that are new."""
    before = {(row.source, row.since): row for row in queries.gaps(session, workspace_id)}
    after = {(gap.source, gap.since): gap for gap in gaps}
    for key, row in before.items():
        if key not in after:
            session.delete(row)
            continue
        row.until, row.usual, row.heard = after[key].until, after[key].usual, after[key].heard
    new = [gap for key, gap in after.items() if key not in before]
    session.add_all(CallGap(workspace_id=workspace_id, **asdict(gap)) for gap in new)
    session.flush()
    return new


def told(session: Session, workspace_id: int) -> list[Gap]:
    """What may be missing, the latest first."""
    return [_told(row) for row in queries.gaps(session, workspace_id)]


def told_of_all(session: Session) -> list[Gap]:
    """The same over all workspaces."""
    return [_told(row) for row in queries.all_gaps(session)]


def _gap(
    session: Session, workspace_id: int, source: str, since: datetime, until: datetime, was_down: bool
) -> Gap:
    spans = [(since, until), *silence.weeks_before(since, until)]
    heard, *before = queries.counts(session, workspace_id, source, spans)
    return Gap(source, since, until, was_down, silence.usual(before), heard if was_down else 0)


def _told(row: CallGap) -> Gap:
    return Gap(row.source, row.since, row.until, row.was_down, row.usual, row.heard)
