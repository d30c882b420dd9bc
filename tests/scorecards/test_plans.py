"""Whatever a person looks at is found by an index: ten times the records cost a look hardly more.

What is asked is listened for and explained anew by the very database that was asked.
"""

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from sqlmodel import select

from bot.core.enums import Role
from storage.database import Database
from storage.tables import Person
from tests.support.builders import Builder
from tests.support.office import Office, open_office

GROWING = frozenset({
    "account_value", "call", "coaching_session", "deal", "deal_change", "debrief", "handoff", "inbox_event",
    "outbox_message", "past_closing", "prompt", "story",
})  # fmt: skip
"""Tables that get longer every day."""
Asked = list[tuple[str, Any]]


@pytest.fixture
def anywhere(any_db: Database, tmp_path: Path) -> Iterator[Office]:
    with open_office(any_db, tmp_path) as office:
        yield office


def heard(office: Office) -> Asked:
    """What is asked from here on, each once."""
    asked: Asked = []

    def hear(
        _connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool
    ) -> None:
        if statement.startswith(("SELECT", "WITH")) and not many and statement not in dict(asked):
            asked.append((statement, parameters))

    sa.event.listen(office.db.engine, "before_cursor_execute", hear)
    return asked


def walked_through(office: Office, asked: Asked) -> dict[str, set[str]]:
    """By table that grows: the questions for which the whole of it is read."""
    found: dict[str, set[str]] = {}
    with office.db.engine.connect() as connection:
        if not office.db.is_sqlite:
            connection.exec_driver_sql("SET enable_seqscan = off")
        explain = "EXPLAIN QUERY PLAN " if office.db.is_sqlite else "EXPLAIN "
        for statement, parameters in list(asked):
            plan = connection.exec_driver_sql(explain + statement, parameters).all()
            told = "\n".join(str(line[-1]) for line in plan)
            for table in re.findall(r"^SCAN (\w+?)(?:_\d+)?\b|Seq Scan on (\w+)", told, re.MULTILINE):
                if (name := "".join(table)) in GROWING:
                    found.setdefault(name, set()).add(statement)
    return found


def test_what_people_look_at_is_found_by_an_index(anywhere: Office) -> None:
    east = anywhere.team("East")
    ana, bo = anywhere.hires("Ana", Role.SDR, east), anywhere.hires("Bo", Role.AE, east)
    cy, mia = anywhere.hires("Cy", Role.AM, east), anywhere.hires("Mia", Role.MANAGER, east)
    with anywhere.db.begin() as session:
        known = {person.slack_user_id: person.id for person in session.exec(select(Person))}
        build = Builder(session, anywhere.workspace_id)
        for n in range(30):
            day = anywhere.clock() - timedelta(days=n)
            build.call(known[bo.id], day)
            build.handoff(known[ana.id], known[bo.id], day, accepted=n % 2 == 0)
            build.deal(known[bo.id], day - timedelta(days=3))
    anywhere.tick()
    asked = heard(anywhere)

    for person in (ana, bo, cy, mia):
        assert person.commands("/scorecard").says
        person.opens_home()
        person.waits_for("My scorecard" if person is not mia else "East")
    for line in ("team", "top", "pairs"):
        assert not mia.commands(f"/scorecard {line}").error
    anywhere.call_ended(bo)

    assert len(asked) > 50
    assert walked_through(anywhere, asked) == {}


def test_a_question_without_an_index_is_noticed(anywhere: Office) -> None:
    asked = heard(anywhere)
    with anywhere.db.read() as session:
        session.connection().exec_driver_sql("SELECT id FROM call WHERE contact = 'Dana'")

    assert walked_through(anywhere, asked).keys() == {"call"}
