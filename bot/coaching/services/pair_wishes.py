"""What managers wish for a team's pairs: to pin one for a week, to block one for good, to swap two."""

from dataclasses import dataclass
from datetime import date, datetime

from bot.coaching.domain.plans import PairingPlan
from bot.coaching.services import pairing as pairings
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.people.domain.access import Subject
from bot.people.services import members, teams
from bot.people.services.members import Member
from storage.books import Books
from storage.queries.coaching import pair_wishes as queries
from storage.queries.coaching import pairing as pair_queries
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
    learner_id: int


@dataclass(frozen=True, slots=True)
class Couple:
    """Who a wish is about, by whom, for the pairs of a team and week."""

    by: Member
    team_id: int
    week: date
    coach: Member
    learner: Member


def couple(books: Books, by: Member, team_id: int, week: date, coach_id: int, learner_id: int) -> Couple:
    """Raises NotFound unless the learner is of the team, and BadInput for one and the same person."""
    coach, learner = (members.member(books, id) for id in (coach_id, learner_id))
    if coach.id == learner.id:
        raise BadInput(_("Nobody coaches themselves. Please choose somebody else."), field="coach")
    if teams.own(books, learner).id != team_id:
        raise NotFound(_("That person is not in this team any more."))
    return Couple(by, team_id, week, coach, learner)


def standing(books: Books, plan: PairingPlan) -> list[Wish]:
    """The pins of the plan's week and the blocks that concern its learners."""
    learners = {pair.learner.id for pair in plan.pairs} | plan.waiting.keys()
    rows = queries.of_managers(books, learners, plan.week)
    return [_wish(books, row) for row in rows]


def pin(books: Books, wanted: Couple) -> None:
    """This pair in that week, and it takes the place of a cycle that runs.

    Raises BadInput, and nothing is changed, where another manager's wish or a lasting rule stands against it: the
    later hears what stands.
    """
    pair_queries.lock_people(books, {wanted.coach.id, wanted.learner.id})
    _clear_own(books, wanted)
    books.session.add(_row(books.workspace_id, wanted, WishKind.PIN, books.now))
    books.session.flush()
    if pairings.refuses(books, wanted.team_id, wanted.week, _couple(wanted)):
        raise BadInput(_in_the_way(books, wanted), field="coach")


def lost_pins(books: Books, plan: PairingPlan) -> list[tuple[Wish, int]]:
    """Pins that do not hold as the week begins, each with the id of who hears of it.

    Pins of another team's learners, which this plan knows nothing of, are told as that team's week begins.
    """
    rows = [
        row
        for coach, learner in plan.refused
        if teams.own(books, members.member(books, learner)).id in (plan.team_id, None)
        for row in queries.of_managers(books, [learner], plan.week)
        if row.kind is WishKind.PIN and row.coach_id == coach
    ]
    return [(_wish(books, row), row.said_by_id) for row in rows if row.said_by_id is not None]


def block(books: Books, wanted: Couple) -> None:
    """Never this pair, until somebody removes the block. Raises BadInput where another manager has pinned it."""
    pair_queries.lock_people(books, {wanted.coach.id, wanted.learner.id})
    for row in _of_learner(books, wanted):
        same = (row.coach_id, row.learner_id) == _couple(wanted)
        if same and row.kind is WishKind.BLOCK:
            return
        if same and row.said_by_id != wanted.by.id:
            raise BadInput(_stands(books, row), field="coach")
        if same:
            books.session.delete(row)
    books.session.add(_row(books.workspace_id, wanted, WishKind.BLOCK, books.now))
    books.session.flush()


def swap(books: Books, plan: PairingPlan, by: Member, one: int, other: int) -> tuple[Couple, Couple]:
    """Two learners exchange their coaches of the plan, as two pins. Raises BadInput."""
    coach_of = {pair.learner.id: pair.coach.id for pair in plan.pairs}
    if one == other or one not in coach_of or other not in coach_of:
        raise BadInput(
            _("To swap, please choose two learners who each have a coach that week."), field="other"
        )
    made = (
        couple(books, by, plan.team_id, plan.week, coach_of[other], one),
        couple(books, by, plan.team_id, plan.week, coach_of[one], other),
    )
    for wanted in made:
        pin(books, wanted)
    return made


def remove(books: Books, wish_id: int) -> None:
    books.session.delete(_managers_own(books, wish_id))


def team_of(books: Books, wish_id: int) -> Subject:
    """The team of the learner whom a wish is about; raises NotFound for a wish that is gone or no manager's."""
    row = _managers_own(books, wish_id)
    learner = members.member(books, row.learner_id)
    return teams.own(books, learner).subject


def _managers_own(books: Books, wish_id: int) -> PairWish:
    row = queries.by_id(books, wish_id)
    if row is None or row.kind not in (WishKind.PIN, WishKind.BLOCK):
        raise NotFound(_("That wish is gone already."))
    return row


def _clear_own(books: Books, wanted: Couple) -> None:
    """One's own earlier pin of the learner gives way; another's wish about them does not."""
    for row in _of_learner(books, wanted):
        same = row.coach_id == wanted.coach.id
        if row.kind is WishKind.BLOCK and not same:
            continue
        if row.kind is WishKind.BLOCK or row.said_by_id != wanted.by.id:
            raise BadInput(_stands(books, row), field="coach")
        books.session.delete(row)
    books.session.flush()


def _of_learner(books: Books, wanted: Couple) -> list[PairWish]:
    return list(queries.of_managers(books, [wanted.learner.id], wanted.week))


def _in_the_way(books: Books, wanted: Couple) -> str:
    """Another manager's pin of the same coach is told; everything else may be private."""
    pins = queries.pins_of_coach(books, wanted.coach.id, wanted.week)
    others = [row for row in pins if row.said_by_id != wanted.by.id]
    told = _stands(books, others[0]) if others else SILENT
    free = pairings.instead(books, wanted.team_id, wanted.week, wanted.learner.id)
    if not free:
        return told
    names = ", ".join(one.name for one in free)
    return (
        told
        + " "
        + _("These could coach {learner} then: {coaches}.").format(learner=wanted.learner.name, coaches=names)
    )


def _stands(books: Books, row: PairWish) -> str:
    wish = _wish(books, row)
    text = (
        _("{by} has pinned {learner} with {coach} for that week, and that stands.")
        if wish.is_pin
        else _("{by} has blocked {coach} with {learner}, and that stands.")
    )
    told = text.format(by=wish.by or _("A manager"), coach=wish.coach, learner=wish.learner)
    return told + " " + _("Talk to each other; either of you can remove it in `/scorecard pairs`.")


def _wish(books: Books, row: PairWish) -> Wish:
    coach, learner = (members.member(books, id) for id in (row.coach_id, row.learner_id))
    by = members.member(books, row.said_by_id).name if row.said_by_id else None
    return Wish(row.id, row.kind is WishKind.PIN, coach.name, learner.name, by, learner.id)


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
