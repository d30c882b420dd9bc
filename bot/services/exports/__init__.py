"""The workbook of a team: what it may show to whom, written to a file and noted in the log of exports."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from bot import excel
from bot.domain.access import Action, Subject, Viewer, may, require
from bot.domain.effect import Effect
from bot.domain.periods import Period
from bot.domain.pipeline import StuckReason
from bot.domain.stints import Rep
from bot.domain.workbook.book import Records, compose
from bot.domain.workbook.coaching import SessionRecord
from bot.domain.workbook.glossary import Colophon
from bot.domain.workbook.people import Person, labels
from bot.domain.workbook.sheets import Workbook
from bot.domain.workbook.summary import Totals
from bot.errors import NotFound
from bot.excel import Progress
from bot.language import gettext as _
from bot.services import audit, effects, workspaces
from bot.services.exports import coaching, figures, records
from bot.services.exports.deals import deals
from bot.services.exports.figures import Asked, Figures
from bot.services.exports.reach import Reach
from bot.words import AuditAct, DealStatus, Role
from storage.database import Database
from storage.queries import exports as queries
from storage.tables import ExportLog

__all__ = ["NAME", "ExportReport", "Progress", "write", "written"]

NAME = "scorecards.xlsx"


@dataclass(frozen=True, slots=True)
class ExportReport:
    """What was written: the reps shown, and the rows of each table."""

    path: Path
    reps: int
    rows: dict[str, int]


def write(
    db: Database,
    workspace_id: int,
    viewer: Viewer,
    *,
    period: Period,
    team_id: int | None,
    as_of: datetime,
    now: datetime,
    path: Path,
    raw: bool = True,
    on_progress: Progress | None = None,
) -> ExportReport:
    """Write the workbook of a team, or of all that the viewer may export, to `path`: whole or not at all.

    Everything is read in one transaction, so that the figures and the records agree. `raw` takes the records along.
    Raises NotAllowed for a team the viewer does not lead, NotFound where there is nobody to show.
    """
    if team_id is not None:
        require(viewer, Action.EXPORT, Subject(team_ids=frozenset((team_id,))))
    with tempfile.TemporaryDirectory(dir=path.parent, prefix=".export-") as folder:
        draft = Path(folder) / path.name
        with _unchanging(db) as session:
            reach, found = _reach(session, workspace_id, viewer, period, as_of, team_id)
            book = _book(reach, found, now=now, raw=raw, team_id=team_id)
            places = excel.write(book, draft, on_progress=on_progress)
        rows = {name: place.rows for name, place in places.items()}
        _note(db, reach, team_id=team_id, now=now, raw=raw, rows=sum(rows.values()))
        draft.replace(path)
    return ExportReport(path, len(found.shown), rows)


def written(db: Database, workspace_id: int, viewer: Viewer, **asked: Any) -> tuple[bytes, ExportReport]:
    """The workbook itself, for a message; `asked` is what `write` takes but the path."""
    with tempfile.TemporaryDirectory(prefix="cornerman-") as folder:
        report = write(db, workspace_id, viewer, path=Path(folder) / NAME, **asked)
        return report.path.read_bytes(), report


@contextmanager
def _unchanging(db: Database) -> Iterator[Session]:
    """A session that sees one state of the data throughout, as SQLite's do anyway."""
    with db.read() as session:
        if not db.is_sqlite:
            session.connection(execution_options={"isolation_level": "REPEATABLE READ"})
        yield session


def _reach(
    session: Session,
    workspace_id: int,
    viewer: Viewer,
    period: Period,
    as_of: datetime,
    team_id: int | None,
) -> tuple[Reach, Figures]:
    settings = workspaces.settings(session, workspace_id)
    people = labels(Person(*row) for row in queries.names(session, workspace_id))

    def may_show(rep: Rep) -> bool:
        subject = Subject(person_id=rep.id, team_ids=frozenset((rep.team_id,)))
        return team_id in (None, rep.team_id) and may(viewer, Action.EXPORT, subject)

    found = figures.of(Asked(session, settings, period, as_of, people), may_show)
    if not found.shown:
        raise NotFound(_("There is nobody to export: no rep of yours held a selling role in that period."))
    return Reach(session, settings, viewer, period, as_of, people, found.shown), found


