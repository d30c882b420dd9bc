"""When each team's digest is due, and that it is told once."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain.digest_plan import Standing
from bot.domain.wallclock import first_valid, local_date, next_weekly
from bot.domain.workdays import is_workday
from bot.errors import NotFound
from bot.language import gettext as _
from bot.services import calendars
from bot.services.digests import last_finished_week
from storage.queries import digests as queries
from storage.queries import members as member_queries
from storage.queries import outbox
from storage.tables import OutboxState, Team

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


@dataclass(frozen=True, slots=True)
class Recipient:
    locale: str | None
    zone: ZoneInfo


def due(session: Session, workspace_id: int, *, now: datetime) -> list[Due]:
    """Teams to see to now, longest due first."""
    return [_due(team, now) for team in queries.due(session, workspace_id, now=now)]


def is_still(session: Session, due: Due) -> bool:
    """Whether nobody has settled it yet, as far as one sees without holding it."""
    team = queries.team(session, due.workspace_id, due.team_id)
    return team is not None and team.digest_next_at == due.due_at


def settle(session: Session, due: Due) -> bool:
    """Set the team's next time; False where another process has done so."""
    team = queries.claim_team(session, due.workspace_id, due.team_id)
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


def claim(
    session: Session,
    workspace_id: int,
    team_id: int,
    week: date,
    *,
    now: datetime,
    although_skipped: bool = False,
) -> int | None:
    """The id of the digest that this transaction alone may tell; None when it was told, or skipped, already."""
    is_new = queries.insert(session, workspace_id, team_id, week, now=now)
    row = queries.claim(session, workspace_id, team_id, week)
    may_tell = is_new or (although_skipped and row is not None and bool(row.skipped))
    if row is None or not may_tell:
        return None
    row.claimed_at, row.skipped = now, ""
    return row.id


def standing(session: Session, workspace_id: int, team_id: int, week: date) -> Standing:
    row = queries.of_week(session, workspace_id, team_id, week)
    told = outbox.by_id(session, workspace_id, row.message_id) if row and row.message_id else None
    is_lost = told is not None and told.state is OutboxState.DEAD
    return Standing(is_told=told is not None, lost_id=told.id if told and is_lost else None)


def told(session: Session, workspace_id: int, digest_id: int, message_id: int) -> None:
    """It went to the outbox as this message."""
    row = queries.by_id(session, workspace_id, digest_id)
    if row is not None:
        row.message_id = message_id


def skip(session: Session, workspace_id: int, team_id: int, week: date, why: str, *, now: datetime) -> bool:
    """Nothing is told of this week, for the reason given; False when something was said of it already."""
    digest_id = claim(session, workspace_id, team_id, week, now=now)
    row = queries.by_id(session, workspace_id, digest_id) if digest_id else None
    if row is None:
        return False
    row.skipped = why
    return True


def posted(session: Session, workspace_id: int, digest_id: int) -> Posted:
    """What a posted digest speaks of; raises NotFound."""
    row = queries.by_id(session, workspace_id, digest_id)
    if row is None:
        raise NotFound(_("That digest is gone."))
    return Posted(row.team_id, row.week, row.claimed_at)


def recipients(
    session: Session, workspace_id: int, ids: Collection[int], *, zone: ZoneInfo
) -> Mapping[int, Recipient]:
    """How those of the people read who are in Slack; `zone` is for who has none of their own."""
    return {
        person.id: Recipient(person.locale, ZoneInfo(person.time_zone) if person.time_zone else zone)
        for person in member_queries.by_ids(session, workspace_id, ids)
        if person.slack_user_id
    }


def _due(team: Team, now: datetime) -> Due:
    zone = ZoneInfo(team.time_zone)
    planned = team.digest_next_at
    effective = next_at(team, now) if planned is None else put_off(team, planned)
    do = _do(now - effective)
    return Due(
        workspace_id=team.workspace_id,
        team_id=team.id,
        team=team.name,
        week=last_finished_week(effective, zone),
        do=do,
        due_at=planned,
        next_at=effective if do is Do.MOVE else next_at(team, now),
    )


def _do(late: timedelta) -> Do:
    if late < timedelta():
        return Do.MOVE
    return Do.POST if late <= CATCH_UP else Do.SKIP
