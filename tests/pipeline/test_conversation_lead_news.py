"""An SDR hears what became of a lead they passed."""

from datetime import UTC, datetime, timedelta

from sqlmodel import select

from bot.core.enums import DealStatus
from bot.sandbox import Member, text_of
from storage.tables import Deal, Handoff, Person
from tests.support.builders import Builder
from tests.support.office import Office


def lead(office: Office) -> None:
    """Of Ana's, accepted by Bo."""
    with office.db.begin() as session:
        people = dict(session.exec(select(Person.name, Person.id)).all())
        Builder(session, office.workspace_id).handoff(
            people["Ana"], people["Bo"], office.clock() - timedelta(days=20), accepted=True
        )


def deal(office: Office, status: DealStatus, **more: object) -> None:
    with office.db.begin() as session:
        handoff = session.exec(select(Handoff)).one()
        known = session.exec(select(Deal)).first()
        row = known or Deal(
            workspace_id=office.workspace_id,
            deal_key="d-1",
            ae_id=handoff.ae_id,
            handoff_id=handoff.id,
            company="Acme",
            status=status,
            first_seen_at=office.clock(),
        )
        row.status = status
        for name, value in more.items():
            setattr(row, name, value)
        session.add(row)
    office.later(minutes=6)


def test_an_sdr_hears_once_of_each_turn_of_their_lead(office: Office, ana: Member, bo: Member) -> None:
    lead(office)

    deal(office, DealStatus.OPEN)
    office.later(hours=1)
    deal(office, DealStatus.LOST, closed_at=office.clock(), loss_reason="No budget before spring")
    office.later(hours=1)

    first, second = map(text_of, ana.dm)
    assert "Your lead *Acme* is a deal now: Bo works on it." in first
    assert "was lost" in second and "Why: No budget before spring" in second


def test_a_win_waits_for_the_sdrs_morning(office: Office, ana: Member, bo: Member) -> None:
    lead(office)
    office.clock.now = datetime(2026, 11, 16, 19, 0, tzinfo=UTC)  # 20:00 in Berlin

    deal(office, DealStatus.WON, closed_at=office.clock())
    assert ana.dm == []

    office.clock.now = datetime(2026, 11, 17, 8, 0, tzinfo=UTC)
    office.tick()
    ana.waits_for("Your lead *Acme* was won by Bo. It began with you.")


def test_history_is_told_to_nobody(office: Office, ana: Member, bo: Member) -> None:
    lead(office)

    deal(office, DealStatus.WON, closed_at=office.clock() - timedelta(days=8))
    office.later(hours=1)

    assert ana.dm == []


def turned(office: Office, count: int) -> None:
    """So many leads of Ana's became deals of Bo's, all at once."""
    with office.db.begin() as session:
        people = dict(session.exec(select(Person.name, Person.id)).all())
        build = Builder(session, office.workspace_id)
        known = set(session.exec(select(Handoff.id)))
        for _ in range(count):
            build.handoff(people["Ana"], people["Bo"], office.clock() - timedelta(days=20), accepted=True)
        for lead_id in set(session.exec(select(Handoff.id))) - known:
            session.add(
                Deal(
                    workspace_id=office.workspace_id,
                    deal_key=f"d-{lead_id}",
                    ae_id=people["Bo"],
                    handoff_id=lead_id,
                    company="Acme",
                    status=DealStatus.OPEN,
                    first_seen_at=office.clock(),
                )
            )
    office.later(minutes=6)


def test_what_becomes_known_together_is_told_together_and_can_be_turned_off(
    office: Office, ana: Member, bo: Member
) -> None:
    turned(office, 9)

    ana.waits_for("is a deal now")
    [message] = ana.dm
    assert text_of(message).count("is a deal now") == 8
    assert "… and 1 more of your leads. `/handoff list` shows the latest ten." in text_of(message)

    ana.clicks("Stop these messages")
    turned(office, 1)
    office.later(hours=1)

    assert [text_of(one) for one in ana.dm if "is a deal now" in text_of(one)] == [text_of(message)]
