"""A pair's week: its meeting is opened once, proposed in hours that both work, noted on a worksheet, and asked
about once.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.calendar.wallclock import local_date, start_of_day
from bot.calendar.working_hours import next_open
from bot.coaching.domain import meetings as rules
from bot.coaching.services import pair_answers, pairing_rules
from bot.coaching.services.pair_answers import KeptPair
from bot.core.enums import PairingStatus
from bot.core.errors import BadInput, NotAllowed
from bot.core.i18n import gettext as _
from bot.people.domain.access import CYCLE
from bot.people.services import calendars, members
from bot.people.services.members import Member
from storage.books import Books, insert_once
from storage.queries.coaching import meetings as queries
from storage.queries.coaching import pairing as pair_queries
from storage.tables import Meeting, Pairing, Worksheet

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


def to_open(books: Books) -> list[ToOpen]:
    """Agreed pairs of the running week whose learner is at work and whose meeting was not opened yet."""
    today = books.now.date()
    found = []
    for row in queries.to_open(books, today - _WEEK, today + timedelta(days=1)):
        coach, learner = _both(books, row)
        if _is_this_week(row, learner, books.now) and calendars.is_at_work(books, learner):
            there = tuple(one.slack_user_id for one in (coach, learner) if one.slack_user_id)
            found.append(ToOpen(row.id, there))
    return found


def open_(books: Books, pairing_id: int, channel: str | None) -> Planned | None:
    """Claim the week's meeting and propose a time; None where somebody was quicker, or the pair is off."""
    row = pair_queries.claim(books, pairing_id)
    if row is None or row.status is not PairingStatus.ACCEPTED:
        return None
    pair_queries.lock_people(books, {row.coach_id, row.learner_id})
    starts_at, ask_at, week_of = _plan(books, row)
    meeting = Meeting(
        workspace_id=books.workspace_id,
        pairing_id=row.id,
        coach_id=row.coach_id,
        opened_at=books.now,
        starts_at=starts_at,
        ask_at=ask_at,
        channel=channel,
    )
    if not insert_once(books.session, meeting):
        return None
    pair = pair_answers.kept_pair(books, row.learner_id, row.id)
    return Planned(pair, starts_at, week_of, channel)


def to_ask(books: Books) -> list[int]:
    return list(queries.to_ask(books))


def ask(books: Books, meeting_id: int) -> Planned | None:
    """Claim the question whether they met; None where there is nothing to ask, or not yet.

    In the fourth week it is asked together with whether they go on.
    """
    meeting = queries.claim(books, meeting_id)
    if meeting is None or meeting.ask_at is None or meeting.asked_at is not None:
        return None
    row = pair_queries.by_id(books, meeting.pairing_id)
    week_of = _week_of(books, row) if row else 0
    is_open = row is not None and row.coach_id == meeting.coach_id and _asks(row.status, week_of)
    if row is None or not is_open or books.now - (meeting.starts_at or meeting.opened_at) > rules.STALE:
        meeting.ask_at = None
        return None
    learner = members.member(books, row.learner_id)
    when = _when_to_ask(books, learner, is_last=week_of == LAST_WEEK)
    if when is None or when > books.now:
        meeting.ask_at = when
        return None
    meeting.asked_at = books.now
    pair = pair_answers.kept_pair(books, row.learner_id, row.id)
    return Planned(pair, meeting.starts_at, week_of, meeting.channel)


def move(books: Books, person_id: int, pairing_id: int, starts_at: datetime | None) -> Planned:
    """Either of the two names another time; raises BadInput for one that is past or beyond next week."""
    pair = pair_answers.kept_pair(books, person_id, pairing_id)
    if starts_at is None or not books.now <= starts_at < books.now + 2 * _WEEK:
        raise BadInput(_("Please pick a time that is still ahead, within two weeks."), field="meets_at")
    meeting = _opened(books, pair)
    learner = calendars.hours_of(books, pair.learner)
    meeting.starts_at = starts_at
    if meeting.asked_at is None:
        meeting.ask_at = rules.ask_about(starts_at, learner)
    row = pair_queries.by_id(books, pairing_id)
    return Planned(pair, starts_at, _week_of(books, row) if row else 1, meeting.channel)


def planned_for(books: Books, pair: KeptPair) -> datetime | None:
    """When the two are to meet."""
    meeting = queries.of_pair(books, pair.id, pair.coach.id)
    return meeting.starts_at if meeting else None


