"""How an admin brings people in: a channel, a user group, by name, or a file."""

from pathlib import Path

from sqlmodel import select

from bot.core.enums import Role
from bot.sandbox import Member, text_of
from storage.database import Database
from storage.tables import Membership, Person, Team
from tests.setup.beginning import _ids, ada, ana, begun, bo, named, roles
from tests.support.office import SCOPES, Office, open_office

__all__ = ["ada", "ana", "bo"]


def test_a_channel_and_a_user_group_bring_their_people(
    office: Office, ada: Member, ana: Member, bo: Member
) -> None:
    begun(ada)
    named(office, ada)
    team = office.sandbox.add_channel("east-team", [ana])
    office.sandbox.invite_bot(team)
    office.sandbox.add_usergroup("closers", [bo])
    ada.opens_home()

    ada.clicks("Add people")
    ada.waits_for("Everybody in this user group")
    ada.submits(channel=team, group="closers", role="AE")
    office.tick()

    assert roles(office) == {"Ana": Role.AE, "Bo": Role.AE}


def test_without_the_scope_people_are_picked_by_name(db: Database, tmp_path: Path) -> None:
    few = SCOPES - {"usergroups:read", "channels:read", "groups:read"}
    with open_office(db, tmp_path, scopes=few) as office:
        ada = office.sandbox.add_person("Ada", email="ada@example.com", is_admin=True)
        ana = office.sandbox.add_person("Ana", email="ana@example.com")
        begun(ada)
        named(office, ada)
        ada.opens_home()
        ada.clicks("Add people")
        ada.waits_for("These people")
        assert "user group" not in ada.sees()
        ada.submits(channel=office.sandbox.add_channel("x", [ada]), role="AE")
        ada.closes(everything=True)
        ada.waits_for("Slack did not tell me who they are (missing scope)")

        ada.opens_home()
        ada.clicks("Add people")
        ada.waits_for("These people")
        ada.submits(people=[ana], role="AE")
        office.tick()
        assert roles(office) == {"Ana": Role.AE}


def test_adding_somebody_twice_changes_nothing(office: Office, ada: Member, ana: Member) -> None:
    begun(ada)
    named(office, ada)
    for role in ("AE", "SDR"):
        ada.opens_home()
        ada.clicks("Add people")
        ada.waits_for("These people")
        ada.submits(people=[ana], role=role)
        office.tick()
        ada.closes(everything=True)

    ada.waits_for("Nobody new for East")
    assert roles(office) == {"Ana": Role.AE}


ROSTER = "email,name,role,team\nana@example.com,Ana,SDR,East\nbo@example.com,Bo,AE,East\nx,Nobody,AE,East\n"


def test_a_csv_dropped_into_the_direct_message_is_shown_and_imported_after_a_yes(
    office: Office, ada: Member
) -> None:
    office.sandbox.subscribe({"message.im"})
    begun(ada)

    ada.uploads(ROSTER.encode(), "our people.csv")
    office.tick()

    shown = text_of(ada.waits_for("Nothing is stored yet"))
    assert "*our people.csv* looks like reps: 3 rows. Nothing is stored yet." in shown
    assert "name Ana" in shown
    assert "Would be refused: 1 ×" in shown
    assert roles(office) == {}

    ada.clicks("Take it in")
    office.tick()
    told = text_of(ada.waits_for("✓ our people.csv"))
    ada.waits_for("The refused rows of")
    assert "our people.csv: 3 reps read, 2 added" in told
    assert "Refused: 1" in told
    [refused] = [file for file in ada.files if file.name == "refused.csv"]
    assert b"Nobody" in (refused.content or b"")
    assert roles(office) == {"Ana": Role.SDR, "Bo": Role.AE}
    assert "Ada imported reps" in ada.commands("/scorecard audit").says


def test_only_an_admin_imports(office: Office, ada: Member, ana: Member) -> None:
    office.sandbox.subscribe({"message.im"})
    begun(ada)
    ada.uploads(ROSTER.encode(), "people.csv")
    office.tick()
    ada.clicks("Take it in")
    office.tick()
    ada.waits_for("✓ people.csv")
    office.tick()

    ana.uploads(b"deal_id,ae_email,status\nd1,bo@example.com,open\n", "deals.csv")
    office.tick()

    ana.waits_for("deals.csv was not imported. Only an admin")


def test_people_are_added_to_the_team_that_was_founded_last(
    office: Office, ada: Member, ana: Member, bo: Member
) -> None:
    east = office.team("East", channel="C0EAST")
    office.hires("Mia", Role.MANAGER, east)
    office.hires("Cy", Role.AE, east)
    begun_anyway(office, ada)
    named(office, ada, "North")
    told = text_of(ada.opens_home())
    assert "○ The people in it: *North*" in told and "○ Who is what, and who leads: *North*" in told

    ada.clicks("Add people")
    ada.waits_for("Who belongs to *North*")
    ada.submits(people=[ana, bo], role="AE")
    office.tick()
    ada.closes(everything=True)
    ada.opens_home()
    ada.clicks("Set roles")
    ada.submits(**{str(person): role for person, role in _ids(office, Bo=Role.MANAGER).items()})
    ada.closes(everything=True)

    assert "○ Who is what" not in text_of(ada.opens_home())
    with office.db.read() as session:
        teams = {team.id: team.name for team in session.exec(select(Team))}
        people = {person.id: person.name for person in session.exec(select(Person))}
        held = {(people[one.person_id], teams[one.team_id]) for one in session.exec(select(Membership))}
    assert {("Ana", "North"), ("Bo", "North"), ("Cy", "East")} <= held


def begun_anyway(office: Office, ada: Member) -> None:
    ada.opens_home()
    ada.clicks("Begin")
    ada.waits_for("Set up Cornerman")
