"""What a coach and a learner say to their pair: yes, no, and "we met"."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.calendar.wallclock import local_date
from bot.calendar.working_hours import next_start
from bot.coaching.domain import sessions as rules
from bot.coaching.domain.week import UNDO, monday_of
from bot.coaching.services import commitments
from bot.core.enums import CALLED_OFF, Metric, PairingStatus
from bot.core.errors import BadInput, NotAllowed, NotFound
from bot.core.i18n import gettext as _
from bot.people.services import calendars, members
from bot.people.services.members import Member
from storage.books import Books, insert_once
from storage.queries.coaching import pairing as queries
from storage.queries.coaching import sessions
from storage.tables import CoachingSession, Pairing, PairWish, WishKind

OVER = (PairingStatus.MET, PairingStatus.MISSED)


@dataclass(frozen=True, slots=True)
class KeptPair:
    """A pair as it stands. `me` asks, `other` is the one on the other side."""

    id: int
    week: date
    metric: Metric
    reason: str
    status: PairingStatus
    coach: Member
    learner: Member
    me: Member

    @property
    def other(self) -> Member:
        return self.learner if self.me.id == self.coach.id else self.coach

    @property
    def i_coach(self) -> bool:
        return self.me.id == self.coach.id


@dataclass(frozen=True, slots=True)
class Meeting:
    """What the pair has written down of its meeting so far."""

    minutes: int = 30
    commitment: str = ""
    rating: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """`is_new`: the answer changed something; a second click of the same button does not.

    `may_match_anew`: it was the learner's first decline of the week, so another coach is looked for.
    """

    pair: KeptPair
    is_new: bool
    may_match_anew: bool = False


def kept_pair(books: Books, person_id: int, pairing_id: int) -> KeptPair:
    """The person's own pair; raises NotFound alike for none and for somebody else's."""
    row = queries.by_id(books, pairing_id)
    return _seen(books, _theirs(row, person_id), person_id)


def accept(books: Books, person_id: int, pairing_id: int) -> Answered:
    """The learner's yes, with which their first week begins; the coach said yes by opting in.

    From a yes on the last working day of a week on it is the next one, so that there is time to meet.
    """
    row = _own(books, person_id, pairing_id)
    if row.learner_id != person_id:
        raise NotAllowed(_("You said yes when you offered to coach. This yes is for the learner to say."))
    _still_open(row, books.now)
    if row.no_stands_at is not None:
        raise BadInput(_called_off())
    is_new = row.status is PairingStatus.PROPOSED
    if is_new:
        row.status = PairingStatus.ACCEPTED
        row.week = max(row.week, _first_week(books, members.member(books, row.learner_id)))
    return Answered(_seen(books, row, person_id), is_new)


def say_no(books: Books, person_id: int, pairing_id: int) -> Answered:
    """Either side's no, which stands after five minutes (`noes_that_stand`) and may be taken back until then."""
    row = _own(books, person_id, pairing_id)
    is_new = row.status is not PairingStatus.DECLINED and row.no_stands_at is None
    if is_new:
        _still_open(row, books.now)
        row.no_stands_at, row.coach_said_no = books.now + UNDO, person_id == row.coach_id
    is_first = queries.declines(books, row.learner_id, row.week) == 0
    return Answered(_seen(books, row, person_id), is_new, may_match_anew=is_new and is_first)


def take_back(books: Books, person_id: int, pairing_id: int) -> KeptPair:
    """The pair as it was before the person's no; raises BadInput where that stands already."""
    row = _own(books, person_id, pairing_id)
    if row.no_stands_at is None or books.now >= row.no_stands_at:
        raise BadInput(_("That can be undone no more: it was undone already, or five minutes are over."))
    if row.coach_said_no != (person_id == row.coach_id):
        raise BadInput(_called_off())
    row.no_stands_at = None
    return _seen(books, row, person_id)


def noes_that_stand(books: Books) -> list[tuple[int, int]]:
    """The person and the pair of each no that can be taken back no longer and was not acted on yet."""
    late = queries.noes_until(books, books.now)
    return [(row.coach_id if row.coach_said_no else row.learner_id, row.id) for row in late]


def decline(books: Books, person_id: int, pairing_id: int) -> Answered:
    """Either side's no for good, without a reason; the couple rests for some weeks."""
    row = _own(books, person_id, pairing_id)
    row.no_stands_at = None
    is_new = row.status is not PairingStatus.DECLINED
    if is_new:
        _still_open(row, books.now)
        end(books, row, person_id)
    declines = queries.declines(books, row.learner_id, row.week)
    return Answered(_seen(books, row, person_id), is_new, may_match_anew=is_new and declines == 1)


