"""Who is not on the roster, and whatever is written to the bot, is answered."""

from sqlmodel import select

from bot.sandbox import Member, text_of
from storage.tables import InboxEvent, Person
from tests.support.office import Office


def test_a_stranger_is_told_how_to_get_on_the_roster(office: Office, ana: Member) -> None:
    stranger = office.sandbox.add_person("Sam", email="sam@example.com")

    assert "not on the roster" in text_of(stranger.opens_home())


def test_somebody_who_joins_slack_is_found_by_email(office: Office, ana: Member) -> None:
    with office.db.begin() as session:
        session.add(Person(workspace_id=office.workspace_id, name="Eve", email="eve@example.com"))
    eve = office.sandbox.add_person("Eve", email="Eve@Example.com", tz="Asia/Tokyo")

    office.tick()

    assert "My settings" in text_of(eve.opens_home())
    with office.db.read() as session:
        assert session.exec(select(Person.time_zone).where(Person.name == "Eve")).one() == "Asia/Tokyo"


def test_nobody_who_may_not_set_up_is_asked_to(office: Office, ana: Member) -> None:
    chief = office.sandbox.add_person("Ada", email="ada@example.com", is_admin=True)

    assert "Nobody has set me up yet" not in text_of(ana.opens_home())
    assert "Nobody has set me up yet" in text_of(chief.opens_home())


def test_whatever_is_written_to_the_bot_is_answered_and_not_kept(office: Office, ana: Member) -> None:
    office.sandbox.subscribe({"message.im"})
    office.call_ended(ana)

    ana.says(None, "hello, our secret is blue")
    office.tick()

    answer = text_of(ana.waits_for("Hello Ana"))
    assert "`/scorecard help`" in answer
    assert "1 call waits for a word from you in Home." in answer
    assert "[My scorecard] [Log a call] [Pass a lead]" in answer
    with office.db.read() as session:
        assert not any("secret" in str(event.body) for event in session.exec(select(InboxEvent)))


def test_a_stranger_who_writes_is_told_how_to_get_on_the_roster(office: Office, ana: Member) -> None:
    office.sandbox.subscribe({"message.im"})
    sam = office.sandbox.add_person("Sam", email="sam@example.com")

    sam.says(None, "hi")
    office.tick()

    sam.waits_for("not on the roster")
