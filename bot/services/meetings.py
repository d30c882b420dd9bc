"""A pair's week: its meeting is opened once, proposed in hours that both work, and asked about once."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlmodel import Session

from bot.domain import meetings as rules
from bot.domain.cycles import CYCLE
from bot.domain.hours import WorkHours, next_open
from bot.domain.wallclock import local_date, start_of_day
from bot.errors import BadInput
from bot.language import gettext as _
from bot.services import calendars, members, pair_answers, pairing_rules
from bot.services.members import Member
from bot.services.pair_answers import KeptPair
from bot.words import PairingStatus
from storage.queries import meetings as queries
from storage.queries import pairings as pair_queries
from storage.queries.inbox import insert_once
from storage.tables import Meeting, Pairing

LAST_WEEK = CYCLE // timedelta(weeks=1)
_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class ToOpen:
    pairing_id: int
    slack_users: tuple[str, ...]
    """Of those of the two who are in Slack."""


@dataclass(frozen=True, slots=True)
class Planned:
    """A pair's meeting. `starts_at` is None where no half hour suits both; `week_of` counts from 1 to 4."""

    pair: KeptPair
    starts_at: datetime | None
    week_of: int
    channel: str | None


def to_open(session: Session, workspace_id: int, *, now: datetime) -> list[ToOpen]:
    """Agreed pairs of the running week whose learner is at work and whose meeting was not opened yet."""
    today = now.date()
    found = []
    for row in queries.to_open(session, workspace_id, today - _WEEK, today + timedelta(days=1)):
        coach, learner = _both(session, row, now)
        if _is_this_week(row, learner, now) and _is_at_work(session, workspace_id, learner, now):
            there = tuple(one.slack_user_id for one in (coach, learner) if one.slack_user_id)
            found.append(ToOpen(row.id, there))
    return found


def open_(
    session: Session, workspace_id: int, pairing_id: int, channel: str | None, *, now: datetime
) -> Planned | None:
    """Claim the week's meeting and propose a time; None where somebody was quicker, or the pair is off."""
    row = pair_queries.claim(session, workspace_id, pairing_id)
    if row is None or row.status is not PairingStatus.ACCEPTED:
        return None
    pair_queries.lock_people(session, workspace_id, {row.coach_id, row.learner_id})
    starts_at, ask_at, week_of = _plan(session, row, now)
    meeting = Meeting(
        workspace_id=workspace_id,
        pairing_id=row.id,
        coach_id=row.coach_id,
        opened_at=now,
        starts_at=starts_at,
        ask_at=ask_at,
        channel=channel,
    )
    if not insert_once(session, meeting):
        return None
    pair = pair_answers.of(session, workspace_id, row.learner_id, row.id, now=now)
    return Planned(pair, starts_at, week_of, channel)


def to_ask(session: Session, workspace_id: int, *, now: datetime) -> list[int]:
    return list(queries.to_ask(session, workspace_id, now=now))


def ask(session: Session, workspace_id: int, meeting_id: int, *, now: datetime) -> Planned | None:
    """Claim the question whether they met; None where there is nothing to ask, or not yet.

    In the fourth week it is asked together with whether they go on.
    """
    meeting = queries.claim(session, workspace_id, meeting_id)
    if meeting is None or meeting.ask_at is None or meeting.asked_at is not None:
        return None
    row = pair_queries.by_id(session, workspace_id, meeting.pairing_id)
    week_of = _week_of(session, row, now) if row else 0
    is_open = row is not None and row.coach_id == meeting.coach_id and _asks(row.status, week_of)
    if row is None or not is_open or now - (meeting.starts_at or meeting.opened_at) > rules.STALE:
        meeting.ask_at = None
        return None
    learner = members.member(session, workspace_id, row.learner_id, now=now)
    when = _when_to_ask(session, workspace_id, learner, now, is_last=week_of == LAST_WEEK)
    if when is None or when > now:
        meeting.ask_at = when
        return None
    meeting.asked_at = now
    pair = pair_answers.of(session, workspace_id, row.learner_id, row.id, now=now)
    return Planned(pair, meeting.starts_at, week_of, meeting.channel)


