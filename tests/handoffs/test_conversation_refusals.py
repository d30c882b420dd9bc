"""Once a month an SDR reads what their refused leads lacked, and what the AEs wrote."""

from datetime import UTC, date, datetime, timedelta

from sqlmodel import col, select

from bot.core.enums import CriterionKind
from bot.sandbox import Member, text_of
from storage.tables import Criterion, CriterionAnswer, Handoff, Person
from tests.support.builders import Builder
from tests.support.office import Office, leaves

DECEMBER = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)  # a Tuesday, 9:30 in Berlin


def decided(office: Office, *, accepted: bool, reason: str = "", lacks: str = "", days: int = 0) -> None:
    """A lead of Ana's that Bo decided on 10 November, or `days` later."""
    at = datetime(2026, 11, 9, 9, 0, tzinfo=UTC) + timedelta(days=days)
    with office.db.begin() as session:
        people = dict(session.exec(select(Person.name, Person.id)).all())
        Builder(session, office.workspace_id).handoff(
            people["Ana"], people["Bo"], at, accepted=accepted, reason=reason
        )
        session.flush()
        lead = session.exec(select(Handoff).order_by(col(Handoff.id).desc())).first()
        assert lead is not None
        lead.teaches = bool(reason)
        for criterion in session.exec(select(Criterion)).all():
            session.add(
                CriterionAnswer(
                    workspace_id=office.workspace_id,
                    handoff_id=lead.id,
                    criterion_id=criterion.id,
                    answer="",
                    met=criterion.name != lacks,
                )
            )


def checklist(office: Office) -> None:
    with office.db.begin() as session:
        for name in ("Budget", "Authority"):
            session.add(
                Criterion(
                    workspace_id=office.workspace_id,
                    name=name,
                    kind=CriterionKind.YES_NO,
                    added_at=office.clock() - timedelta(days=99),
                )
            )


def refusals(office: Office) -> None:
    checklist(office)
    decided(office, accepted=True)
    decided(office, accepted=False, lacks="Budget", reason="No budget before spring", days=1)
    decided(office, accepted=False, lacks="Budget", days=2)
    decided(office, accepted=False, lacks="Authority", reason="She cannot sign", days=3)


def monthly(sdr: Member) -> list[str]:
    return [text for message in sdr.dm if "not taken.*" in (text := text_of(message))]


def at(office: Office, moment: datetime) -> None:
    office.clock.now = moment
    office.tick()


def test_it_comes_once_as_a_month_begins_in_the_sdrs_hours(office: Office, ana: Member, bo: Member) -> None:
    refusals(office)
    at(office, DECEMBER - timedelta(days=1))
    at(office, DECEMBER - timedelta(hours=2))
    assert monthly(ana) == []

    at(office, DECEMBER)
    at(office, DECEMBER + timedelta(days=1))

    [told] = monthly(ana)
    assert "*November 2026: 3 of 4 decided leads were not taken.*" in told
    assert told.index("• 2 of 3 for want of Budget") < told.index("• 1 of 3 for want of Authority")
    assert "• “She cannot sign” – Bo, Acme\n• “No budget before spring” – Bo, Acme" in told
    assert monthly(bo) == []


def test_two_refusals_show_no_pattern(office: Office, ana: Member, bo: Member) -> None:
    decided(office, accepted=False, reason="No budget before spring")
    decided(office, accepted=False)
    decided(office, accepted=True)

    at(office, DECEMBER)

    assert monthly(ana) == []


def test_who_was_away_hears_of_it_in_the_first_week_and_not_later(
    office: Office, ana: Member, bo: Member
) -> None:
    refusals(office)

    at(office, DECEMBER + timedelta(days=8))
    assert monthly(ana) == []
    at(office, DECEMBER + timedelta(days=6))

    assert len(monthly(ana)) == 1


def test_a_reason_that_did_not_help_is_not_told_again(office: Office, ana: Member, bo: Member) -> None:
    refusals(office)
    with office.db.begin() as session:
        lead = session.exec(select(Handoff).where(Handoff.reason == "She cannot sign")).one()
        lead.unhelpful_at = office.clock()
        session.add(lead)

    at(office, DECEMBER)

    assert "She cannot sign" not in monthly(ana)[0]
    assert "for want of Authority" in monthly(ana)[0]


def test_it_can_be_turned_off_where_it_appears(office: Office, ana: Member, bo: Member) -> None:
    refusals(office)
    at(office, DECEMBER)
    ana.clicks("Stop these messages")
    ana.waits_for("You do not get this any more: once a month, what your refused leads lacked")
    for days in range(3):
        decided(office, accepted=False, reason="Again", days=30 + days)

    at(office, datetime(2027, 1, 4, 9, 0, tzinfo=UTC))

    assert len(monthly(ana)) == 1


def test_who_has_left_is_not_told(office: Office, ana: Member, bo: Member) -> None:
    refusals(office)
    leaves(office, "Ana", date(2026, 11, 20))

    at(office, DECEMBER)

    assert monthly(ana) == []


def test_no_reason_is_cut_for_its_signs(office: Office, ana: Member, bo: Member) -> None:
    for days in range(3):
        decided(office, accepted=False, reason="&" * 300, days=days)

    at(office, DECEMBER)

    assert monthly(ana)[0].count(f"“{'&' * 300}” – Bo, Acme") == 3
