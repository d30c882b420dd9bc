"""What is one's own to decide in Home: coaching, being named, quiet, working hours and one's zone."""

from datetime import UTC, datetime

from sqlmodel import select

from bot.people.services import members
from bot.sandbox import Member, text_of
from storage.tables import Person
from tests.support.office import Office


def test_coaching_and_being_named_are_ones_own_to_decide(office: Office, ana: Member) -> None:
    ana.opens_home()

    ana.clicks("I would like to coach")
    ana.waits_for("You coach others.")
    ana.clicks("Do not name me")
    ana.waits_for("You are not named")

    with office.db.read() as session:
        assert session.exec(select(Person.willing, Person.named_publicly)).one() == (True, False)


def test_a_zone_that_this_machine_does_not_know_is_not_believed(office: Office, ana: Member) -> None:
    with office.db.writing(office.workspace_id, office.clock()) as books:
        before = books.session.exec(select(Person.time_zone)).one()
        members.link(books, [{"id": ana.id, "tz": "Mars/Olympus_Mons"}])

        assert books.session.exec(select(Person.time_zone)).one() == before


def test_a_change_of_zone_is_heard_of(office: Office, ana: Member) -> None:
    office.sandbox.change(ana, tz="America/New_York")
    office.tick()

    with office.db.read() as session:
        assert session.exec(select(Person.time_zone)).one() == "America/New_York"


def test_quiet_for_today_holds_until_work_begins_again(office: Office, ana: Member) -> None:
    ana.opens_home()
    ana.clicks("Quiet for today")
    ana.waits_for("waits until you work again")

    office.call_ended(ana)
    office.later(hours=7, minutes=30)
    assert ana.dm == []

    office.clock.now = datetime(2026, 11, 17, 8, 0, tzinfo=UTC)  # 9:00 the next morning
    office.tick()
    assert len(ana.dm) == 1
    assert "asked about calls as they end" in text_of(ana.opens_home())


def test_who_changes_their_mind_is_asked_again_at_once(office: Office, ana: Member) -> None:
    ana.opens_home()
    ana.clicks("Quiet for today")
    office.call_ended(ana)
    ana.clicks("Listen again")
    ana.waits_for("asked about calls as they end")

    office.call_ended(ana, contact="Max")

    ana.waits_for("How did your call with *Max, Acme* end?")


def test_working_hours_are_ones_own_to_set(office: Office, ana: Member) -> None:
    ana.opens_home()
    ana.clicks("Change hours")

    refused = ana.submits(opens="07:00", closes="07:00")
    assert "differs from the start" in refused.errors["closes"]
    ana.submits(opens="07:00", closes="09:30")

    ana.waits_for("from 07:00 to 09:30, Europe/Berlin time")
    office.call_ended(ana)  # at 10:00
    assert ana.dm == []
    office.clock.now = datetime(2026, 11, 17, 6, 0, tzinfo=UTC)
    office.tick()
    assert len(ana.dm) == 1
