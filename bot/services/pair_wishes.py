"""What managers wish for a team's pairs: to pin one for a week, to block one for good, to swap two."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from bot.domain.access import Subject
from bot.domain.plans import PairingPlan
from bot.errors import BadInput, NotFound
from bot.language import gettext as _
from bot.services import floors, members, pairings
from bot.services.members import Member
from storage.queries import pairings as pair_queries
from storage.queries import wishes as queries
from storage.tables import PairWish, WishKind

SILENT = _(
    "That pair cannot be made. I keep the reason to myself: it may be leave, places that are taken, or what "
    "somebody chose for themselves."
)


@dataclass(frozen=True, slots=True)
class Wish:
    """A pin or a block as a manager reads it; `by` is None for who left."""

    id: int
    is_pin: bool
    coach: str
    learner: str
    by: str | None


@dataclass(frozen=True, slots=True)
class Couple:
    """Who a wish is about, by whom, for the pairs of a team and week."""

    by: Member
    team_id: int
    week: date
    coach: Member
    learner: Member


def couple(
    session: Session,
    workspace_id: int,
    by: Member,
    team_id: int,
    week: date,
    coach_id: int,
    learner_id: int,
    *,
    now: datetime,
) -> Couple:
    """Raises NotFound unless the learner is of the team, and BadInput for one and the same person."""
    coach, learner = (members.member(session, workspace_id, id, now=now) for id in (coach_id, learner_id))
    if coach.id == learner.id:
        raise BadInput(_("Nobody coaches themselves. Please choose somebody else."), field="coach")
    if floors.own(session, workspace_id, learner, now=now).id != team_id:
        raise NotFound(_("That person is not in this team any more."))
    return Couple(by, team_id, week, coach, learner)


def standing(session: Session, plan: PairingPlan, *, now: datetime) -> list[Wish]:
    """The pins of the plan's week and the blocks that concern its learners."""
    learners = {pair.learner.id for pair in plan.pairs} | plan.waiting.keys()
    rows = queries.of_managers(session, plan.workspace_id, learners, plan.week)
    return [_wish(session, row, now) for row in rows]


def pin(session: Session, workspace_id: int, wanted: Couple, *, now: datetime) -> None:
    """This pair in that week, and it takes the place of a cycle that runs.

    Raises BadInput, and nothing is changed, where another manager's wish or a lasting rule stands against it: the
    later hears what stands.
    """
    pair_queries.lock_people(session, workspace_id, {wanted.coach.id, wanted.learner.id})
    _clear_own(session, workspace_id, wanted, now=now)
    session.add(_row(workspace_id, wanted, WishKind.PIN, now))
    session.flush()
    if pairings.refuses(session, workspace_id, wanted.team_id, wanted.week, _couple(wanted)):
        raise BadInput(_in_the_way(session, workspace_id, wanted, now), field="coach")


def block(session: Session, workspace_id: int, wanted: Couple, *, now: datetime) -> None:
    """Never this pair, until somebody removes the block. Raises BadInput where another manager has pinned it."""
    pair_queries.lock_people(session, workspace_id, {wanted.coach.id, wanted.learner.id})
    for row in _of_learner(session, workspace_id, wanted):
        same = (row.coach_id, row.learner_id) == _couple(wanted)
        if same and row.kind is WishKind.BLOCK:
            return
        if same and row.said_by_id != wanted.by.id:
            raise BadInput(_stands(session, row, now), field="coach")
        if same:
            session.delete(row)
    session.add(_row(workspace_id, wanted, WishKind.BLOCK, now))
    session.flush()


def swap(
    session: Session, workspace_id: int, plan: PairingPlan, by: Member, one: int, other: int, *, now: datetime
) -> tuple[Couple, Couple]:
    """Two learners exchange their coaches of the plan, as two pins. Raises BadInput."""
    coach_of = {pair.learner.id: pair.coach.id for pair in plan.pairs}
    if one == other or one not in coach_of or other not in coach_of:
        raise BadInput(
            _("To swap, please choose two learners who each have a coach that week."), field="other"
        )
    made = (
        couple(session, workspace_id, by, plan.team_id, plan.week, coach_of[other], one, now=now),
        couple(session, workspace_id, by, plan.team_id, plan.week, coach_of[one], other, now=now),
    )
    for wanted in made:
        pin(session, workspace_id, wanted, now=now)
    return made


def remove(session: Session, workspace_id: int, wish_id: int) -> None:
    row = _managers_own(session, workspace_id, wish_id)
    session.delete(row)


def team_of(session: Session, workspace_id: int, wish_id: int, *, now: datetime) -> Subject:
    """The team of the learner whom a wish is about; raises NotFound for a wish that is gone or no manager's."""
    row = _managers_own(session, workspace_id, wish_id)
    learner = members.member(session, workspace_id, row.learner_id, now=now)
    return floors.own(session, workspace_id, learner, now=now).subject


def _managers_own(session: Session, workspace_id: int, wish_id: int) -> PairWish:
    row = queries.by_id(session, workspace_id, wish_id)
    if row is None or row.kind not in (WishKind.PIN, WishKind.BLOCK):
        raise NotFound(_("That wish is gone already."))
    return row


def _clear_own(session: Session, workspace_id: int, wanted: Couple, *, now: datetime) -> None:
    """One's own earlier pin of the learner gives way; another's wish about them does not."""
    for row in _of_learner(session, workspace_id, wanted):
        same = row.coach_id == wanted.coach.id
        if row.kind is WishKind.BLOCK and not same:
            continue
        if row.kind is WishKind.BLOCK or row.said_by_id != wanted.by.id:
            raise BadInput(_stands(session, row, now), field="coach")
        session.delete(row)
    session.flush()


def _of_learner(session: Session, workspace_id: int, wanted: Couple) -> list[PairWish]:
    return list(queries.of_managers(session, workspace_id, [wanted.learner.id], wanted.week))


def _in_the_way(session: Session, workspace_id: int, wanted: Couple, now: datetime) -> str:
    """Another manager's pin of the same coach is told; everything else may be private."""
    pins = queries.pins_of_coach(session, workspace_id, wanted.coach.id, wanted.week)
    others = [row for row in pins if row.said_by_id != wanted.by.id]
    return _stands(session, others[0], now) if others else SILENT


def _stands(session: Session, row: PairWish, now: datetime) -> str:
    wish = _wish(session, row, now)
    text = (
        _("{by} has pinned {learner} with {coach} for that week, and that stands.")
        if wish.is_pin
        else _("{by} has blocked {coach} with {learner}, and that stands.")
    )
    told = text.format(by=wish.by or _("A manager"), coach=wish.coach, learner=wish.learner)
    return told + " " + _("Talk to each other; either of you can remove it in `/scorecard pairs`.")


def _wish(session: Session, row: PairWish, now: datetime) -> Wish:
    coach, learner = (
        members.member(session, row.workspace_id, id, now=now) for id in (row.coach_id, row.learner_id)
    )
    by = members.member(session, row.workspace_id, row.said_by_id, now=now).name if row.said_by_id else None
    return Wish(row.id, row.kind is WishKind.PIN, coach.name, learner.name, by)


def _row(workspace_id: int, wanted: Couple, kind: WishKind, now: datetime) -> PairWish:
    return PairWish(
        workspace_id=workspace_id,
        kind=kind,
        coach_id=wanted.coach.id,
        learner_id=wanted.learner.id,
        week=wanted.week if kind is WishKind.PIN else None,
        said_by_id=wanted.by.id,
        said_at=now,
    )


def _couple(wanted: Couple) -> tuple[int, int]:
    return wanted.coach.id, wanted.learner.id
