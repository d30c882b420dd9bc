"""Next steps that fall due: what a rep promised, until it is done or a later debrief takes its place."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import local_date, start_of_day
from bot.calendar.working_hours import Quiet, is_open, next_start
from bot.calls.services import budget
from bot.core.enums import Unasked
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.debriefs.domain.last_time import NextStep, falls_due_anew, is_news, same_people
from bot.debriefs.services.last_time import LOOKED_BACK
from bot.people.services import calendars, members, unasked
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from bot.pipeline.services import deals
from storage.books import Books
from storage.queries.calls import calls
from storage.queries.debriefs import debriefs as queries
from storage.tables import Call, Debrief, Person

KEPT = timedelta(days=14)
"""How long one that is past is still brought up."""
AHEAD = timedelta(days=7)
"""How far those to come are looked for."""
MOST = 5
MORNING = timedelta(hours=4)
"""From the beginning of work, in which they are written about: later in the day they stand in Home."""


@dataclass(frozen=True, slots=True)
class Reminder:
    rep: Member
    steps: list[NextStep]


def due(books: Books, rep: Member, *, said_before: datetime | None = None) -> list[NextStep]:
    """Those of today and before, the earliest first; a later debrief with the same people has the last word.

    `said_before` leaves out what was promised or moved since.
    """
    today = local_date(books.now, rep.zone)
    found = _between(books, rep, today - KEPT, today)
    return [one for one in found if said_before is None or one.said_at < said_before]


def coming(books: Books, rep: Member) -> list[NextStep]:
    """Those of the next seven days, the earliest first."""
    today = local_date(books.now, rep.zone)
    return _between(books, rep, today + timedelta(days=1), today + AHEAD)[:MOST]


def done(books: Books, person_id: int, debrief_id: int) -> None:
    debrief = _own(books, person_id, debrief_id)
    debrief.step_done_at = debrief.step_done_at or books.now


def move(books: Books, rep: Member, debrief_id: int, day: date) -> None:
    """To another day; the next meeting of the call's deal goes along, where the step is what it stands for."""
    debrief = _own(books, rep.id, debrief_id)
    if day <= local_date(books.now, rep.zone):
        raise BadInput(_("Please pick a day after today."))
    before = debrief.step_moved_to or debrief.next_step_on
    debrief.step_moved_to, debrief.step_done_at = day, None
    call = calls.of_person(books, rep.id, debrief.call_id)
    if call is not None and call.deal_id is not None:
        deals.follow(books, rep, call.deal_id, day=day, instead_of=before)


def to_remind(books: Books) -> list[tuple[int, str | None]]:
    """Reps who may have to be written to now, and the Slack users they are."""
    found = []
    for person_id in reps(books, kept=KEPT, morning=MORNING):
        rep = members.member(books, person_id)
        if _is_morning(books, rep) and _has_news(books, rep) and budget.has_room(books, rep):
            found.append((rep.id, rep.slack_user_id))
    return found


def remind(books: Books, person_id: int, *, quiet: tuple[Quiet, ...]) -> Reminder | None:
    """Claimed for the day: what comes back is to be said now; None for nothing."""
    rep = members.member(books, person_id)
    if not _is_morning(books, rep, quiet) or not budget.has_room(books, rep) or not _has_news(books, rep):
        return None
    steps = _told(books, rep)
    today = local_date(books.now, rep.zone)
    return Reminder(rep, steps) if unasked.claim(books, rep.id, Unasked.NEXT_STEPS, today) else None


def _is_morning(books: Books, rep: Member, quiet: tuple[Quiet, ...] = ()) -> bool:
    """Whether the rep's working day has begun, not long ago, and they may be spoken to."""
    hours = calendars.hours_of(books, rep, quiet=quiet)
    begins = next_start(hours, local_date(books.now, rep.zone))
    if begins is None or not begins <= books.now < begins + MORNING:
        return False
    return is_open(hours, books.now)


