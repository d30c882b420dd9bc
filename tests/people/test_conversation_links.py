"""Who is who in Slack: an email alone takes nobody's place, and whoever is on the roster is known at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlmodel import select

from bot.core.enums import Role
from bot.people.services import members
from bot.sandbox import Member
from storage.database import Database
from storage.tables import Call, Erasure, Leave, Membership, Person
from tests.support.importing import Importer
from tests.support.office import SCOPES, Office, open_office


@pytest.fixture
def ada(office: Office, east: int) -> Member:
    return office.hires("Ada", Role.MANAGER, east, is_admin=True)


def person(office: Office, email: str) -> Person:
    with office.db.read() as session:
        return session.exec(select(Person).where(Person.email == email)).one()


def listed(office: Office, team: int, name: str) -> None:
    """On the roster by email, as an import puts people there."""
    with office.db.begin() as session:
        row = Person(workspace_id=office.workspace_id, name=name, email=f"{name.lower()}@example.com")
        session.add(row)
        session.flush()
        session.add(
            Membership(
                workspace_id=office.workspace_id,
                person_id=row.id,
                team_id=team,
                role=Role.SDR,
                started_on=office.clock().date(),
            )
        )


@pytest.mark.parametrize("about", [{}, {"deleted": True}, {"name": "Eve"}, {"is_admin": True}])
def test_a_user_of_another_workspace_with_the_admins_email_is_nobody_here(
    office: Office, ada: Member, about: dict[str, object]
) -> None:
    before = person(office, "ada@example.com")
    eve = office.sandbox.add_person("Eve", email="ada@example.com", team_id="T0FOREIGN")

    office.sandbox.change(eve, **(about or {"tz": "Asia/Tokyo"}))
    office.tick()

    after = person(office, "ada@example.com")
    assert after.model_dump() == before.model_dump()
    with office.db.read() as session:
        assert session.exec(select(Erasure)).all() == []


@pytest.mark.parametrize("grid", [None, "text", {"teams": "xT0SANDBOXx"}, {"teams": ["T0FOREIGN"]}])
def test_whoever_slack_does_not_say_is_of_ours_is_nobody_here(
    office: Office, east: int, ada: Member, grid: object
) -> None:
    listed(office, east, "Zoe")
    told = {"id": "U0NOBODY", "profile": {"email": "zoe@example.com", "team": "T0FOREIGN"}, "is_admin": True}
    told["enterprise_user"] = grid
    with office.db.writing(office.workspace_id, office.clock()) as books:
        members.link(books, [told])

    zoe = person(office, "zoe@example.com")
    assert (zoe.slack_user_id, zoe.is_admin) == (None, False)


def test_nor_does_one_of_ours_with_that_email_take_the_link(office: Office, ada: Member) -> None:
    eve = office.sandbox.add_person("Eve", email="ada@example.com")
    office.sandbox.change(eve, tz="Asia/Tokyo")
    office.sandbox.change(eve, deleted=True)
    office.tick()

    after = person(office, "ada@example.com")
    assert (after.slack_user_id, after.name, after.time_zone) == (ada.id, "Ada", "Europe/Berlin")
    with office.db.read() as session:
        assert session.exec(select(Erasure)).all() == []


def test_admin_rights_follow_slack_both_ways(office: Office, ada: Member, mia: Member, ana: Member) -> None:
    office.sandbox.change(mia, is_admin=True)
    office.tick()
    assert person(office, "mia@example.com").is_admin
    assert "Only an admin" not in mia.commands("/scorecard setup").says

    office.sandbox.change(ada, is_admin=False)
    office.tick()
    assert not person(office, "ada@example.com").is_admin
    assert "Only an admin" in ada.commands("/scorecard setup").says
    assert not person(office, "ana@example.com").is_admin


def test_before_anybody_has_begun_nobody_becomes_admin_by_an_event(office: Office, mia: Member) -> None:
    office.sandbox.change(mia, is_admin=True)
    office.tick()

    assert not person(office, "mia@example.com").is_admin


def test_whoever_is_on_the_roster_is_known_at_the_first_command(office: Office, east: int) -> None:
    listed(office, east, "Zoe")
    zoe = office.sandbox.add_person("Zoe", email="zoe@example.com", tz="Europe/Berlin")

    assert "not on the roster" not in zoe.commands("/scorecard").says
    assert person(office, "zoe@example.com").slack_user_id == zoe.id


def test_and_at_the_first_look_at_the_home_tab(office: Office, east: int) -> None:
    listed(office, east, "Zoe")
    zoe = office.sandbox.add_person("Zoe", email="zoe@example.com", tz="Europe/Berlin")
    zoe.opens_home()

    assert person(office, "zoe@example.com").slack_user_id == zoe.id


def test_a_stranger_is_told_so_and_slack_is_not_asked_without_end(office: Office, east: int) -> None:
    eve = office.sandbox.add_person("Eve", email="eve@example.com")
    for _ in range(6):
        assert "not on the roster" in eve.commands("/scorecard").says

    assert len([call for call in office.sandbox.calls("users.info") if call.args["user"] == eve.id]) == 2


def test_somebody_of_another_workspace_is_a_stranger_whatever_their_email(office: Office, east: int) -> None:
    listed(office, east, "Zoe")
    eve = office.sandbox.add_person("Eve", email="zoe@example.com", team_id="T0FOREIGN")
    eve.commands("/scorecard")

    assert person(office, "zoe@example.com").slack_user_id is None


def test_a_new_slack_account_with_a_known_email_is_linked_once_the_old_one_is_gone(
    office: Office, ana: Member
) -> None:
    again = office.sandbox.add_person("Ana", email="ana@example.com", tz="Europe/Berlin")
    assert "not on the roster" in again.commands("/scorecard").says, "the old account is still there"

    with office.sandbox.workspace.lock:
        del office.sandbox.workspace.people[ana.id]
    assert "not on the roster" not in again.commands("/scorecard").says
    assert person(office, "ana@example.com").slack_user_id == again.id


@pytest.fixture
def without_emails(db: Database, tmp_path: Path) -> Iterator[Office]:
    with open_office(db, tmp_path, scopes=SCOPES - {"users:read.email"}) as office:
        yield office


def test_a_missing_scope_is_named(without_emails: Office) -> None:
    zoe = without_emails.sandbox.add_person("Zoe", email="zoe@example.com")

    assert "users:read.email" in zoe.commands("/scorecard").says


def test_a_changed_email_is_followed_and_the_old_one_goes_on_naming_them(
    office: Office, ana: Member, tmp_path: Path
) -> None:
    office.sandbox.change(ana, email="ana.new@example.com")
    office.tick()

    files = Importer(office.db, tmp_path, office.workspace_id)
    files.take("reps", "email,name,role,team\nana@example.com,Ana,SDR,East\n")
    files.take("leave", "rep_email,from,to\nana@example.com,2026-11-02,2026-11-03\n")
    office.call_ended(ana, rep_email="ana@example.com")

    after = person(office, "ana.new@example.com")
    assert after.slack_user_id == ana.id
    with office.db.read() as session:
        assert session.exec(select(Person.id).where(Person.name == "Ana")).all() == [after.id]
        assert [leave.person_id for leave in session.exec(select(Leave))] == [after.id]
        assert [call.person_id for call in session.exec(select(Call))] == [after.id]


def test_an_email_that_is_another_persons_is_not_taken_over(office: Office, ana: Member, bo: Member) -> None:
    office.sandbox.change(ana, email="bo@example.com")
    office.tick()

    assert person(office, "bo@example.com").slack_user_id == bo.id
    assert person(office, "ana@example.com").slack_user_id == ana.id