def question_of(books: Books, pair: KeptPair, text: str) -> int | None:
    """The message that asked the learner in these words whether they met; None where it was not asked."""
    meeting = queries.of_pair(books, pair.id, pair.coach.id)
    if meeting is None or meeting.asked_at is None:
        return None
    return queries.last_said(books, pair.learner.id, text, meeting.asked_at)


def week_of(books: Books, pair: KeptPair) -> int:
    """From 1 to 4."""
    row = pair_queries.by_id(books, pair.id)
    return _week_of(books, row) if row else 1


def missed(books: Books, person_id: int, pairing_id: int) -> KeptPair:
    """They did not meet that week; who wrote the meeting down meanwhile is right."""
    pair = pair_answers.kept_pair(books, person_id, pairing_id)
    row = pair_queries.claim(books, pairing_id)
    if row is not None and row.status in (PairingStatus.ACCEPTED, PairingStatus.PROPOSED):
        row.status = PairingStatus.MISSED
    return pair


def _plan(books: Books, row: Pairing) -> tuple[datetime | None, datetime | None, int]:
    """When they could meet, when to ask about it, and which week of their four it is."""
    coach, learner = (calendars.hours_of(books, one) for one in _both(books, row))
    taken = queries.taken(books, {row.coach_id, row.learner_id}, since=books.now)
    until = start_of_day(row.week + _WEEK, learner.zone)
    starts_at = rules.propose(coach, learner, since=books.now + rules.NOTICE, until=until, taken=taken)
    ask_at = rules.ask_about(starts_at, learner) if starts_at else None
    week_of = _week_of(books, row)
    if week_of == LAST_WEEK:
        ask_at = rules.ask_about_going_on(ask_at, start_of_day(row.week, learner.zone), learner)
    return starts_at, ask_at, week_of


def _week_of(books: Books, row: Pairing) -> int:
    known = pairing_rules.known_cycles(books, row.week, learner_id=row.learner_id)
    return known.week_of.get((row.coach_id, row.learner_id), 1)


def _asks(status: PairingStatus, week_of: int) -> bool:
    if status is PairingStatus.ACCEPTED:
        return True
    return week_of == LAST_WEEK and status in (PairingStatus.MET, PairingStatus.MISSED)


def _when_to_ask(books: Books, learner: Member, *, is_last: bool) -> datetime | None:
    """Within the learner's hours, a week after the last such question; the choice at the end cannot wait so long."""
    hours = calendars.hours_of(books, learner)
    last = queries.last_asked(books, learner.id)
    earliest = books.now if last is None or is_last else max(books.now, last + rules.BETWEEN_QUESTIONS)
    return next_open(hours, earliest)


def _opened(books: Books, pair: KeptPair) -> Meeting:
    found = queries.of_pair(books, pair.id, pair.coach.id)
    meeting = queries.claim(books, found.id) if found else None
    if meeting is None:
        raise BadInput(_("This pair has not begun yet."))
    return meeting


def _is_this_week(row: Pairing, learner: Member, now: datetime) -> bool:
    return row.week <= local_date(now, learner.zone) < row.week + _WEEK


def _both(books: Books, row: Pairing) -> tuple[Member, Member]:
    coach, learner = (members.member(books, id) for id in (row.coach_id, row.learner_id))
    return coach, learner


@dataclass(frozen=True, slots=True)
class Notes:
    worked: str = ""
    did_not: str = ""
    will_try: str = ""


def of_pair(books: Books, pairing_id: int) -> Notes:
    """Blank while nothing is written."""
    row = queries.worksheet(books, pairing_id)
    return Notes(row.worked, row.did_not, row.will_try) if row else Notes()


def write(books: Books, person_id: int, pairing_id: int, given: Notes) -> tuple[KeptPair, str | None]:
    """Keep it, anew as often as the learner likes; with the pair comes the group message it goes to, if there is one.

    Raises NotAllowed for the coach, NotFound for a stranger, BadInput for one without a word.
    """
    pair = pair_answers.kept_pair(books, person_id, pairing_id)
    if pair.i_coach:
        raise NotAllowed(_("The worksheet is the learner's to write; you read it as soon as it is there."))
    if given == Notes():
        sentence = _("Write a line in any of them, or close the form: an empty page says nothing.")
        raise BadInput(sentence, field="what_worked")
    row = queries.worksheet(books, pairing_id) or Worksheet(
        workspace_id=books.workspace_id, pairing_id=pairing_id, written_at=books.now
    )
    row.worked, row.did_not, row.will_try, row.written_at = (
        given.worked,
        given.did_not,
        given.will_try,
        books.now,
    )
    books.session.add(row)
    meeting = queries.of_pair(books, pair.id, pair.coach.id)
    return pair, meeting.channel if meeting else None
