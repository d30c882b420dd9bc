"""However many processes look at the clock, each team's week is told once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from sqlmodel import select

from bot.core.enums import DealStatus, OutboxKind, Role
from bot.digest import jobs
from storage.database import Database
from storage.tables import Digest, OutboxMessage
from tests.support.builders import workspace
from tests.support.tools import tools

DUE = datetime(2026, 11, 16, 8, tzinfo=UTC)
TEAMS, PROCESSES = 5, 4


def test_of_four_that_post_at_one_moment_one_does(any_db: Database) -> None:
    with any_db.begin() as session:
        build = workspace(session)
        for n in range(TEAMS):
            team = build.team(f"Team {n}", channel=f"C{n}", digest_next_at=DUE)
            won = DUE - timedelta(days=4)
            rep = build.rep(f"Cleo {n}", Role.AE, team)
            build.deal(rep, won - timedelta(days=9), status=DealStatus.WON, closed_at=won)
    homes = [Database(any_db.engine.url.render_as_string(hide_password=False)) for _ in range(PROCESSES)]

    with ThreadPoolExecutor(PROCESSES) as pool:
        posts = [pool.submit(jobs.post_digests, tools(db, build.workspace_id, now=DUE)) for db in homes]
        told = sum(post.result() for post in posts)
    for db in homes:
        db.close()

    with any_db.read() as session:
        channels = [
            row.channel
            for row in session.exec(select(OutboxMessage).where(OutboxMessage.kind == OutboxKind.DIGEST))
        ]
        claimed = session.exec(select(Digest)).all()
    assert sorted(map(str, channels)) == [f"C{n}" for n in range(TEAMS)]
    assert told == len(claimed) == TEAMS


def test_a_digest_comes_after_the_pairs_that_are_due_with_it_and_waits_for_them_ten_minutes(
    any_db: Database,
) -> None:
    with any_db.begin() as session:
        build = workspace(session)
        team = build.team("East", channel="C1", digest_next_at=DUE, pairs_next_at=DUE)
        won = DUE - timedelta(days=4)
        rep = build.rep("Cleo", Role.AE, team)
        build.deal(rep, won - timedelta(days=9), status=DealStatus.WON, closed_at=won)

    def posts(after: timedelta) -> int:
        return jobs.post_digests(tools(any_db, build.workspace_id, now=DUE + after))

    assert posts(timedelta()) == 0
    assert posts(timedelta(minutes=9)) == 0
    assert posts(timedelta(minutes=10)) == 1, "pairs that fail keep no digest back"
