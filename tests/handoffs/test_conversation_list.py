"""`/handoff list`: one's own leads, and where each stands."""

from datetime import timedelta
from typing import Any

from sqlmodel import select

from bot.core.enums import DealStatus, Decision
from bot.handoffs.domain.standing import Standing, standing_of
from bot.sandbox import Member
from storage.tables import Deal, Handoff, Person
from tests.support.builders import Builder
from tests.support.leads import TELLING, decides, passes
from tests.support.office import Office


def becomes_a_deal(office: Office, status: DealStatus, **more: Any) -> None:
    with office.db.begin() as session:
        lead = session.exec(select(Handoff).where(Handoff.decision == Decision.ACCEPTED)).one()
        session.add(
            Deal(
                workspace_id=office.workspace_id,
                deal_key="d-1",
                ae_id=lead.ae_id,
                handoff_id=lead.id,
                company=lead.company,
                status=status,
                first_seen_at=office.clock(),
                **more,
            )
        )


def test_each_sees_where_the_leads_stand(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    passes(ana, bo, company="Globex")
    passes(ana, bo, company="Initech")
    decides(office, bo, "Reject", TELLING, beside="Acme")
    decides(office, bo, "Accept", "Their head of sales asked for a date", beside="Globex")
    becomes_a_deal(office, DealStatus.LOST, closed_at=office.clock(), loss_reason="Went with another")

    passed = ana.commands("/handoff list").says
    received = bo.commands("/handoff list").says

    assert f"• *Dana, Acme* to Bo, Mon, Nov 16: not taken – “{TELLING}”" in passed
    assert "• *Dana, Globex* to Bo, Mon, Nov 16: the deal was lost – “Went with another”" in passed
    assert "• *Dana, Initech* to Bo, Mon, Nov 16: waits for a decision" in passed
    assert "Leads you received" not in passed
    assert "Leads you received\n• *Dana, Initech* from Ana" in received, "what waits comes first"
    assert received.index("[Accept] [Reject]") < received.index("Globex")


def test_an_ae_decides_from_the_list(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    bo.commands("/handoff list")

    decides(office, bo, "Accept", "Their head of sales asked for a date", beside="from Ana, Mon")

    bo.waits_for("You accepted *Dana, Acme* from Ana")
    assert "accepted, no deal yet" in ana.commands("/handoff list").says


def test_others_leads_stand_in_nobodys_list(office: Office, ana: Member, bo: Member, mia: Member) -> None:
    passes(ana, bo)

    assert "No lead has gone from you or come to you yet." in mia.commands("/handoff list").says


def test_what_came_of_a_lead_outdoes_its_decision() -> None:
    assert standing_of(None, None) is Standing.WAITING
    assert standing_of(Decision.REJECTED, None) is Standing.REJECTED
    assert standing_of(Decision.ACCEPTED, None) is Standing.ACCEPTED
    assert standing_of(Decision.ACCEPTED, DealStatus.OPEN) is Standing.DEAL
    assert standing_of(Decision.REJECTED, DealStatus.WON) is Standing.WON


def test_what_waits_is_listed_however_many_came_since(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo, company="Globex")
    with office.db.begin() as session:
        known = dict(session.exec(select(Person.name, Person.id)).all())
        for n in range(1, 12):
            at = office.clock() + timedelta(minutes=n)
            Builder(session, office.workspace_id).handoff(known["Ana"], known["Bo"], at, accepted=True)

    assert "• *Dana, Globex* from Ana" in bo.commands("/handoff list").says
