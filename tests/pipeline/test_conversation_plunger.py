"""Stuck deals by name: what their AE can do about each, what those who lead read, and why a close moved again."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import col, select

from bot.calendar import periods
from bot.core.enums import DealStatus, Role, SlipCause
from bot.pipeline.services import stuck as pipelines
from bot.sandbox import Member, text_of
from storage.queries.pipeline import deal_history
from storage.tables import Deal, Person, SlipReason
from tests.support.builders import Builder
from tests.support.office import Office


@pytest.fixture
def cy(office: Office, east: int) -> Member:
    """Another AE of East."""
    return office.hires("Cy", Role.AE, east)


def deal(office: Office, ae: str, company: str, **about: Any) -> None:
    """Opened 45 days ago, expected to close on 12 November."""
    usual: dict[str, Any] = {"expected_close": date(2026, 11, 12)}
    with office.db.begin() as session:
        person = session.exec(select(Person.id).where(Person.name == ae)).one()
        opened = office.clock() - timedelta(days=45)
        Builder(session, office.workspace_id).deal(person, opened, company=company, **usual | about)


def kept(office: Office, company: str) -> Deal:
    with office.db.read() as session:
        return session.exec(select(Deal).where(Deal.company == company)).one()


def home(ae: Member) -> str:
    return text_of(ae.opens_home())


def shows(office: Office, ae: Member, words: str, *, gone: bool = False) -> None:
    assert office.sandbox.workspace.wait_until(lambda: (words in text_of(ae.person.home)) is not gone, 5)


def test_an_ae_reads_which_deals_are_stuck_and_why(office: Office, bo: Member) -> None:
    deal(office, "Bo", "Acme", amount=Decimal(40_000), currency="EUR")
    deal(office, "Bo", "Globex", expected_close=date(2027, 1, 12), last_activity_at=office.clock())

    told = home(bo)

    assert "1 of your deals is stuck\n*Acme* · €40,000.00 · open for 45 days\n" in told
    assert "past the expected close (Nov 12), nothing happened lately" in told
    assert "[New date] [Booked a meeting] [Lost] [Leave it this week]" in told
    assert "Globex" not in told


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


def test_those_who_lead_read_the_largest_sums_first(
    office: Office, bo: Member, cy: Member, mia: Member
) -> None:
    deal(office, "Bo", "Small", amount=Decimal(9_000), currency="USD")
    deal(office, "Cy", "Unknown")
    deal(office, "Cy", "Large", amount=Decimal(70_000), currency="USD")

    told = mia.commands("/scorecard stuck").says

    assert "East: 3 stuck deals" in told
    assert told.index("*Large* (Cy) · $70,000.00") < told.index("*Small* (Bo)") < told.index("*Unknown* (Cy)")
    assert "[Lost]" not in told
    assert "Only the team's manager" in bo.commands("/scorecard stuck East").text


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


def moves(bo: Member, day: str, **more: Any) -> dict[str, str]:
    bo.opens_home()
    bo.clicks("New date")
    return bo.submits(expected_close=day, **more).errors


def causes(office: Office) -> list[SlipCause]:
    with office.db.read() as session:
        return [row.cause for row in session.exec(select(SlipReason).order_by(col(SlipReason.id)))]


def test_the_second_move_asks_what_changed(office: Office, bo: Member) -> None:
    deal(office, "Bo", "Acme", last_activity_at=office.clock())
    assert moves(bo, "2026-11-16") == {}, "the first is not asked about"
    office.clock.advance(timedelta(days=1))

    assert moves(bo, "2026-11-20", cause="Somebody else has to agree") == {}

    assert causes(office) == [SlipCause.AUTHORITY]
    assert "What changed?" not in home(bo)


def test_a_deal_moved_elsewhere_is_asked_about_in_home(office: Office, bo: Member) -> None:
    deal(office, "Bo", "Acme", last_activity_at=office.clock())
    for day in ("2026-12-01", "2026-12-20"):
        bo.commands("/scorecard deal")
        bo.submits(deal="Acme")
        bo.submits(expected_close=day)
        bo.closes(everything=True)

    assert "The expected close of *Acme* has moved 2 times, to Dec 20, 2026 now." in home(bo)
    bo.clicks("What changed?")
    assert bo.submits(cause="Price or terms").errors == {}

    shows(office, bo, "What changed?", gone=True)
    assert causes(office) == [SlipCause.PRICE]


def test_the_deals_form_asks_in_its_place(office: Office, bo: Member) -> None:
    deal(office, "Bo", "Acme", last_activity_at=office.clock())
    for day in ("2026-12-01", "2026-12-20"):
        bo.commands("/scorecard deal")
        bo.submits(deal="Acme")
        bo.submits(expected_close=day)
        if "✓" in text_of(bo.modal):
            bo.closes(everything=True)

    assert "has moved 2 times" in text_of(bo.modal)
    bo.submits(cause="They went silent")

    assert causes(office) == [SlipCause.SILENCE]


def test_the_share_without_timeline_or_authority_hears_the_answers(office: Office, bo: Member) -> None:
    week = {"expected_close": date(2026, 11, 10), "timeline_confirmed": True, "authority_confirmed": True}
    deal(office, "Bo", "Acme", **week)
    with office.db.writing(office.workspace_id, office.clock()) as books:
        row = books.session.exec(select(Deal)).one()
        asked = periods.parse("last week", now=office.clock(), zone=ZoneInfo("Europe/Berlin"))
        pinned = pipelines.of_rep(books, row.ae_id, asked, as_of=office.clock())
    assert (pinned.slipped, pinned.slipped_without_timeline_or_authority) == (1, 0)

    assert moves(bo, "2026-11-16") == {}
    office.clock.advance(timedelta(days=1))
    assert moves(bo, "2026-11-20", cause="There was no timeline, or theirs changed") == {}

    with office.db.reading(office.workspace_id, office.clock()) as books:
        week_after = periods.parse("this week", now=office.clock(), zone=ZoneInfo("Europe/Berlin"))
        told = pipelines.of_rep(books, row.ae_id, week_after, as_of=office.clock())
    assert (told.slipped, told.slipped_without_timeline_or_authority) == (1, 1)


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


def test_an_admin_without_a_team_reads_everybodys(office: Office, bo: Member) -> None:
    deal(office, "Bo", "Acme", amount=Decimal(40_000), currency="EUR")
    root = office.sandbox.add_person("Root", email="root@example.com", is_admin=True)
    with office.db.begin() as session:
        about: dict[str, Any] = {
            "name": "Root",
            "email": "root@example.com",
            "slack_user_id": root.id,
            "is_admin": True,
        }
        session.add(Person(workspace_id=office.workspace_id, **about))

    assert "• *Acme* (Bo) · €40,000.00" in root.commands("/scorecard stuck").says


def test_more_than_a_list_holds_is_said(office: Office, bo: Member, mia: Member) -> None:
    for n in range(31):
        deal(office, "Bo", f"Acme {n}")

    assert "The 30 largest are shown." in mia.commands("/scorecard stuck").says
    assert "The 30 largest are shown." in bo.commands("/scorecard stuck").says


def test_what_one_ae_left_alone_the_next_one_reads(office: Office, bo: Member, cy: Member) -> None:
    deal(office, "Bo", "Acme")
    home(bo)
    bo.clicks("Leave it this week")
    shows(office, bo, "is stuck", gone=True)

    with office.db.begin() as session:
        found = session.exec(select(Deal)).one()
        before = found.model_dump()
        found.ae_id = session.exec(select(Person.id).where(Person.name == "Cy")).one()
        session.add(found)
        session.flush()
        deal_history.record(session, [(before, found.model_dump())], changed_at=office.clock())

    assert "*Acme*" in home(cy)


def test_a_name_does_not_turn_our_line_around(office: Office, bo: Member, mia: Member) -> None:
    deal(office, "Bo", "شركة \u202eAcme")

    assert "• *شركة Acme* (Bo) · open for 45 days" in mia.commands("/scorecard stuck").says
