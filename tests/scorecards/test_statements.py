"""How often the database is asked for what a person looks at: ceilings, so that a new figure asks along with others."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from bot.core.enums import DealStatus, Role
from bot.digest import jobs
from bot.sandbox import Member
from storage.database import Database
from storage.tables import Person
from tests.support.builders import Builder, workspace
from tests.support.office import Office
from tests.support.tools import tools

CARD, TEAM, HOME, DIGEST = 16, 20, 25, 52
OF_WEEKS = 3
"""More where a role has so many reps that their weeks are read as they were counted beforehand."""
DUE = datetime(2026, 11, 16, 8, tzinfo=UTC)
ROADS = ("inbox_event", "outbox_message")


@contextmanager
def asked(db: Database) -> Iterator[list[str]]:
    """The questions of the block; not what the workers of the two roads ask meanwhile."""
    said: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("SELECT", "WITH")) and not any(road in statement for road in ROADS):
            said.append(statement)

    sa.event.listen(db.engine, "before_cursor_execute", heard)
    try:
        yield said
    finally:
        sa.event.remove(db.engine, "before_cursor_execute", heard)


@pytest.fixture
def busy(office: Office, ana: Member, bo: Member, mia: Member) -> Office:
    """A month of calls, leads and deals, and a role's year that has been read before."""
    with office.db.begin() as session:
        known = {person.slack_user_id: person.id for person in session.exec(select(Person))}
        build = Builder(session, office.workspace_id)
        for n in range(30):
            day = office.clock() - timedelta(days=n)
            build.call(known[bo.id], day)
            build.handoff(known[ana.id], known[bo.id], day, accepted=n % 2 == 0)
            build.deal(known[bo.id], day - timedelta(days=3))
    office.tick()
    bo.commands("/scorecard")
    mia.commands("/scorecard team")
    return office


def test_a_card_asks_little(busy: Office, bo: Member) -> None:
    with asked(busy.db) as said:
        assert "Win rate" in bo.commands("/scorecard").says

    assert 5 < len(said) <= CARD


def test_a_team_asks_little(busy: Office, mia: Member) -> None:
    with asked(busy.db) as said:
        assert "Win rate" in mia.commands("/scorecard team").says

    assert 5 < len(said) <= TEAM


def test_home_asks_little(busy: Office, bo: Member) -> None:
    """The least of three: a job may ask something of its own meanwhile."""
    counts = []
    for _ in range(3):
        with asked(busy.db) as said:
            bo.opens_home()
            bo.waits_for("My scorecard")
        counts.append(len(said))

    assert 5 < min(counts) <= HOME


def to_tell(reps: int, db: Database) -> list[str]:
    """What is asked to compose and post the digest of a team of reps, half of them SDRs."""
    with db.begin() as session:
        build = workspace(session, f"With {reps} reps")
        team = build.team(channel=f"C{reps}", digest_next_at=DUE)
        build.rep("Mia", Role.MANAGER, team)
        sdrs, aes = (
            [build.rep(f"{role} {n}", role, team, willing=n == 0) for n in range(reps // 2)]
            for role in (Role.SDR, Role.AE)
        )
        for n in range(reps * 3):
            sdr, ae, at = sdrs[n % len(sdrs)], aes[n % len(aes)], DUE - timedelta(days=n % 80, hours=3)
            build.debrief(sdr, at, outcome="advanced")
            build.handoff(sdr, ae, at, accepted=n % 2 == 0)
            build.deal(ae, at, status=DealStatus.WON, closed_at=at + timedelta(hours=2))
    with asked(db) as said:
        assert jobs.post_digests(tools(db, build.workspace_id, now=DUE)) == 1
    return said


def test_a_digest_asks_as_much_about_many_reps_as_about_a_few(any_db: Database) -> None:
    few, more, many = (len(to_tell(reps, any_db)) for reps in (10, 20, 60))

    assert 5 < few == more <= DIGEST
    assert many <= few + OF_WEEKS