def _book(reach: Reach, found: Figures, *, now: datetime, raw: bool, team_id: int | None) -> Workbook:
    sessions = coaching.sessions(reach)
    return compose(
        _colophon(reach, now=now, raw=raw, team_id=team_id),
        found.roles,
        _totals(reach, sessions),
        sessions,
        _effects(reach),
        Records(
            debriefs=records.debriefs(reach),
            handoffs=records.handoffs(reach),
            deals=deals(reach),
            accounts=records.accounts(reach),
            activity=records.activity(reach),
            counts=records.counts(reach) if raw else {},
        ),
    )


def _effects(reach: Reach) -> list[tuple[Role, Effect]]:
    """Of the learners shown, for those who may see whether coaching works."""
    teams = {one.rep.team_id for one in reach.shown.values()}
    if not all(may(reach.viewer, Action.SEE_EFFECT, Subject(team_ids=frozenset((team,)))) for team in teams):
        return []
    found = effects.of(reach.session, reach.workspace_id, as_of=reach.as_of, learners=reach.shown.keys())
    return [(one.role, one.effect) for one in found]


def _colophon(reach: Reach, *, now: datetime, raw: bool, team_id: int | None) -> Colophon:
    settings, zone = reach.settings, reach.period.zone
    return Colophon(
        workspace=settings.name,
        scope=_scope(reach),
        period=reach.period,
        as_of=reach.as_of.astimezone(zone),
        exported_by=_exported_by(reach),
        exported_at=now.astimezone(zone),
        raw=raw,
        currency=settings.currency,
        tool_cost=settings.tool_cost,
        credit_rate=settings.credit_rate,
        prior_trials=settings.prior_trials,
        stale_days=settings.stale_days,
        too_long={},
    )


def _scope(reach: Reach) -> str:
    """The teams shown; for a rep's own workbook, the rep."""
    if set(reach.shown) == {reach.viewer.person_id}:
        return reach.labels[next(iter(reach.shown))]
    return ", ".join(sorted({one.rep.team for one in reach.shown.values()}))


def _exported_by(reach: Reach) -> str:
    who = reach.viewer.person_id
    return _("The operator of this installation") if who is None else reach.labels[who]


def _totals(reach: Reach, sessions: list[SessionRecord]) -> Totals:
    stuck: list[tuple[StuckReason, ...]] = []
    slipped = 0
    for deal in deals(reach):
        slipped += deal.has_slipped
        if deal.status is DealStatus.OPEN:
            stuck.append(deal.stuck)
    paid = [record.credited for record in sessions if record.credited is not None]
    return Totals(
        open_deals=len(stuck),
        stuck_deals=sum(bool(reasons) for reasons in stuck),
        slipped_deals=slipped,
        pairs=sum(record.status is not None for record in sessions),
        sessions=len(paid),
        credited_minutes=sum(paid),
    )


def _note(db: Database, reach: Reach, *, team_id: int | None, now: datetime, raw: bool, rows: int) -> None:
    with db.begin() as session:
        session.add(
            ExportLog(
                workspace_id=reach.workspace_id,
                person_id=reach.viewer.person_id,
                team_id=team_id,
                period=reach.period.label,
                since=reach.period.start,
                until=reach.period.end,
                as_of=reach.as_of,
                raw=raw,
                rows=rows,
                exported_at=now,
            )
        )
        audit.note(
            session,
            reach.workspace_id,
            reach.viewer.person_id,
            AuditAct.EXPORTED,
            now=now,
            team_id=team_id,
            what="workbook",
        )
