"""Stuck deals by name: what their AE can do about each, and who may."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from sqlmodel import select

from bot.core.enums import DealStatus
from bot.sandbox import Member
from storage.tables import Deal, Person
from tests.pipeline.stuck import deal, home, shows
from tests.support.office import Office


def kept(office: Office, company: str) -> Deal:
    with office.db.read() as session:
        return session.exec(select(Deal).where(Deal.company == company)).one()


def test_an_ae_reads_which_deals_are_stuck_and_why(office: Office, bo: Member) -> None:
    deal(office, "Bo", "Acme", amount=Decimal(40_000), currency="EUR")
    deal(office, "Bo", "Globex", expected_close=date(2027, 1, 12), last_activity_at=office.clock())

    told = home(bo)

    assert "1 of your deals is stuck\n*Acme* · €40,000.00 · open for 45 days\n" in told
    assert "past the expected close (Nov 12), nothing happened lately" in told
    assert "[New date] [Booked a meeting] [Lost] [Leave it this week]" in told
    assert "Globex" not in told


def test_all_stuck_deals_are_counted_where_the_largest_are_shown(office: Office, bo: Member) -> None:
    for n in range(7):
        deal(office, "Bo", f"Acme {n}")

    assert (told := home(bo)).count("7 of your deals are stuck") == 1 and told.count("[Lost]") == 5
    listed = bo.commands("/scorecard stuck").says
    assert "7 of your deals are stuck" in listed and all(f"Acme {n}" in listed for n in range(7))


def test_while_no_news_of_deals_comes_it_is_said_that_what_is_stuck_may_have_moved(
    office: Office, bo: Member, mia: Member
) -> None:
    deal(office, "Bo", "Acme", amount=Decimal(40_000), currency="EUR")
    assert "may have moved" not in home(bo)
    for n in range(40):
        closed = office.clock() - timedelta(days=14 + n)
        deal(office, "Bo", f"Old {n}", opened_at=closed, status=DealStatus.LOST, closed_at=closed)

    silent = "🔇 No news of deals has reached me since Nov 2, 2026, so what stands here may have moved."
    assert silent in home(bo)
    assert silent in mia.commands("/scorecard stuck").says
    assert silent in bo.commands("/scorecard stuck").says


def test_a_new_date_unsticks_it(office: Office, bo: Member) -> None:
    deal(office, "Bo", "Acme", last_activity_at=office.clock())
    home(bo)

    bo.clicks("New date")
    assert "today on" in bo.submits(expected_close="2026-11-15").errors["expected_close"]
    assert bo.submits(expected_close="2026-12-15").errors == {}

    shows(office, bo, "is stuck", gone=True)
    assert kept(office, "Acme").expected_close == date(2026, 12, 15)


def test_a_meeting_is_booked(office: Office, bo: Member) -> None:
    deal(office, "Bo", "Acme", expected_close=None)
    deal(office, "Bo", "Globex", last_activity_at=office.clock(), expected_close=None)
    home(bo)
    at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

    bo.clicks("Booked a meeting")
    assert bo.submits(next_meeting=at).errors == {}

    shows(office, bo, "is stuck", gone=True)
    assert kept(office, "Acme").next_meeting_at == at


def test_a_deal_is_lost_with_a_reason(office: Office, bo: Member) -> None:
    deal(office, "Bo", "Acme")
    home(bo)

    bo.clicks("Lost")
    assert "say why" in bo.submits().errors["reason"]
    assert bo.submits(reason="Price", loss_reason="A third cheaper").errors == {}

    shows(office, bo, "is stuck", gone=True)
    found = kept(office, "Acme")
    assert (found.status, found.loss_reason) == (DealStatus.LOST, "Price: A third cheaper")


def test_it_can_be_left_for_a_week(office: Office, bo: Member, mia: Member) -> None:
    deal(office, "Bo", "Acme")
    bo.commands("/scorecard stuck")

    bo.clicks("Leave it this week")

    bo.waits_for("None of your deals is stuck.")
    assert "Acme" not in home(bo)
    assert "*Acme* (Bo)" in (told := mia.commands("/scorecard stuck").says)
    assert "left until Mon, Nov 23" in told
    office.clock.advance(timedelta(days=7))
    assert "*Acme*" in home(bo)


def test_nobody_acts_on_anothers_deal(office: Office, bo: Member, cy: Member) -> None:
    deal(office, "Bo", "Acme")
    home(bo)
    bo.clicks("New date")
    with office.db.begin() as session:
        row = session.exec(select(Deal)).one()
        row.ae_id = session.exec(select(Person.id).where(Person.name == "Cy")).one()
        session.add(row)

    bo.submits(expected_close="2026-12-15")

    assert kept(office, "Acme").expected_close == date(2026, 11, 12)


@pytest.mark.parametrize("button", ["New date", "Booked a meeting", "Lost"])
def test_no_form_opens_for_a_deal_that_went_to_another_or_is_closed(
    office: Office, bo: Member, cy: Member, button: str
) -> None:
    deal(office, "Bo", "Acme")
    bo.commands("/scorecard stuck")
    with office.db.begin() as session:
        row = session.exec(select(Deal)).one()
        row.status, row.closed_at = DealStatus.WON, office.clock()
        session.add(row)
    bo.clicks(button)
    bo.waits_for("This deal is closed already.")
    with office.db.begin() as session:
        row = session.exec(select(Deal)).one()
        row.ae_id = session.exec(select(Person.id).where(Person.name == "Cy")).one()
        session.add(row)

    bo.clicks(button)

    bo.waits_for("That deal is gone, or it is not one of yours.")
    assert bo.modal is None


def test_what_an_import_left_out_or_got_wrong_holds_nobody_up(office: Office, bo: Member) -> None:
    """The form of a whole deal would ask for it; these forms have no field for it."""
    deal(office, "Bo", "", amount=Decimal(-5), currency="EUR")
    at = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)

    home(bo)
    bo.clicks("Booked a meeting")
    bo.submits(next_meeting=at)

    bo.clicks("New date")
    bo.submits(expected_close="2026-12-15")

    found = kept(office, "")
    assert (found.expected_close, found.next_meeting_at) == (date(2026, 12, 15), at)


def test_a_deal_without_a_name_is_lost(office: Office, bo: Member) -> None:
    deal(office, "Bo", "")
    home(bo)

    bo.clicks("Lost")
    bo.submits(loss_reason="Gone")

    found = kept(office, "")
    assert (found.status, found.loss_reason, found.amount) == (DealStatus.LOST, "Gone", None)


def test_more_than_a_list_holds_is_said(office: Office, bo: Member, mia: Member) -> None:
    for n in range(31):
        deal(office, "Bo", f"Acme {n}")

    assert "The 30 largest are shown." in mia.commands("/scorecard stuck").says
    assert "The 30 largest are shown." in bo.commands("/scorecard stuck").says


def test_a_name_does_not_turn_our_line_around(office: Office, bo: Member, mia: Member) -> None:
    deal(office, "Bo", "شركة \u202eAcme")

    assert "• *شركة Acme* (Bo) · open for 45 days" in mia.commands("/scorecard stuck").says
