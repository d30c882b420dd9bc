"""What a rep says is wrong with a figure, and what those who lead answer; both are kept."""

from datetime import datetime, timedelta

from bot.core.enums import DisputeStatus
from bot.core.errors import BadInput, NotAllowed, NotFound
from bot.core.i18n import gettext as _
from bot.people.domain.access import Right, Subject, Viewer, may, require
from bot.people.services import members, teams
from bot.people.services.members import Member
from bot.scorecards.domain.drilldown import Disputed, FigureId
from storage.books import Books
from storage.queries.scorecards import disputes as queries
from storage.tables import Dispute

_DAY = timedelta(days=1)


def submit(books: Books, figure: FigureId, text: str) -> tuple[Disputed, bool]:
    """Keep the rep's objection; the second is False where the very same is open already."""
    said = _of_figure(books.workspace_id, figure, text, books.now)
    known = [one for one in queries.of_person(books, figure.person_id) if _is_same(one, said)]
    if known:
        return _disputed(books, known[0]), False
    books.session.add(said)
    books.session.flush()
    return _disputed(books, said), True


def answering(books: Books, rep: Member) -> list[int]:
    """Who is asked: the managers of the rep's team, or, where nobody else leads it, the admins."""
    floor = teams.own(books, rep)
    managers = members.managers_of(books, floor.id) if floor.id is not None else []
    others = [manager.id for manager in managers if manager.id != rep.id]
    return others or [id for id in queries.admins(books) if id != rep.id]


def still_open(books: Books, viewer: Viewer) -> list[Disputed]:
    """Those that the viewer is to answer, the oldest first."""
    found = [_disputed(books, row) for row in queries.still_open(books)]
    return [
        one
        for one in found
        if one.rep_id != viewer.person_id and may(viewer, Right.ANSWER_DISPUTE, _subject(books, one.rep_id))
    ]


def own(books: Books, person_id: int) -> list[Disputed]:
    """The newest first."""
    return [_disputed(books, row) for row in queries.of_person(books, person_id)]


def to_answer(books: Books, viewer: Viewer, dispute_id: int) -> Disputed:
    """An open dispute; raises NotAllowed unless the viewer may answer it."""
    return _disputed(books, _open_row(books, viewer, dispute_id))


def answer(books: Books, viewer: Viewer, dispute_id: int, *, status: DisputeStatus, text: str) -> Disputed:
    row = _open_row(books, viewer, dispute_id)
    row.status, row.answer, row.answered_at = status, text, books.now
    return _disputed(books, row)


def _open_row(books: Books, viewer: Viewer, dispute_id: int) -> Dispute:
    row = queries.by_id(books, dispute_id)
    if row is None:
        raise NotFound(_("That dispute is not there any more."))
    require(viewer, Right.ANSWER_DISPUTE, _subject(books, row.person_id))
    if row.person_id == viewer.person_id:
        raise NotAllowed(_("What you say about your own figure is for somebody else to answer."))
    if row.status is not DisputeStatus.OPEN:
        raise BadInput(_("Somebody has answered this already, and the rep has heard it."))
    return row


def _subject(books: Books, rep_id: int) -> Subject:
    rep = members.member(books, rep_id)
    floor = teams.own(books, rep)
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


def _disputed(books: Books, row: Dispute) -> Disputed:
    return Disputed(
        id=row.id,
        rep_id=row.person_id,
        rep_name=members.member(books, row.person_id).name,
        metric=row.metric,
        first_day=row.first_day,
        last_day=row.last_day,
        text=row.text,
        said_at=row.said_at,
        status=row.status,
        answer=row.answer,
    )
