"""Once a month an SDR reads what their refused leads lacked, and what the AEs wrote."""

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import event
from sqlmodel import col, select

from bot.core.enums import CriterionKind, Role
from bot.handoffs.services import refusals as refusals_of_all
from bot.sandbox import Member, text_of
from storage.tables import Criterion, CriterionAnswer, Handoff, Person
from tests.support.builders import Builder
from tests.support.office import Office, leaves

DECEMBER = datetime(2026, 12, 1, 8, 30, tzinfo=UTC)  # a Tuesday, 9:30 in Berlin


def decided(
    office: Office, *, accepted: bool, reason: str = "", lacks: str = "", days: int = 0, sdr: str = "Ana"
) -> None:
    """A lead of Ana's that Bo decided on 10 November, or `days` later."""
    at = datetime(2026, 11, 9, 9, 0, tzinfo=UTC) + timedelta(days=days)
    with office.db.begin() as session:
        people = dict(session.exec(select(Person.name, Person.id)).all())
        Builder(session, office.workspace_id).handoff(
            people[sdr], people["Bo"], at, accepted=accepted, reason=reason
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
    assert told.index("• “She cannot sign” – Bo, Acme") < told.index("• “No budget before spring” – Bo, Acme")
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


def test_asking_who_is_to_be_told_costs_the_same_for_many(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    """Those who are told already, or sleep, are not looked at one by one."""
    refusals(office)
    refused(office, east, 0, 1)
    at(office, DECEMBER)
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


def test_an_sdr_asks_back_with_one_tap_and_hears_the_answer(office: Office, ana: Member, bo: Member) -> None:
    refusals(office)
    at(office, DECEMBER)

    ana.clicks("Ask back", beside="She cannot sign")
    ana.waits_for("✓ Bo has your question about *Acme*")
    office.tick()
    asked = text_of(bo.waits_for("*Ana* asks back about *Acme*, which you did not take"))
    assert "You wrote: “She cannot sign”" in asked
    bo.clicks("Answer")
    assert bo.submits(answer="The finance head on the second call").errors == {}
    bo.closes()
    office.tick()

    told = text_of(ana.waits_for("*Bo* answers your question about *Acme*"))
    assert "“The finance head on the second call”" in told
    assert "[Answer]" not in text_of(bo.waits_for("✓ You answered Ana about *Acme*")), (
        "nothing is asked any more"
    )
    ana.clicks("Ask back", beside="She cannot sign")
    ana.waits_for("You have asked about this lead already")


def test_a_reason_in_the_summary_that_did_not_help_is_said_to(
    office: Office, ana: Member, bo: Member
) -> None:
    refusals(office)
    at(office, DECEMBER)

    ana.clicks("This did not help me", beside="She cannot sign")

    ana.waits_for("You said that this did not help")
    with office.db.read() as session:
        lead = session.exec(select(Handoff).where(Handoff.reason == "She cannot sign")).one()
    assert lead.unhelpful_at is not None
    assert len(monthly(ana)) == 1, "the summary stays"


def test_who_takes_no_questions_is_asked_none(office: Office, ana: Member, bo: Member) -> None:
    refusals(office)
    at(office, DECEMBER)
    ana.clicks("Ask back", beside="She cannot sign")
    office.tick()
    bo.clicks("Stop these messages")
    bo.waits_for("You do not get this any more: questions of SDRs about your decisions")

    ana.clicks("Ask back", beside="No budget before spring")

    ana.waits_for("Bo takes no questions here. Ask in person.")


def test_an_ae_who_is_not_at_work_is_asked_back_when_they_are(
    office: Office, ana: Member, bo: Member
) -> None:
    refusals(office)
    at(office, DECEMBER)
    bo_works_later(office)
    ana.clicks("Ask back", beside="She cannot sign")
    ana.waits_for("✓ Bo gets your question about *Acme* when they are at work.")
    office.later(minutes=30)
    assert not [message for message in bo.dm if "asks back" in text_of(message)]

    office.later(hours=4)
    office.later(hours=1)

    assert len([message for message in bo.dm if "asks back" in text_of(message)]) == 1


def bo_works_later(office: Office) -> None:
    with office.db.begin() as session:
        bo = session.exec(select(Person).where(Person.name == "Bo")).one()
        bo.work_starts, bo.work_ends = time(13), time(20)
        session.add(bo)
