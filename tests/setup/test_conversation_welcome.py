"""Whoever is new is welcomed first, once and at work, and ramps behind nobody."""

from datetime import date, timedelta

from sqlmodel import select

from bot.core.enums import Role
from bot.sandbox import Member, text_of
from storage.tables import Membership, Person, Team
from tests.setup.beginning import ada, ana, begun, named
from tests.support.builders import Builder
from tests.support.office import Office

__all__ = ["ada", "ana"]


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
