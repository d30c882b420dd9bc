"""From an empty workspace to the first debrief, as the admin who sets it up."""

from datetime import date, time, timedelta
from decimal import Decimal
from pathlib import Path

import pytest
from sqlmodel import select

from bot.core.enums import Role
from bot.sandbox import Member, text_of
from storage.database import Database
from storage.tables import Membership, Person, Team, Workspace
from tests.support.builders import Builder
from tests.support.office import SCOPES, Office, open_office


@pytest.fixture
def ada(office: Office) -> Member:
    return office.sandbox.add_person("Ada", email="ada@example.com", tz="Europe/Berlin", is_admin=True)


@pytest.fixture
def ana(office: Office) -> Member:
    return office.sandbox.add_person("Ana", email="ana@example.com", tz="Europe/Berlin")


@pytest.fixture
def bo(office: Office) -> Member:
    return office.sandbox.add_person("Bo", email="bo@example.com", tz="Europe/Berlin")


def begun(ada: Member) -> None:
    ada.opens_home()
    ada.clicks("Begin")
    ada.waits_for("Set up Cornerman: 0 of 7 done")


def named(office: Office, ada: Member, name: str = "East") -> None:
    sales = office.sandbox.add_channel("sales", [ada])
    office.sandbox.invite_bot(sales)
    ada.clicks("Name it")
    ada.waits_for("What is it called")
    ada.submits(name=name, channel=sales)
    ada.waits_for("hears from me")
    ada.closes(everything=True)


def test_a_channel_without_the_bot_is_refused_with_the_way_to_invite_it(office: Office, ada: Member) -> None:
    begun(ada)
    random = office.sandbox.add_channel("random", [ada])
    ada.clicks("Name it")
    ada.waits_for("What is it called")

    refused = ada.submits(name="East", channel=random)
    assert "`/invite @Cornerman` there" in refused.errors["channel"]

    office.sandbox.invite_bot(random)
    ada.submits(name="East", channel=random)
    ada.waits_for("hears from me")


def test_the_first_words_to_anybody_are_a_welcome(office: Office, ada: Member, ana: Member) -> None:
    begun(ada)
    named(office, ada)
    ada.opens_home()
    ada.clicks("Add people")
    ada.submits(people=[ana], role="SDR")
    office.tick()

    [welcome] = ana.dm
    assert len(text_of(welcome).splitlines()) == 3
    assert "Ada added you to East" in text_of(welcome) and "`/coach learning off` stops" in text_of(welcome)


def roles(office: Office) -> dict[str, Role]:
    with office.db.read() as session:
        rows = session.exec(select(Person, Membership).where(Membership.person_id == Person.id)).all()
    return {person.name: membership.role for person, membership in rows}


def test_from_an_empty_workspace_to_the_first_debrief(
    office: Office, ada: Member, ana: Member, bo: Member
) -> None:
    begun(ada)
    named(office, ada)
    ada.opens_home()

    ada.clicks("Add people")
    ada.waits_for("Who belongs to")
    ada.submits(people=[ana, bo, ada], role="SDR")
    office.tick()
    ada.closes(everything=True)
    ada.waits_for("Added to East: Ada, Ana, Bo")
    assert roles(office) == {"Ada": Role.SDR, "Ana": Role.SDR, "Bo": Role.SDR}

    ada.opens_home()
    ada.clicks("Set roles")
    ada.waits_for("Bo")
    ada.submits(**{str(person): role for person, role in _ids(office, Bo=Role.AE, Ada=Role.MANAGER).items()})
    ada.closes(everything=True)
    assert roles(office) == {"Ada": Role.MANAGER, "Ana": Role.SDR, "Bo": Role.AE}
    assert "3 of 7 done" in text_of(ada.opens_home())

    office.call_ended(ana, contact="Dana")
    ana.clicks("Meeting booked")
    ana.waits_for("meeting booked")


