"""How often the database is asked for what a person looks at: ceilings, so that a new figure asks along with others."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from bot.sandbox import Member
from storage.tables import Person
from tests.support.builders import Builder
from tests.support.office import Office

CARD, TEAM, HOME = 34, 37, 47
ROADS = ("inbox_event", "outbox_message")


@contextmanager
def asked(office: Office) -> Iterator[list[str]]:
    """The questions of the block; not what the workers of the two roads ask meanwhile."""
    said: list[str] = []

    def heard(_connection: object, _cursor: object, statement: str, *_rest: object) -> None:
        if statement.startswith(("SELECT", "WITH")) and not any(road in statement for road in ROADS):
            said.append(statement)

    sa.event.listen(office.db.engine, "before_cursor_execute", heard)
    try:
        yield said
    finally:
        sa.event.remove(office.db.engine, "before_cursor_execute", heard)


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
    with asked(busy) as said:
        assert "Win rate" in bo.commands("/scorecard").says

    assert 5 < len(said) <= CARD


def test_a_team_asks_little(busy: Office, mia: Member) -> None:
    with asked(busy) as said:
        assert "Win rate" in mia.commands("/scorecard team").says

    assert 5 < len(said) <= TEAM


def test_home_asks_little(busy: Office, bo: Member) -> None:
    """The least of three: a job may ask something of its own meanwhile."""
    counts = []
    for _ in range(3):
        with asked(busy) as said:
            bo.opens_home()
            bo.waits_for("My scorecard")
        counts.append(len(said))

    assert 5 < min(counts) <= HOME
