"""When each team's digest is due, and that it is told once."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.calendar.periods import week_starting
from bot.calendar.wallclock import first_valid, local_date, next_weekly
from bot.calendar.working_hours import is_workday
from bot.core.errors import NotFound
from bot.core.i18n import gettext as _
from bot.digest.domain.plan import Coming, reported_week
from bot.people.services import calendars
from storage.books import Books
from storage.queries.digest import digests as queries
from storage.tables import Team

CATCH_UP = timedelta(days=1)
"""How late a digest is still news."""
_DAY = timedelta(days=1)
_LONGEST_HOLIDAY = 14
"""Days ahead that a working day is looked for."""


class Do(StrEnum):
    """POST it; MOVE it, because its day is a holiday or it was never scheduled; SKIP it, because it is too late."""

    POST = "post"
    MOVE = "move"
    SKIP = "skip"


PAIRS_WITHIN = timedelta(minutes=10)
"""For which a digest waits for the pairs of its week."""


@dataclass(frozen=True, slots=True)
class Due:
    """A team whose digest is due since `due_at` (None: never scheduled), on the week that began on `week`.

    `next_at` is when it is due again once this is done.
    """

    workspace_id: int
    team_id: int
    team: str
    week: date
    do: Do
    due_at: datetime | None
    next_at: datetime


@dataclass(frozen=True, slots=True)
class Posted:
    """The team and Monday that a digest speaks of, and when it was told."""

    team_id: int
    week: date
    told_at: datetime


def digests_due(books: Books) -> list[Due]:
    """Teams to see to now, longest due first; where the week's pairs are due at the same moment, after them.

    The digest tells what stands, and at nine on Monday the pairs are being made beside it.
    """
    return [_due(team, books.now) for team in queries.due(books) if not _pairs_come_first(team, books.now)]


def _pairs_come_first(team: Team, now: datetime) -> bool:
    """A team whose pairs fail has its digest all the same."""
    due, pairs = team.digest_next_at, team.pairs_next_at
    return due is not None and pairs is not None and pairs <= now < due + PAIRS_WITHIN


def is_still(books: Books, due: Due) -> bool:
    """Whether nobody has settled it yet, as far as one sees without holding it."""
    team = queries.team(books, due.team_id)
    return team is not None and team.digest_next_at == due.due_at


def settle(books: Books, due: Due) -> bool:
    """Set the team's next time; False where another process has done so."""
    team = queries.claim_team(books, due.team_id)
    if team is None or team.digest_next_at != due.due_at:
        return False
    team.digest_next_at = due.next_at
    return True


def next_at(team: Team, after: datetime) -> datetime:
    """The team's next digest, strictly after `after`; one that falls on a public holiday waits for the working day."""
    zone = ZoneInfo(team.time_zone)
    appointment = (
        after - _LONGEST_HOLIDAY * _DAY
    )  # one of the days before may have been put off to one still ahead
    while True:
        appointment = next_weekly(appointment, weekday=team.digest_weekday, at=team.digest_time, zone=zone)
        moved = put_off(team, appointment)
        if moved > after:
            return moved


def coming(books: Books, team: Team, count: int) -> list[Coming]:
    """The team's next digests, each with its week; an appointment whose week was told already is left out."""
    found: list[Coming] = []
    zone, at = ZoneInfo(team.time_zone), books.now
    while len(found) < count:
        at = next_at(team, at)
        week = reported_week(at, zone)
        is_new = not found or found[-1].week != week
        if is_new and not _is_said(books, team.id, week):
            found.append(Coming(at, week, so_far=at < week_starting(week, zone).end))
    return found


def _is_said(books: Books, team_id: int, week: date) -> bool:
    """Told, or skipped."""
    return queries.of_week(books, team_id, week) is not None


def put_off(team: Team, appointment: datetime) -> datetime:
    """The same time of the next working day, where the appointment falls on a public holiday of the team's country.

    A team that wants its digest at the weekend gets it there.
    """
    zone = ZoneInfo(team.time_zone)
    day = local_date(appointment, zone)
    holidays = calendars.public_holidays(team.country, day.year, day.year + 1)
    if day not in holidays:
        return appointment
    ahead = (day + _DAY * n for n in range(1, _LONGEST_HOLIDAY))
    working = next((one for one in ahead if is_workday(one, holidays=holidays)), day)
    return first_valid(working, team.digest_time, zone)


def claim(books: Books, team_id: int, week: date, *, although_skipped: bool = False) -> int | None:
    """The id of the digest that this transaction alone may tell; None when it was told, or skipped, already."""
    is_new = queries.insert(books, team_id, week)
    row = queries.claim(books, team_id, week)
    may_tell = is_new or (although_skipped and row is not None and bool(row.skipped))
    if row is None or not may_tell:
        return None
    row.claimed_at, row.skipped = books.now, ""
    return row.id


def digest_told(books: Books, digest_id: int, message_id: int) -> None:
    """It went to the outbox as this message."""
    row = queries.by_id(books, digest_id)
    if row is not None:
        row.message_id = message_id


def skip(books: Books, team_id: int, week: date, why: str) -> bool:
    """Nothing is told of this week, for the reason given; False when something was said of it already."""
    digest_id = claim(books, team_id, week)
    row = queries.by_id(books, digest_id) if digest_id else None
    if row is None:
        return False
    row.skipped = why
    return True


def move_on(books: Books, team_id: int) -> None:
    """After a choice by hand the next one is the first that is not told or skipped yet."""
    team = queries.claim_team(books, team_id)
    if team is not None and team.channel:
        team.digest_next_at = coming(books, team, 1)[0].at


def posted(books: Books, digest_id: int) -> Posted:
    """What a posted digest speaks of; raises NotFound."""
    row = queries.by_id(books, digest_id)
    if row is None:
        raise NotFound(_("That digest is gone."))
    return Posted(row.team_id, row.week, row.claimed_at)


def _due(team: Team, now: datetime) -> Due:
    zone = ZoneInfo(team.time_zone)
    planned = team.digest_next_at
    effective = next_at(team, now) if planned is None else put_off(team, planned)
    do = _do(now - effective)
    return Due(
        workspace_id=team.workspace_id,
        team_id=team.id,
        team=team.name,
        week=reported_week(effective, zone),
        do=do,
        due_at=planned,
        next_at=effective if do is Do.MOVE else next_at(team, now),
    )


def _do(late: timedelta) -> Do:
    if late < timedelta():
        return Do.MOVE
    return Do.POST if late <= CATCH_UP else Do.SKIP
