"""A lead nobody decided about is brought up once, in the AE's own hours."""

from datetime import UTC, date, datetime

from sqlmodel import select

from bot.sandbox import Member, text_of
from storage.tables import Leave, Person
from tests.support.leads import TELLING, decides, passes, told
from tests.support.office import Office


def test_an_undecided_lead_is_brought_up_once_after_two_working_days(
    office: Office, ana: Member, bo: Member
) -> None:
    office.clock.now = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)  # Friday, 15:00 in Berlin
    passes(ana, bo)
    told(bo, 1)

    for quiet in (datetime(2026, 11, 23, 14, 0, tzinfo=UTC), datetime(2026, 11, 24, 13, 59, tzinfo=UTC)):
        office.clock.now = quiet
        office.tick()
        assert len(bo.dm) == 1

    office.clock.now = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)  # Tuesday, 15:00
    office.tick()
    assert "*Ana* still waits for your word on *Dana, Acme*" in told(bo, 2)[-1]

    office.later(days=7)
    assert len(bo.dm) == 2


def test_the_reminder_waits_for_an_ae_who_is_away(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    told(bo, 1)
    with office.db.begin() as session:
        person = session.exec(select(Person).where(Person.name == "Bo")).one()
        session.add(
            Leave(
                workspace_id=office.workspace_id,
                person_id=person.id,
                first_day=date(2026, 11, 17),
                last_day=date(2026, 11, 20),
            )
        )

    office.clock.now = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    office.tick()
    assert len(bo.dm) == 1

    office.clock.now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # Monday, 9:00 in Berlin
    office.tick()
    assert len(told(bo, 2)) == 2


def test_a_decided_lead_is_not_brought_up(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    decides(office, bo, "Reject", TELLING)
    told(ana, 1)

    office.later(days=7)

    assert len(told(bo, 1)) == 1


def test_a_reminder_turns_into_the_answer_too(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    told(bo, 1)
    office.later(days=2)
    told(bo, 2)

    decides(office, bo, "Accept", TELLING)

    assert bo.waits_for(lambda ae: all("You accepted" in text_of(message) for message in ae.dm))
    assert all("Reject" not in text_of(message) for message in bo.dm)