def test_a_newcomer_is_ramping_and_behind_nobody(office: Office, ada: Member) -> None:
    begun(ada)
    named(office, ada)
    team = team_called(office, "East")
    for name in ("Cal", "Dee", "Eve", "Fay"):
        office.call_ended(office.hires(name, Role.SDR, team))
        has_passed_leads(office, name, weeks=12)
    ana = office.sandbox.add_person("Ana", email="ana@example.com", tz="Europe/Berlin")
    ada.opens_home()
    ada.clicks("Add people")
    ada.submits(people=[ana], role="SDR")
    office.tick()

    assert first_day(office, "Ana") == office.clock().date()
    told = [text_of(ana.opens_home()), ana.commands("/scorecard").says]
    assert "it ended before this role began" in told[1]
    for seen in told:
        assert "behind the middle" not in seen and "below the middle" not in seen, seen


def test_records_from_before_say_since_when_a_newcomer_is_there(office: Office, ada: Member) -> None:
    office.sandbox.subscribe({"message.im"})
    begun(ada)
    named(office, ada)
    ana, bo = (
        office.sandbox.add_person(name, email=f"{name.lower()}@example.com", tz="Europe/Berlin")
        for name in ("Ana", "Bo")
    )
    ada.opens_home()
    ada.clicks("Add people")
    ada.submits(people=[ana, bo], role="SDR")
    office.tick()
    ada.closes(everything=True)
    assert first_day(office, "Ana") == office.clock().date()

    before = office.clock().date() - timedelta(days=100)
    has_a_file_taken_in(
        office,
        ada,
        f"rep_email,source,call_id,started_at,duration_s\nana@example.com,dialer,c1,{before}T10:00:00Z,300\n",
    )
    assert (first_day(office, "Ana"), first_day(office, "Bo")) == (before, office.clock().date())


def first_day(office: Office, name: str) -> date:
    with office.db.read() as session:
        held = select(Membership).where(Membership.person_id == Person.id, Person.name == name)
        return session.exec(held).one().started_on


def team_called(office: Office, name: str) -> int:
    with office.db.read() as session:
        return session.exec(select(Team).where(Team.name == name)).one().id


def has_passed_leads(office: Office, name: str, *, weeks: int) -> None:
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        rep = session.exec(select(Person).where(Person.name == name)).one().id
        closer = build.rep(f"AE of {name}", Role.AE, team_called(office, "East"))
        for n in range(5 * weeks):
            build.handoff(rep, closer, office.clock() - timedelta(days=1 + n))


def _ids(office: Office, **roles: Role) -> dict[int, Role]:
    with office.db.read() as session:
        ids = {person.name: person.id for person in session.exec(select(Person))}
    return {ids[name]: role for name, role in roles.items()}


def test_only_an_admin_of_the_slack_workspace_begins_and_only_one(
    office: Office, ada: Member, ana: Member
) -> None:
    assert "Begin" not in text_of(ana.opens_home()), "it would be refused"
    begun(ada)

    eve = office.sandbox.add_person("Eve", is_admin=True)
    assert "Begin" not in text_of(eve.opens_home())


def test_every_step_is_counted_and_the_command_shows_the_same(
    office: Office, ada: Member, ana: Member, bo: Member
) -> None:
    begun(ada)
    named(office, ada)
    ada.opens_home()
    ada.clicks("Set them")
    ada.waits_for("Currency")
    ada.submits(tool_cost="700.5", credit_rate="40", currency="eur", keep_raw_days="10")
    assert "Tools cost 700.5 EUR" in ada.sees()
    ada.closes(everything=True)
    ada.opens_home()
    ada.clicks("Pick them")
    ada.waits_for("When and where")
    ada.submits(day="Tuesday", time=time(8))
    ada.closes(everything=True)
    ada.opens_home()
    ada.clicks("Write the checklist")
    ada.waits_for("Add a criterion")
    ada.clicks("Add a criterion")
    ada.waits_for("What does it ask for?")
    ada.submits(name="Budget")
    ada.closes(everything=True)

    told = ada.commands("/scorecard setup").says
    assert "4 of 7 done" in told
    with office.db.read() as session:
        workspace = session.exec(select(Workspace)).one()
        team = session.exec(select(Team)).one()
    assert (workspace.tool_cost, workspace.credit_rate, workspace.currency) == (
        Decimal("700.5"),
        Decimal(40),
        "EUR",
    )
    assert (workspace.keep_raw_days, workspace.keep_words_months) == (10, 18)
    assert (team.digest_weekday, team.digest_time) == (1, time(8))


