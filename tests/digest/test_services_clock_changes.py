"""A digest of half past two on nights that skip or repeat it."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.core.enums import DealStatus, OutboxKind, Role
from bot.digest import jobs
from bot.digest.services import schedule as digest_schedule
from storage.database import Database
from storage.tables import OutboxMessage, Team
from tests.digest.composed import office
from tests.support.builders import workspace
from tests.support.tools import tools

__all__ = ["office"]


@pytest.mark.parametrize(
    ("night", "posted_at"),
    [
        (
            date(2027, 3, 28),
            datetime(2027, 3, 28, 1, 0, tzinfo=UTC),
        ),  # there is no 02:30: right after the gap
        (date(2026, 10, 25), datetime(2026, 10, 25, 0, 30, tzinfo=UTC)),  # 02:30 comes twice: the first
    ],
)
def test_a_digest_at_half_past_two_comes_once_on_a_night_that_skips_or_repeats_it(
    db: Database, night: date, posted_at: datetime
) -> None:
    workspace_id, team_id = at_half_past_two(db, night)
    posts = []
    now = datetime.combine(night - timedelta(days=1), time(22), UTC)

    while now < datetime.combine(night, time(6), UTC):
        before = told(db)
        jobs.post_digests(tools(db, workspace_id, now=now))
        posts += [now] * (told(db) - before)
        now += timedelta(minutes=30)

    assert posts == [posted_at]
    with db.read() as session:
        following = session.get_one(Team, team_id).digest_next_at
    assert following is not None
    local = following.astimezone(ZoneInfo("Europe/Berlin"))
    assert (local.date(), local.time()) == (night + timedelta(weeks=1), time(2, 30))


def at_half_past_two(db: Database, night: date) -> tuple[int, int]:
    """A team in Berlin with a week to tell of, whose digest comes on Sundays at 02:30, as from the night before."""
    with db.begin() as session:
        build = workspace(session)
        team_id = build.team(channel="C0SALES", digest_weekday=6, digest_time=time(2, 30))
        rep = build.rep("Cleo", Role.AE, team_id)
        won = datetime.combine(
            night - timedelta(days=3), time(12), UTC
        )  # on Sundays the week that ends is told
        build.deal(rep, won - timedelta(days=30), status=DealStatus.WON, closed_at=won)
        team = session.get_one(Team, team_id)
        team.digest_next_at = digest_schedule.next_at(team, won + timedelta(days=2))
        return build.workspace_id, team_id


def told(db: Database) -> int:
    with db.read() as session:
        return len(session.exec(select(OutboxMessage).where(OutboxMessage.kind == OutboxKind.DIGEST)).all())