def move(
    session: Session,
    workspace_id: int,
    person_id: int,
    pairing_id: int,
    starts_at: datetime | None,
    *,
    now: datetime,
) -> Planned:
    """Either of the two names another time; raises BadInput for one that is past or beyond next week."""
    pair = pair_answers.of(session, workspace_id, person_id, pairing_id, now=now)
    if starts_at is None or not now <= starts_at < now + 2 * _WEEK:
        raise BadInput(_("Please pick a time that is still ahead, within two weeks."), field="meets_at")
    meeting = _opened(session, workspace_id, pair)
    learner = calendars.hours_of(session, workspace_id, pair.learner, now=now)
    meeting.starts_at = starts_at
    if meeting.asked_at is None:
        meeting.ask_at = rules.ask_about(starts_at, learner)
    row = pair_queries.by_id(session, workspace_id, pairing_id)
    return Planned(pair, starts_at, _week_of(session, row, now) if row else 1, meeting.channel)


def planned_for(session: Session, workspace_id: int, pair: KeptPair) -> datetime | None:
    """When the two are to meet."""
    meeting = queries.of_pair(session, workspace_id, pair.id, pair.coach.id)
    return meeting.starts_at if meeting else None


def missed(
    session: Session, workspace_id: int, person_id: int, pairing_id: int, *, now: datetime
) -> KeptPair:
    """They did not meet that week; who wrote the meeting down meanwhile is right."""
    pair = pair_answers.of(session, workspace_id, person_id, pairing_id, now=now)
    row = pair_queries.claim(session, workspace_id, pairing_id)
    if row is not None and row.status in (PairingStatus.ACCEPTED, PairingStatus.PROPOSED):
        row.status = PairingStatus.MISSED
    return pair


def _plan(session: Session, row: Pairing, now: datetime) -> tuple[datetime | None, datetime | None, int]:
    """When they could meet, when to ask about it, and which week of their four it is."""
    coach, learner = (
        calendars.hours_of(session, row.workspace_id, one, now=now) for one in _both(session, row, now)
    )
    taken = queries.taken(session, row.workspace_id, {row.coach_id, row.learner_id}, since=now)
    until = start_of_day(row.week + _WEEK, learner.zone)
    starts_at = rules.propose(coach, learner, since=now + rules.NOTICE, until=until, taken=taken)
    ask_at = rules.ask_about(starts_at, learner) if starts_at else None
    week_of = _week_of(session, row, now)
    if week_of == LAST_WEEK:
        ask_at = rules.ask_about_going_on(ask_at, start_of_day(row.week, learner.zone), learner)
    return starts_at, ask_at, week_of


def _week_of(session: Session, row: Pairing, now: datetime) -> int:
    known = pairing_rules.known_cycles(session, row.workspace_id, row.week, learner_id=row.learner_id)
    return known.week_of.get((row.coach_id, row.learner_id), 1)


def _asks(status: PairingStatus, week_of: int) -> bool:
    if status is PairingStatus.ACCEPTED:
        return True
    return week_of == LAST_WEEK and status in (PairingStatus.MET, PairingStatus.MISSED)


def _when_to_ask(
    session: Session, workspace_id: int, learner: Member, now: datetime, *, is_last: bool
) -> datetime | None:
    """Within the learner's hours, a week after the last such question; the choice at the end cannot wait so long."""
    hours = calendars.hours_of(session, workspace_id, learner, now=now)
    last = queries.last_asked(session, workspace_id, learner.id)
    earliest = now if last is None or is_last else max(now, last + rules.BETWEEN_QUESTIONS)
    return next_open(hours, earliest)


def _opened(session: Session, workspace_id: int, pair: KeptPair) -> Meeting:
    found = queries.of_pair(session, workspace_id, pair.id, pair.coach.id)
    meeting = queries.claim(session, workspace_id, found.id) if found else None
    if meeting is None:
        raise BadInput(_("This pair has not begun yet."))
    return meeting


def _is_this_week(row: Pairing, learner: Member, now: datetime) -> bool:
    return row.week <= local_date(now, learner.zone) < row.week + _WEEK


def _is_at_work(session: Session, workspace_id: int, learner: Member, now: datetime) -> bool:
    hours: WorkHours = calendars.hours_of(session, workspace_id, learner, now=now)
    return next_open(hours, now) == now


def _both(session: Session, row: Pairing, now: datetime) -> tuple[Member, Member]:
    coach, learner = (
        members.member(session, row.workspace_id, id, now=now) for id in (row.coach_id, row.learner_id)
    )
    return coach, learner
