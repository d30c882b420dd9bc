"""A deal's next meeting moves along with what was promised."""

from datetime import UTC, datetime

from sqlmodel import select

from bot.core.enums import DealStatus
from bot.sandbox import Member, text_of
from storage.tables import Call, Deal, DealChange, DealField
from tests.debriefs.promised import promises
from tests.support.office import Office


def of_a_deal(office: Office, meeting: datetime | None) -> None:
    """The latest call was about a deal of Bo's."""
    with office.db.begin() as session:
        call = session.exec(select(Call)).one()
        deal = Deal(
            workspace_id=office.workspace_id,
            deal_key="d",
            ae_id=call.person_id,
            company="Dana",
            status=DealStatus.OPEN,
            first_seen_at=office.clock(),
            next_meeting_at=meeting,
        )
        session.add(deal)
        session.flush()
        call.deal_id = deal.id
        session.add(call)


def moved_to_friday(office: Office, bo: Member) -> datetime | None:
    bo.opens_home()
    bo.chooses("Move to …", "2026-11-20")
    assert office.sandbox.workspace.wait_until(lambda: "is due" not in text_of(bo.person.home), 5)
    with office.db.read() as session:
        return session.exec(select(Deal.next_meeting_at)).one()


def test_the_deals_next_meeting_moves_along(office: Office, bo: Member) -> None:
    promises(office, bo, "2026-11-16")
    of_a_deal(office, datetime(2026, 11, 16, 14, 30, tzinfo=UTC))

    assert moved_to_friday(office, bo) == datetime(2026, 11, 20, 14, 30, tzinfo=UTC), "at its hour"
    with office.db.read() as session:
        assert session.exec(select(DealChange.field)).all() == [DealField.NEXT_MEETING_AT]


def test_a_deal_without_a_meeting_gets_one_as_work_begins(office: Office, bo: Member) -> None:
    promises(office, bo, "2026-11-16")
    of_a_deal(office, None)

    assert moved_to_friday(office, bo) == datetime(2026, 11, 20, 8, 0, tzinfo=UTC)


def test_a_meeting_on_another_day_to_come_stands(office: Office, bo: Member) -> None:
    promises(office, bo, "2026-11-16")
    thursday = datetime(2026, 11, 19, 14, 0, tzinfo=UTC)
    of_a_deal(office, thursday)

    assert moved_to_friday(office, bo) == thursday
