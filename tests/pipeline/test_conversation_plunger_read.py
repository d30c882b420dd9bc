"""What those who lead read of stuck deals, and what the next one reads of an earlier one's."""

from decimal import Decimal
from typing import Any

from sqlmodel import select

from bot.sandbox import Member
from storage.queries.pipeline import deal_history
from storage.tables import Deal, Person
from tests.pipeline.stuck import deal, home, shows
from tests.support.office import Office


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