def meeting_of(books: Books, pairing_id: int) -> Meeting:
    held = sessions.by_key(books, _key(pairing_id))
    return Meeting(held.minutes, held.commitment, held.rating) if held else Meeting()


def met(
    books: Books, person_id: int, pairing_id: int, *, minutes: int, commitment: str, rating: int | None
) -> Answered:
    """Write the meeting down, once a week and pair: the other side may add to it. The rating is the learner's."""
    row = _own(books, person_id, pairing_id)
    if row.status in CALLED_OFF:
        raise BadInput(_("This pair was called off, so there is no meeting to write down."))
    if minutes not in rules.MINUTES:
        raise BadInput(_("Please give whole minutes, from 1 to 480."), field="minutes")
    held = sessions.by_key(books, _key(pairing_id))
    is_new = held is None
    held = held or _begun(row, _held_on(books, row))
    promised = commitment.strip() or held.commitment
    if held.kept is not None and promised != held.commitment:
        raise BadInput(
            _("It has been said whether this commitment was kept, so its words stay as they are."),
            field="commitment",
        )
    held.minutes, held.commitment = minutes, promised
    if person_id == row.learner_id:
        held.rating = rating if rating is not None else held.rating
        held.confirmed = True
    row.status = PairingStatus.MET
    books.session.add(held)
    books.session.flush()
    commitments.follow_session(books, held.id)
    return Answered(_seen(books, row, person_id), is_new)


def end(books: Books, row: Pairing, by: int | None = None) -> bool:
    """The couple goes on no more; a week in which they met stays as it was. False where that was so already."""
    if row.status not in OVER:
        row.status = PairingStatus.DECLINED
    wish = PairWish(
        workspace_id=row.workspace_id,
        kind=WishKind.DECLINED,
        coach_id=row.coach_id,
        learner_id=row.learner_id,
        week=row.week,
        said_by_id=by,
        said_at=books.now,
    )
    return insert_once(books.session, wish)


def _begun(row: Pairing, held_on: date) -> CoachingSession:
    return CoachingSession(
        workspace_id=row.workspace_id,
        session_key=_key(row.id),
        coach_id=row.coach_id,
        learner_id=row.learner_id,
        metric=row.metric,
        held_on=held_on,
        due_on=rules.due_on(held_on),
    )


def _held_on(books: Books, row: Pairing) -> date:
    """Today, by the learner's wall."""
    learner = members.member(books, row.learner_id)
    return local_date(books.now, learner.zone)


def _first_week(books: Books, learner: Member) -> date:
    """Of the first whole working day that is still ahead of the learner."""
    today = local_date(books.now, learner.zone)
    ahead = next_start(calendars.hours_of(books, learner), today + timedelta(days=1))
    return monday_of(local_date(ahead, learner.zone) if ahead else today)


def _key(pairing_id: int) -> str:
    return f"pairing {pairing_id}"


def _own(books: Books, person_id: int, pairing_id: int) -> Pairing:
    """Held by this transaction, so that two answers come one after the other."""
    return _theirs(queries.claim(books, pairing_id), person_id)


def _theirs(row: Pairing | None, person_id: int) -> Pairing:
    if row is None or person_id not in (row.coach_id, row.learner_id):
        raise NotFound(_("That pair is gone, or it is not one of yours."))
    return row


def _called_off() -> str:
    return _("This pair was called off already.")


def _still_open(row: Pairing, now: datetime) -> None:
    if row.status in OVER:
        raise BadInput(_("You have met already, so this pair stands."))
    if row.status is PairingStatus.DECLINED:
        raise BadInput(_called_off())
    if row.status is PairingStatus.LAPSED:
        raise BadInput(
            _("Nobody answered in time, so the place went on. I propose a pair again in three weeks.")
        )
    if now.date() > row.week + timedelta(days=7):
        raise BadInput(_("That week is over. The next pairs are made when a week begins."))


def _seen(books: Books, row: Pairing, person_id: int) -> KeptPair:
    coach, learner = (members.member(books, id) for id in (row.coach_id, row.learner_id))
    return KeptPair(
        id=row.id,
        week=row.week,
        metric=row.metric,
        reason=row.reason,
        status=row.status,
        coach=coach,
        learner=learner,
        me=coach if person_id == row.coach_id else learner,
    )
