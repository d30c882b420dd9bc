"""At the end of four weeks a pair chooses whether to go on: both must want it."""

from dataclasses import dataclass
from datetime import timedelta

from bot.calendar.wallclock import local_date
from bot.coaching.services.pair_answers import KeptPair
from bot.core.coaching_enums import Helped
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.people.services import members
from bot.people.services.members import Member
from storage.books import Books, insert_once
from storage.queries.coaching import pairing as queries
from storage.tables import GoOn

_GONE = _("That question is gone, or it is not one of yours.")


@dataclass(frozen=True, slots=True)
class Choice:
    """`both` is None while a yes waits for the other's; `is_news`: this answer changed what comes of it."""

    id: int
    coach: Member
    learner: Member
    me: Member
    both: bool | None
    is_news: bool

    @property
    def other(self) -> Member:
        return self.learner if self.me.id == self.coach.id else self.coach


def ask(books: Books, pair: KeptPair) -> int | None:
    """The id of the choice that is put to both; None where it was put already."""
    week = pair.week + timedelta(weeks=1)
    row = GoOn(
        workspace_id=books.workspace_id,
        coach_id=pair.coach.id,
        learner_id=pair.learner.id,
        week=week,
        asked_at=books.now,
    )
    if not insert_once(books.session, row):
        return None
    kept = queries.choice_of_couple(books, pair.coach.id, pair.learner.id, week)
    return kept.id if kept else None


def say(books: Books, person_id: int, choice_id: int, *, yes: bool) -> Choice:
    """One of the two answers, or answers anew until the week begins; raises BadInput after, NotFound to strangers."""
    row = _own(books, person_id, choice_id)
    coach, learner = (members.member(books, id) for id in (row.coach_id, row.learner_id))
    if local_date(books.now, learner.zone) >= row.week:
        raise BadInput(_("The next pairs are made already; your answer comes too late to change them."))
    before = _both(row)
    if person_id == row.coach_id:
        row.coach_says = yes
    else:
        row.learner_says = yes
    both = _both(row)
    me = coach if person_id == coach.id else learner
    return Choice(row.id, coach, learner, me, both, both is not before)


def say_what_helped(books: Books, learner_id: int, choice_id: int, helped: Helped) -> None:
    """The learner's answer, or another one; raises NotFound to anybody else."""
    row = _own(books, learner_id, choice_id)
    if row.learner_id != learner_id:
        raise NotFound(_GONE)
    row.helped = helped


def _own(books: Books, person_id: int, choice_id: int) -> GoOn:
    """Held by this transaction."""
    row = queries.claim_choice(books, choice_id)
    if row is None or person_id not in (row.coach_id, row.learner_id):
        raise NotFound(_GONE)
    return row


def _both(row: GoOn) -> bool | None:
    said = (row.coach_says, row.learner_says)
    if False in said:
        return False
    return None if None in said else True
