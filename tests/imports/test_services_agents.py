"""Who is meant by a phone system's extensions, from a file."""

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import select

from bot.core.enums import Role
from bot.imports.services.roster import Roster
from storage.database import Database
from storage.tables import CallAgent, Membership, Person, Team
from tests.support.importing import ROSTER, Importer, counts, importer

AGENTS = """\
source,agent,rep_email
Zoom,1001,ana@acme.io
aircall,+1 (555) 010-0199,ben@acme.io
"""


def mapped(acme: Importer) -> dict[tuple[str, str], str]:
    names = {person.id: person.name for person in acme.all(Person)}
    return {(row.source, row.agent): names[row.person_id or 0] for row in acme.all(CallAgent)}


def test_twice_is_once(any_db: Database, tmp_path: Path) -> None:
    acme = importer(any_db, tmp_path)
    acme.take("reps", ROSTER)

    assert counts(acme.take("agents", AGENTS)) == (2, 2, 0, 0, 0)
    assert counts(acme.take("agents", AGENTS)) == (2, 0, 0, 2, 0)
    assert mapped(acme) == {("zoom", "1001"): "Ana Diaz", ("aircall", "+15550100199"): "Ben Okoye"}


def test_a_later_file_gives_an_extension_to_somebody_else(staffed: Importer) -> None:
    staffed.take("agents", AGENTS)

    assert counts(staffed.take("agents", AGENTS.replace("ana@", "cy@"))) == (2, 0, 1, 1, 0)
    assert mapped(staffed)["zoom", "1001"] == "Cy Marsh"


def test_what_cannot_be_kept_is_refused_with_the_reason(staffed: Importer) -> None:
    wrong = ["zoom,,ana@acme.io", "zoom,1,who@acme.io", ",1,ana@acme.io", f"zoom,{'x' * 201},ana@acme.io"]
    rows = "\n".join(["source,agent,rep_email", *wrong])

    assert counts(staffed.take("agents", rows)) == (4, 0, 0, 0, 4)
    reasons = staffed.refused("agents")
    assert "agent is empty" in reasons[2]
    assert "who@acme.io is not in the roster" in reasons[3]
    assert "source is empty" in reasons[4]
    assert "201 characters" in reasons[5]


def test_who_joins_while_the_roster_is_read_is_not_of_it_yet(any_db: Database, tmp_path: Path) -> None:
    """On PostgreSQL each question sees what was stored until it was asked."""
    acme = importer(any_db, tmp_path)
    acme.take("reps", ROSTER)
    left = ["Zoe"]

    def joins(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        if "FROM person" in statement and left:
            name = left.pop()
            with any_db.begin() as session:
                session.add(zoe := Person(workspace_id=acme.workspace_id, name=name, email="zoe@acme.io"))
                session.flush()
                team = session.exec(select(Team.id)).all()[0]
                session.add(
                    Membership(
                        workspace_id=acme.workspace_id, person_id=zoe.id, team_id=team, role=Role.SDR,
                        started_on=date(2026, 1, 1),
                    )
                )  # fmt: skip

    sa.event.listen(any_db.engine, "after_cursor_execute", joins)
    with any_db.read() as session:
        now = datetime(2026, 11, 16, 9, tzinfo=UTC)
        roster = Roster(session, acme.workspace_id, now=now, zone=ZoneInfo("UTC"), newcomers=None)

    assert not left and roster.by_email("ana@acme.io") and roster.by_email("zoe@acme.io") is None
