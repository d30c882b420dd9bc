"""Once a month an SDR reads what their refused leads lacked, and what the AEs wrote."""

from datetime import UTC, date, datetime, timedelta

from sqlalchemy import event
from sqlmodel import select

from bot.core.enums import Role
from bot.handoffs.services import refusals as refusals_of_all
from bot.sandbox import Member
from storage.tables import Handoff
from tests.handoffs.refused import DECEMBER, decided, monthly, refusals
from tests.support.office import Office
from tests.support.roster import leaves


def test_it_comes_once_as_a_month_begins_in_the_sdrs_hours(office: Office, ana: Member, bo: Member) -> None:
    refusals(office)
    office.at(DECEMBER - timedelta(days=1))
    office.at(DECEMBER - timedelta(hours=2))
    assert monthly(ana) == []

    office.at(DECEMBER)
    office.at(DECEMBER + timedelta(days=1))

    [told] = monthly(ana)
    assert "*November 2026: 3 of 4 decided leads were not taken.*" in told
    assert told.index("• 2 of 3 for want of Budget") < told.index("• 1 of 3 for want of Authority")
    assert told.index("• “She cannot sign” – Bo, Acme") < told.index("• “No budget before spring” – Bo, Acme")
    assert monthly(bo) == []


def test_two_refusals_show_no_pattern(office: Office, ana: Member, bo: Member) -> None:
    decided(office, accepted=False, reason="No budget before spring")
    decided(office, accepted=False)
    decided(office, accepted=True)

    office.at(DECEMBER)

    assert monthly(ana) == []


def test_who_was_away_hears_of_it_in_the_first_week_and_not_later(
    office: Office, ana: Member, bo: Member
) -> None:
    refusals(office)

    office.at(DECEMBER + timedelta(days=8))
    assert monthly(ana) == []
    office.at(DECEMBER + timedelta(days=6))

    assert len(monthly(ana)) == 1


def test_a_reason_that_did_not_help_is_not_told_again(office: Office, ana: Member, bo: Member) -> None:
    refusals(office)
    with office.db.begin() as session:
        lead = session.exec(select(Handoff).where(Handoff.reason == "She cannot sign")).one()
        lead.unhelpful_at = office.clock()
        session.add(lead)

    office.at(DECEMBER)

    assert "She cannot sign" not in monthly(ana)[0]
    assert "for want of Authority" in monthly(ana)[0]


def test_it_can_be_turned_off_where_it_appears(office: Office, ana: Member, bo: Member) -> None:
    refusals(office)
    office.at(DECEMBER)
    ana.clicks("Stop these messages")
    ana.waits_for("You do not get this any more: once a month, what your refused leads lacked")
    for days in range(3):
        decided(office, accepted=False, reason="Again", days=30 + days)

    office.at(datetime(2027, 1, 4, 9, 0, tzinfo=UTC))

    assert len(monthly(ana)) == 1


def test_who_has_left_is_not_told(office: Office, ana: Member, bo: Member) -> None:
    refusals(office)
    leaves(office, "Ana", date(2026, 11, 20))

    office.at(DECEMBER)

    assert monthly(ana) == []


def test_no_reason_is_cut_for_its_signs(office: Office, ana: Member, bo: Member) -> None:
    for days in range(3):
        decided(office, accepted=False, reason="&" * 300, days=days)

    office.at(DECEMBER)

    assert monthly(ana)[0].count(f"“{'&' * 300}” – Bo, Acme") == 3


def test_asking_who_is_to_be_told_costs_the_same_for_many(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    """Those who are told already, or sleep, are not looked at one by one."""
    refusals(office)
    refused(office, east, 0, 1)
    office.at(DECEMBER)
    for_few = statements(office)

    refused(office, east, 2, 9)
    office.later(minutes=20)

    assert statements(office) == for_few


def refused(office: Office, team: int, first: int, last: int) -> None:
    """Others, every other of whom is asleep in Sydney, with three refused leads each."""
    for n in range(first, last + 1):
        zone = "Australia/Sydney" if n % 2 else "Europe/Berlin"
        office.hires(f"Zoe{n}", Role.SDR, team, zone=zone)
        for days in range(3):
            decided(office, accepted=False, reason="No", days=days, sdr=f"Zoe{n}")


def statements(office: Office) -> int:
    """Of this connection alone: workers have their own."""
    with office.db.reading(office.workspace_id, office.clock() + timedelta(hours=8)) as books:
        asked: list[str] = []
        event.listen(books.session.connection(), "before_cursor_execute", lambda *told: asked.append(told[2]))
        refusals_of_all.to_tell(books)
    return len(asked)
