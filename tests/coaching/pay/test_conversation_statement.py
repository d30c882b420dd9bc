"""`/coach paid`: what a coach's sessions of a month earn, and why some minutes do not."""

from datetime import date
from decimal import Decimal

import pytest
from sqlmodel import select

from bot.core.enums import Role
from bot.sandbox import Member
from storage.tables import Person, Workspace
from tests.support.builders import Builder
from tests.support.office import Office


def rate(office: Office, an_hour: int) -> None:
    with office.db.begin() as session:
        workspace = session.get_one(Workspace, office.workspace_id)
        workspace.credit_rate = Decimal(an_hour)
        session.add(workspace)


@pytest.fixture
def sessions(office: Office, ana: Member, bo: Member) -> None:
    """Of Bo's with Ana, in November, and one in October."""
    with office.db.begin() as session:
        people = dict(session.exec(select(Person.name, Person.id)).all())
        builder = Builder(session, office.workspace_id)
        for day, minutes, commitment in (
            (date(2026, 10, 20), 30, "Ask"),
            (date(2026, 11, 3), 30, "Ask"),
            (date(2026, 11, 9), 90, "Ask"),
            (date(2026, 11, 11), 60, "Ask"),
            (date(2026, 11, 13), 45, ""),
        ):
            builder.coached(people["Bo"], people["Ana"], day, minutes=minutes, commitment=commitment)


@pytest.mark.usefixtures("sessions")
def test_a_coach_reads_the_month_session_by_session(office: Office, bo: Member) -> None:
    rate(office, 40)

    told = bo.commands("/coach paid").says

    assert "4 sessions, 225 min, of which 150 min are credited: *$100.00* at $40.00 an hour." in told
    assert "• Tue, Nov 3 with Ana: 30 min, 30 credited\n" in told
    assert "• Wed, Nov 11 with Ana: 60 min, 30 credited – 120 min a pair and week are credited" in told
    assert "• Fri, Nov 13 with Ana: 45 min, 0 credited – it ended without a commitment" in told
    assert "1 session, 30 min" in bo.commands("/coach paid last month").says


@pytest.mark.usefixtures("sessions")
def test_without_a_rate_it_says_so_where_money_would_stand(office: Office, bo: Member) -> None:
    rate(office, 0)

    told = bo.commands("/coach paid").says

    assert "150 min are credited.\nNo rate is set for an hour of coaching" in told
    assert "$" not in told


@pytest.mark.usefixtures("sessions")
def test_the_manager_reads_it_and_nobody_else(office: Office, ana: Member, mia: Member, east: int) -> None:
    rate(office, 40)
    chief = office.hires("Ada", Role.AM, east, is_admin=True)

    assert "Bo's coaching" in mia.commands("/coach paid @Bo").says
    assert "for the coach and the manager" in ana.commands("/coach paid @Bo").text
    assert "for the coach and the manager" in chief.commands("/coach paid @Bo").text
    assert "No coaching session in this time" in ana.commands("/coach paid").says


def test_what_coaching_cost_is_not_told_as_nothing(
    office: Office, bo: Member, mia: Member, east: int
) -> None:
    office.hires("Cy", Role.AE, east)
    with office.db.begin() as session:
        people = dict(session.exec(select(Person.name, Person.id)).all())
        Builder(session, office.workspace_id).coached(people["Bo"], people["Cy"], date(2026, 9, 8))

    mia.commands("/scorecard effect")

    mia.waits_for("No rate is set for an hour of coaching")
