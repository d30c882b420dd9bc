"""What a coach and a learner say to their pair: yes, no, and "we met"."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlmodel import Session

from bot.domain import sessions as rules
from bot.domain.wallclock import local_date
from bot.errors import BadInput, NotAllowed, NotFound
from bot.language import gettext as _
from bot.services import commitments, members
from bot.services.members import Member
from bot.words import Metric, PairingStatus
from storage.queries import pairings as queries
from storage.queries import sessions
from storage.queries.inbox import insert_once
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


def of(session: Session, workspace_id: int, person_id: int, pairing_id: int, *, now: datetime) -> KeptPair:
    """The person's own pair; raises NotFound alike for none and for somebody else's."""
    row = queries.by_id(session, workspace_id, pairing_id)
    return _seen(session, _theirs(row, person_id), person_id, now)


def accept(
    session: Session, workspace_id: int, person_id: int, pairing_id: int, *, now: datetime
) -> Answered:
    """The learner's yes: it shares the week's debriefs with the coach, who said yes by opting in."""
    row = _own(session, workspace_id, person_id, pairing_id)
    if row.learner_id != person_id:
        raise NotAllowed(_("You said yes when you offered to coach. This yes is for the learner to say."))
    _still_open(row, now)
    is_new = row.status is PairingStatus.PROPOSED
    if is_new:
        row.status = PairingStatus.ACCEPTED
    return Answered(_seen(session, row, person_id, now), is_new)


def decline(
    session: Session, workspace_id: int, person_id: int, pairing_id: int, *, now: datetime
) -> Answered:
    """Either side's no, without a reason; the couple rests for some weeks."""
    row = _own(session, workspace_id, person_id, pairing_id)
    is_new = row.status is not PairingStatus.DECLINED
    if is_new:
        _still_open(row, now)
        _call_off(session, row, person_id, now)
    declines = queries.declines(session, workspace_id, row.learner_id, row.week)
    return Answered(_seen(session, row, person_id, now), is_new, may_match_anew=is_new and declines == 1)


def call_off_broken(session: Session, workspace_id: int, *, now: datetime) -> list[KeptPair]:
    """Call off this week's pairs of which somebody left the team's roster; seen from the one who is still here."""
    today = now.date()
    monday = today - timedelta(days=today.weekday())
    called_off = []
    for row in queries.without_somebody(session, workspace_id, monday, monday, today):
        held = queries.claim(session, workspace_id, row.id)
        coach = members.member(session, workspace_id, row.coach_id, now=now)
        if held is not None and held.status not in OVER:
            _call_off(session, held, None, now)
            called_off.append(_seen(session, held, held.learner_id if not coach.roles else coach.id, now))
    return called_off


def meeting_of(session: Session, workspace_id: int, pairing_id: int) -> Meeting:
    held = sessions.by_key(session, workspace_id, _key(pairing_id))
    return Meeting(held.minutes, held.commitment, held.rating) if held else Meeting()


def met(
    session: Session,
    workspace_id: int,
    person_id: int,
    pairing_id: int,
    *,
    minutes: int,
    commitment: str,
    rating: int | None,
    now: datetime,
) -> Answered:
    """Write the meeting down, once a week and pair: the other side may add to it. The rating is the learner's."""
    row = _own(session, workspace_id, person_id, pairing_id)
    if row.status is PairingStatus.DECLINED:
        raise BadInput(_("This pair was called off, so there is no meeting to write down."))
    if minutes not in rules.MINUTES:
        raise BadInput(_("Please give whole minutes, from 1 to 480."), field="minutes")
    held = sessions.by_key(session, workspace_id, _key(pairing_id))
    is_new = held is None
    held = held or _begun(row, _held_on(session, row, now))
    promised = commitment.strip() or held.commitment
    if held.kept is not None and promised != held.commitment:
        raise BadInput(
            _("It has been said whether this commitment was kept, so its words stay as they are."),
            field="commitment",
        )
    held.minutes, held.commitment = minutes, promised
    if person_id == row.learner_id:
        held.rating = rating if rating is not None else held.rating
    row.status = PairingStatus.MET
    session.add(held)
    session.flush()
    commitments.follow_session(session, workspace_id, held.id, now=now)
    return Answered(_seen(session, row, person_id, now), is_new)


def _call_off(session: Session, row: Pairing, by: int | None, now: datetime) -> None:
    row.status = PairingStatus.DECLINED
    wish = PairWish(
        workspace_id=row.workspace_id,
        kind=WishKind.DECLINED,
        coach_id=row.coach_id,
        learner_id=row.learner_id,
        week=row.week,
        said_by_id=by,
        said_at=now,
    )
    insert_once(session, wish)


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


def _held_on(session: Session, row: Pairing, now: datetime) -> date:
    """Today, by the learner's wall."""
    learner = members.member(session, row.workspace_id, row.learner_id, now=now)
    return local_date(now, learner.zone)


def _key(pairing_id: int) -> str:
    return f"pairing {pairing_id}"


def _own(session: Session, workspace_id: int, person_id: int, pairing_id: int) -> Pairing:
    """Held by this transaction, so that two answers come one after the other."""
    return _theirs(queries.claim(session, workspace_id, pairing_id), person_id)


def _theirs(row: Pairing | None, person_id: int) -> Pairing:
    if row is None or person_id not in (row.coach_id, row.learner_id):
        raise NotFound(_("That pair is gone, or it is not one of yours."))
    return row


def _still_open(row: Pairing, now: datetime) -> None:
    if row.status in OVER:
        raise BadInput(_("You have met already, so this pair stands."))
    if row.status is PairingStatus.DECLINED:
        raise BadInput(_("This pair was called off already."))
    if now.date() > row.week + timedelta(days=7):
        raise BadInput(_("That week is over. A new pair comes with the next digest."))


def _seen(session: Session, row: Pairing, person_id: int, now: datetime) -> KeptPair:
    coach, learner = (
        members.member(session, row.workspace_id, id, now=now) for id in (row.coach_id, row.learner_id)
    )
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