def test_targets_are_set_from_the_step(office: Office, ada: Member, ana: Member) -> None:
    begun(ada)
    named(office, ada)
    ada.opens_home()

    ada.chooses("Pick a role", "SDRs")

    ada.waits_for("For the SDRs of every team")


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


def test_a_second_admin_is_told_what_the_first_saved(office: Office, ada: Member) -> None:
    begun(ada)
    with office.db.begin() as session:
        eve = office.sandbox.add_person("Eve", email="eve@example.com")
        session.add(
            Person(
                workspace_id=office.workspace_id,
                name="Eve",
                email="eve@example.com",
                slack_user_id=eve.id,
                is_admin=True,
            )
        )
    for admin in (ada, eve):
        admin.opens_home()
        admin.clicks("Set them")
        admin.waits_for("Currency")

    ada.submits(tool_cost="100")
    eve.submits(tool_cost="900")

    assert "Ada changed this while you had it open" in eve.sees()
    assert "Tools cost 100 USD" in eve.sees()


@pytest.mark.parametrize(
    "given, field, why",
    [
        ({"currency": "E1R"}, "currency", "three letters"),
        ({"keep_raw_days": "0"}, "keep_raw_days", "from 1 to 365"),
        ({"tool_cost": "-1"}, "tool_cost", "from 0 to a million"),
    ],
)
def test_wrong_figures_are_answered_under_their_field(
    office: Office, ada: Member, given: dict[str, str], field: str, why: str
) -> None:
    begun(ada)
    ada.opens_home()
    ada.clicks("Set them")
    ada.waits_for("Currency")

    assert why in ada.submits(**given).errors[field]


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


def has_a_file_taken_in(office: Office, ada: Member, content: str) -> None:
    ada.uploads(content.encode(), "people.csv")
    office.tick()
    ada.clicks("Take it in")
    office.tick()
    ada.waits_for("✓ people.csv")


PEOPLE = "email,name,role,team\nana@example.com,Ana,SDR,East\nmia@example.com,Mia,manager,East\n"


def test_who_comes_by_a_file_is_welcomed_once_and_first(office: Office, ada: Member, ana: Member) -> None:
    office.sandbox.subscribe({"message.im"})
    mia = office.sandbox.add_person("Mia", email="mia@example.com", tz="Europe/Berlin")
    begun(ada)
    has_a_file_taken_in(office, ada, PEOPLE)
    assert ana.dm == [], "Slack was not asked yet who they are"

    office.later(minutes=20)  # the two are found in Slack
    office.tick()
    office.call_ended(ana, contact="Dana")
    office.later(minutes=3)
    has_a_file_taken_in(office, ada, PEOPLE)
    office.later(minutes=20)

    welcome, question = (text_of(message) for message in ana.dm)
    assert welcome.startswith("Hello! You are on the roster of East here.")
    assert len(welcome.splitlines()) == 3 and "`/coach learning off` stops" in welcome
    assert "Dana" in question
    [to_lead] = [text_of(message) for message in mia.dm]
    assert "`/scorecard digest` shows, posts or skips it" in to_lead


def test_a_welcome_waits_until_its_reader_works(office: Office, ada: Member) -> None:
    office.sandbox.subscribe({"message.im"})
    kim = office.sandbox.add_person("Kim", email="kim@example.com", tz="America/Los_Angeles")
    begun(ada)
    has_a_file_taken_in(office, ada, "email,name,role,team\nkim@example.com,Kim,SDR,East\n")
    office.later(minutes=20)
    office.tick()
    assert kim.dm == [], "it is night there"

    office.later(hours=8)

    assert [text_of(message).split("!")[0] for message in kim.dm] == ["Hello"]


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