def _has_news(books: Books, rep: Member) -> bool:
    """For who is in a team still, and was not told today."""
    today = local_date(books.now, rep.zone)
    last = unasked.last_sent(books, rep.id, Unasked.NEXT_STEPS)
    if not rep.roles or last == today or not unasked.may_be_sent(books, rep, Unasked.NEXT_STEPS):
        return False
    return falls_due_anew(_told(books, rep), last_told=last, zone=rep.zone)


def _told(books: Books, rep: Member) -> list[NextStep]:
    """What is due, without what was promised this very day."""
    return due(books, rep, said_before=start_of_day(local_date(books.now, rep.zone), rep.zone))


def _between(books: Books, rep: Member, first: date, last: date) -> list[NextStep]:
    rows = queries.written_before(books, rep.id, books.now, limit=LOOKED_BACK)
    found = [
        NextStep(
            debrief.id,
            call.contact,
            call.company,
            debrief.next_step,
            due_on,
            debrief.edited_at or debrief.submitted_at,
        )
        for at, (debrief, call) in enumerate(rows)
        if (due_on := debrief.step_moved_to or debrief.next_step_on) is not None
        and debrief.step_done_at is None
        and first <= due_on <= last
        and not any(_with_the_same(call, later) for _debrief, later in rows[:at])
    ]
    return sorted(found, key=lambda step: step.due_on)


def _own(books: Books, person_id: int, debrief_id: int) -> Debrief:
    debrief = queries.by_id(books, debrief_id)
    if debrief is None or debrief.person_id != person_id:
        raise NotFound(_("That next step is gone, or it is not one of yours."))
    return debrief


def _with_the_same(call: Call, later: Call) -> bool:
    return same_people(call.contact, call.company, later.contact, later.company)


_DAY = timedelta(days=1)
_HOUR = timedelta(hours=1)
"""Clocks are put on and back by no more."""


def reps(books: Books, *, kept: timedelta, morning: timedelta) -> list[int]:
    """By id; `kept` is how long a step that is past is brought up, `morning` how long after work begins."""
    today = books.now.date()
    found = [
        (debrief, call)
        for debrief, call, rep, last_told in queries.open_steps(
            books, today - kept - _DAY, today + _DAY, Unasked.NEXT_STEPS
        )
        if _is_about_morning(books, rep, morning) and _may_be_news(books, debrief, rep, last_told)
    ]
    return _without_outdated(books, found)


def _is_about_morning(books: Books, rep: Person, morning: timedelta) -> bool:
    """By the zone that Slack tells; True where it tells none."""
    if rep.time_zone is None:
        return True
    here = books.now.astimezone(ZoneInfo(rep.time_zone)).replace(tzinfo=None)
    begins = datetime.combine(here.date(), rep.work_starts or workspaces.settings(books).work_starts)
    return begins - _HOUR <= here <= begins + morning + _HOUR


def _may_be_news(books: Books, debrief: Debrief, rep: Person, last_told: date | None) -> bool:
    due_on = debrief.step_moved_to or debrief.next_step_on
    if rep.time_zone is None or due_on is None:
        return True
    zone = ZoneInfo(rep.time_zone)
    today = local_date(books.now, zone)
    if due_on > today or last_told == today:
        return False
    said_on = local_date(debrief.edited_at or debrief.submitted_at, zone)
    return is_news(due_on, said_on, last_told)


def _without_outdated(books: Books, found: list[tuple[Debrief, Call]]) -> list[int]:
    """Without steps after which there was another debrief with the same people."""
    if not found:
        return []
    since = min(debrief.call_started_at for debrief, _call in found)
    written: dict[int, list[tuple[Debrief, Call]]] = defaultdict(list)
    for debrief, call in queries.written_since(
        books, {one.person_id for one, _call in found}, since, books.now
    ):
        written[debrief.person_id].append((debrief, call))
    standing = {
        debrief.person_id: None
        for debrief, call in found
        if not any(_outdoes(later, debrief, call) for later in written[debrief.person_id])
    }
    return list(standing)


def _outdoes(later: tuple[Debrief, Call], debrief: Debrief, call: Call) -> bool:
    other, theirs = later
    is_later = (other.call_started_at, other.id) > (debrief.call_started_at, debrief.id)
    return is_later and same_people(call.contact, call.company, theirs.contact, theirs.company)
