"""What a rep says is wrong with a figure, and what those who lead answer; both are kept."""

from datetime import datetime, timedelta

from sqlmodel import Session

from bot.domain.access import Action, Subject, Viewer, may, require
from bot.domain.behind import FigureId
from bot.domain.disputes import Disputed
from bot.errors import BadInput, NotAllowed, NotFound
from bot.language import gettext as _
from bot.services import floors, members
from bot.services.members import Member
from bot.words import DisputeStatus
from storage.queries import disputes as queries
from storage.tables import Dispute

_DAY = timedelta(days=1)


def submit(
    session: Session, workspace_id: int, figure: FigureId, text: str, *, now: datetime
) -> tuple[Disputed, bool]:
    """Keep the rep's objection; the second is False where the very same is open already."""
    said = _of_figure(workspace_id, figure, text, now)
    known = [one for one in queries.of_person(session, workspace_id, figure.person_id) if _is_same(one, said)]
    if known:
        return _disputed(session, known[0], now), False
    session.add(said)
    session.flush()
    return _disputed(session, said, now), True


def answering(session: Session, workspace_id: int, rep: Member, *, now: datetime) -> list[int]:
    """Who is asked: the managers of the rep's team, or, where nobody else leads it, the admins."""
    floor = floors.own(session, workspace_id, rep, now=now)
    managers = members.managers_of(session, workspace_id, floor.id, now=now) if floor.id is not None else []
    others = [manager.id for manager in managers if manager.id != rep.id]
    return others or [id for id in queries.admins(session, workspace_id) if id != rep.id]


def still_open(session: Session, workspace_id: int, viewer: Viewer, *, now: datetime) -> list[Disputed]:
    """Those that the viewer is to answer, the oldest first."""
    found = [_disputed(session, row, now) for row in queries.still_open(session, workspace_id)]
    return [
        one
        for one in found
        if one.rep_id != viewer.person_id
        and may(viewer, Action.ANSWER_DISPUTE, _subject(session, workspace_id, one.rep_id, now))
    ]


def own(session: Session, workspace_id: int, person_id: int, *, now: datetime) -> list[Disputed]:
    """The newest first."""
    return [_disputed(session, row, now) for row in queries.of_person(session, workspace_id, person_id)]


def to_answer(
    session: Session, workspace_id: int, viewer: Viewer, dispute_id: int, *, now: datetime
) -> Disputed:
    """An open dispute; raises NotAllowed unless the viewer may answer it."""
    return _disputed(session, _open_row(session, workspace_id, viewer, dispute_id, now), now)


def answer(
    session: Session,
    workspace_id: int,
    viewer: Viewer,
    dispute_id: int,
    *,
    status: DisputeStatus,
    text: str,
    now: datetime,
) -> Disputed:
    row = _open_row(session, workspace_id, viewer, dispute_id, now)
    row.status, row.answer, row.answered_at = status, text, now
    return _disputed(session, row, now)


def _open_row(session: Session, workspace_id: int, viewer: Viewer, dispute_id: int, now: datetime) -> Dispute:
    row = queries.by_id(session, workspace_id, dispute_id)
    if row is None:
        raise NotFound(_("That dispute is not there any more."))
    require(viewer, Action.ANSWER_DISPUTE, _subject(session, workspace_id, row.person_id, now))
    if row.person_id == viewer.person_id:
        raise NotAllowed(_("What you say about your own figure is for somebody else to answer."))
    if row.status is not DisputeStatus.OPEN:
        raise BadInput(_("Somebody has answered this already, and the rep has heard it."))
    return row


def _subject(session: Session, workspace_id: int, rep_id: int, now: datetime) -> Subject:
    rep = members.member(session, workspace_id, rep_id, now=now)
    floor = floors.own(session, workspace_id, rep, now=now)
    return Subject(person_id=rep.id, team_ids=floor.subject.team_ids)


def _of_figure(workspace_id: int, figure: FigureId, text: str, now: datetime) -> Dispute:
    return Dispute(
        workspace_id=workspace_id,
        person_id=figure.person_id,
        metric=figure.metric,
        first_day=figure.first,
        last_day=figure.beyond - _DAY,
        text=text,
        said_at=now,
    )


def _is_same(one: Dispute, other: Dispute) -> bool:
    def told(row: Dispute) -> tuple[object, ...]:
        return row.metric, row.first_day, row.last_day, row.text, row.status

    return told(one) == told(other)


def _disputed(session: Session, row: Dispute, now: datetime) -> Disputed:
    return Disputed(
        id=row.id,
        rep_id=row.person_id,
        rep_name=members.member(session, row.workspace_id, row.person_id, now=now).name,
        metric=row.metric,
        first_day=row.first_day,
        last_day=row.last_day,
        text=row.text,
        said_at=row.said_at,
        status=row.status,
        answer=row.answer,
    )
