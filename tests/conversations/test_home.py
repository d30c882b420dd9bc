"""The Home tab: what waits, and what is one's own to decide."""

from sqlmodel import select

from bot.sandbox import Member, text_of
from bot.words import Role
from storage.tables import Person
from tests.conversations.office import Office


def test_what_nobody_asked_about_rests_in_home(office: Office, ana: Member) -> None:
    for number in range(8):
        office.call_ended(ana, contact=f"Contact {number}", minutes=2)

    home = ana.opens_home()

    assert "8 calls to debrief" in text_of(home)
    ana.clicks("Debrief", beside="Contact 7")
    assert ana.submits(outcome="Advanced").closed
    assert "7 calls to debrief" in text_of(ana.opens_home())


def test_coaching_and_being_named_are_ones_own_to_decide(office: Office, ana: Member) -> None:
    ana.opens_home()

    ana.clicks("I would like to coach")
    ana.waits_for("You coach others.")
    ana.clicks("Do not name me")
    ana.waits_for("You are not named")

    with office.db.read() as session:
        assert session.exec(select(Person.willing, Person.named_publicly)).one() == (True, False)


def test_a_stranger_is_told_how_to_get_on_the_roster(office: Office, ana: Member) -> None:
    stranger = office.sandbox.add_person("Sam", email="sam@example.com")

    assert "not on the roster" in text_of(stranger.opens_home())


def test_somebody_who_joins_slack_is_found_by_email(office: Office, ana: Member) -> None:
    with office.db.begin() as session:
        session.add(Person(workspace_id=office.workspace_id, name="Eve", email="eve@example.com"))
    eve = office.sandbox.add_person("Eve", email="Eve@Example.com", tz="Asia/Tokyo")

    office.tick()

    assert "Nothing waits for you" in text_of(eve.opens_home())
    with office.db.read() as session:
        assert session.exec(select(Person.time_zone).where(Person.name == "Eve")).one() == "Asia/Tokyo"


def test_a_change_of_zone_is_heard_of(office: Office, ana: Member) -> None:
    office.sandbox.change(ana, tz="America/New_York")
    office.tick()

    with office.db.read() as session:
        assert session.exec(select(Person.time_zone)).one() == "America/New_York"


def test_an_admin_sees_what_did_not_get_through_and_tries_it_again(
    office: Office, ana: Member, east: int
) -> None:
    admin = office.hires("Ada", Role.MANAGER, east, is_admin=True)
    call = {
        "call_id": "c-1",
        "rep_email": "zoe@example.com",
        "started_at": "2026-11-16T09:40:00+01:00",
        "duration_s": 900,
    }
    office.delivers(call)
    assert "did not get through" not in text_of(ana.opens_home())
    assert "1 thing did not get through" in text_of(admin.opens_home())

    zoe = office.hires("Zoe", Role.SDR, east)
    admin.clicks("Try again")
    office.tick()

    zoe.waits_for("How did your call")
    assert "did not get through" not in text_of(admin.opens_home())
