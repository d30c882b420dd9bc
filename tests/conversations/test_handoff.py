"""An SDR passes a lead to an AE, who decides with a reason that the SDR learns from."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.domain.handoffs import MAX_REASON
from bot.sandbox import Member, text_of
from bot.words import Decision, Role
from storage.tables import CriterionAnswer, Handoff, Leave, Person
from tests.conversations.office import Office

VAGUE = "no"
TELLING = "They have no budget before spring, ask for the fiscal year first"


def passes(sdr: Member, ae: Member, **more: Any) -> None:
    sdr.commands("/handoff")
    assert sdr.submits(**({"ae": ae, "company": "Acme", "contact": "Dana"} | more)).errors == {}


def add_criterion(manager: Member, **fields: Any) -> dict[str, str]:
    manager.commands("/handoff criteria")
    manager.clicks("Add a criterion")
    manager.waits_for("What does it ask for?")
    errors = manager.submits(**fields).errors
    if not errors:
        manager.closes()
    return errors


def handoffs(office: Office) -> list[Handoff]:
    office.tick()
    with office.db.read() as session:
        return list(session.exec(select(Handoff).order_by(Handoff.id)))  # type: ignore[arg-type]


def only_handoff(office: Office) -> Handoff:
    [handoff] = handoffs(office)
    return handoff


def told(person: Member, count: int) -> list[str]:
    """Their messages, once there are so many."""
    person.waits_for(lambda someone: len(someone.dm) >= count)
    return [text_of(message) for message in person.dm]


def decides(office: Office, ae: Member, button: str, reason: str, beside: str = "") -> dict[str, str]:
    ae.clicks(button, beside=beside)
    errors = ae.submits(reason=reason).errors
    office.tick()
    return errors


def test_a_rejected_lead_comes_back_to_the_sdr_with_the_reason(
    office: Office, ana: Member, bo: Member
) -> None:
    passes(ana, bo)
    assert "Bo has your lead *Dana, Acme*" in text_of(ana.modal)
    [question] = told(bo, 1)
    assert "*Ana* passes you a lead: *Dana, Acme*" in question

    decides(office, bo, "Reject", TELLING)

    [lesson] = told(ana, 1)
    assert "did not take your lead *Dana, Acme*" in lesson
    assert TELLING in lesson
    handoff = only_handoff(office)
    assert (handoff.decision, handoff.reason, handoff.teaches) == (Decision.REJECTED, TELLING, True)
    assert handoff.decided_at == office.clock()


def test_the_question_turns_into_the_answer(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)

    decides(office, bo, "Accept", "Their head of sales asked for a date herself")

    bo.waits_for("You accepted *Dana, Acme* from Ana")
    [message] = bo.dm
    assert "Reject" not in text_of(message)
    assert "*Bo* accepted your lead" in told(ana, 1)[0]


def test_the_shortcut_opens_the_same_form(office: Office, ana: Member, bo: Member) -> None:
    ana.shortcut("handoff")

    assert ana.submits(ae=bo, company="Acme").errors == {}

    assert only_handoff(office).company == "Acme"


@pytest.mark.parametrize("button", ["Accept", "Reject"])
def test_either_word_needs_a_reason(office: Office, ana: Member, bo: Member, button: str) -> None:
    passes(ana, bo)

    assert "required" in decides(office, bo, button, "")["reason"]
    assert "in a sentence" in bo.submits(reason="   ").errors["reason"]

    assert only_handoff(office).decision is None
    assert ana.dm == []


def test_a_reason_teaches_once(office: Office, ana: Member, bo: Member) -> None:
    for company, reason in (("One", TELLING), ("Two", TELLING.upper()), ("Three", VAGUE)):
        passes(ana, bo, company=company)
        decides(office, bo, "Reject", reason, beside=company)

    assert [handoff.teaches for handoff in handoffs(office)] == [True, False, False]


def test_a_lead_submitted_twice_is_one(office: Office, ana: Member, bo: Member) -> None:
    ana.commands("/handoff")
    form = ana.waits_for(lambda someone: someone.modal)
    assert form is not None
    body, values = form.body, form.values
    ana.submits(ae=bo, company="Acme", contact="Dana")
    form.body, form.values = body, values  # a laptop that missed the answer sends the same form again
    ana.submits(ae=bo, company="Acme", contact="Dana")

    assert "Bo has your lead" in text_of(ana.modal)
    assert len(handoffs(office)) == 1
    assert len(told(bo, 1)) == 1


def test_a_lead_is_decided_once(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    told(bo, 1)
    [message] = bo.dm
    before = list(message.blocks)
    decides(office, bo, "Accept", TELLING)
    bo.waits_for("You accepted")
    message.blocks = before  # a phone that has not caught up still shows the buttons

    bo.clicks("Reject")

    bo.waits_for("You have accepted this lead already")
    assert only_handoff(office).decision is Decision.ACCEPTED


def test_only_sdrs_and_managers_pass_leads(office: Office, bo: Member, mia: Member, east: int) -> None:
    zed = office.hires("Zed", Role.AE, east)

    assert "passed by SDRs and managers" in bo.commands("/handoff").text
    bo.shortcut("handoff")
    bo.waits_for("passed by SDRs and managers")
    passes(mia, zed)

    assert only_handoff(office).company == "Acme"


def test_somebody_elses_lead_reads_like_one_that_is_gone(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    zed = office.hires("Zed", Role.AE, east)
    passes(ana, bo, company="First")
    passes(ana, zed, company="Second")
    told(bo, 1)
    [mine] = bo.dm
    _first, second = handoffs(office)

    for forged in (second.id, 999_999):
        for block in mine.blocks:
            for element in block.get("elements", []):
                element["value"] = str(forged)
        bo.clicks("Accept")
        bo.waits_for("That lead is gone, or it was not passed to you.")
        assert bo.modal is None


@pytest.mark.parametrize("who", ["sdr", "self", "stranger"])
def test_a_lead_goes_to_an_ae(office: Office, ana: Member, mia: Member, east: int, who: str) -> None:
    wrong = {
        "sdr": lambda: office.hires("Sid", Role.SDR, east),
        "self": lambda: mia,
        "stranger": lambda: office.sandbox.add_person("Lou", email="lou@elsewhere.com"),
    }[who]()
    mia.commands("/handoff")

    said = mia.submits(ae=wrong, company="Acme").errors

    assert list(said) == ["ae"]
    assert handoffs(office) == []


def test_what_people_write_stays_inert(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo, company="<!channel> *Acme*", contact="<@U1>")
    decides(office, bo, "Reject", "<!here> _never_ <http://x.example|click> was the budget asked for")

    bo.waits_for("You rejected")
    told(ana, 1)
    for message in (bo.dm[-1], ana.dm[-1]):
        whole = f"{message.text} {message.blocks}"
        assert "<!" not in whole
        assert "<@" not in whole
        assert "<http" not in whole


def test_a_reason_over_the_limit_is_refused_under_its_field(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)

    errors = decides(office, bo, "Reject", "x" * (MAX_REASON + 1))

    assert list(errors) == ["reason"]
    assert only_handoff(office).decision is None


def test_a_lead_dated_later_than_now_cannot_be_decided_yet(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    bo.clicks("Accept")
    bo.waits_for("What made it a good lead?")
    office.clock.advance(-timedelta(hours=1))

    bo.submits(reason=TELLING)

    assert "dated later than now" in text_of(bo.modal)
    assert only_handoff(office).decision is None


def test_an_undecided_lead_is_brought_up_once_after_two_working_days(
    office: Office, ana: Member, bo: Member
) -> None:
    office.clock.now = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)  # Friday, 15:00 in Berlin
    passes(ana, bo)
    told(bo, 1)

    for quiet in (datetime(2026, 11, 23, 14, 0, tzinfo=UTC), datetime(2026, 11, 24, 13, 59, tzinfo=UTC)):
        office.clock.now = quiet
        office.tick()
        assert len(bo.dm) == 1

    office.clock.now = datetime(2026, 11, 24, 14, 0, tzinfo=UTC)  # Tuesday, 15:00
    office.tick()
    assert "*Ana* still waits for your word on *Dana, Acme*" in told(bo, 2)[-1]

    office.later(days=7)
    assert len(bo.dm) == 2


def test_the_reminder_waits_for_an_ae_who_is_away(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    told(bo, 1)
    with office.db.begin() as session:
        person = session.exec(select(Person).where(Person.name == "Bo")).one()
        session.add(
            Leave(
                workspace_id=office.workspace_id,
                person_id=person.id,
                first_day=date(2026, 11, 17),
                last_day=date(2026, 11, 20),
            )
        )

    office.clock.now = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
    office.tick()
    assert len(bo.dm) == 1

    office.clock.now = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)  # Monday, 9:00 in Berlin
    office.tick()
    assert len(told(bo, 2)) == 2


def test_a_decided_lead_is_not_brought_up(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    decides(office, bo, "Reject", TELLING)
    told(ana, 1)

    office.later(days=7)

    assert len(told(bo, 1)) == 1


def test_a_reminder_turns_into_the_answer_too(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    told(bo, 1)
    office.later(days=2)
    told(bo, 2)

    decides(office, bo, "Accept", TELLING)

    assert bo.waits_for(lambda ae: all("You accepted" in text_of(message) for message in ae.dm))
    assert all("Reject" not in text_of(message) for message in bo.dm)


def test_the_checklist_decides_whether_a_lead_meets_the_criteria(
    office: Office, ana: Member, bo: Member, mia: Member
) -> None:
    add_criterion(mia, name="Budget", kind="Yes or no")
    add_criterion(mia, name="Headcount", kind="A number, at least …", bound=50)
    add_criterion(mia, name="Industry", kind="One of a list", choices="SaaS\nFintech", required=[])

    passes(ana, bo, Budget="Yes", Headcount=50)
    passes(ana, bo, Budget="Yes", Headcount=49, **{"Industry (nice to have)": "SaaS"})
    passes(ana, bo, Budget="Yes")

    assert [handoff.criteria_met for handoff in handoffs(office)] == [True, False, False]
    _first, second, third = told(bo, 3)
    assert "✓ Budget: yes" in second
    assert "✗ Headcount: 49 (wanted: at least 50)" in second
    assert "✓ Industry: SaaS" in second
    assert "✗ Headcount: not known" in third


def test_an_accepted_lead_that_lacks_something_says_so(
    office: Office, ana: Member, bo: Member, mia: Member
) -> None:
    add_criterion(mia, name="Authority", kind="Yes or no")
    passes(ana, bo, Authority="No")

    decides(office, bo, "Accept", TELLING)

    [lesson] = told(ana, 1)
    assert "not yet a qualified lead" in lesson
    assert "✗ Authority: no (wanted: yes)" in lesson


def test_without_a_checklist_acceptance_alone_decides(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)

    assert only_handoff(office).criteria_met is None


def test_an_older_lead_keeps_the_checklist_it_was_judged_by(
    office: Office, ana: Member, bo: Member, mia: Member
) -> None:
    add_criterion(mia, name="Budget", kind="Yes or no")
    passes(ana, bo, company="Older", Budget="No")
    office.later(hours=1)

    mia.commands("/handoff criteria")
    mia.clicks("Retire", beside="Budget")
    mia.waits_for("There are no criteria yet")
    mia.closes()
    add_criterion(mia, name="Timeline", kind="Yes or no")
    passes(ana, bo, company="Newer", Timeline="Yes")

    older, newer = handoffs(office)
    assert (older.criteria_met, newer.criteria_met) == (False, True)
    bo.clicks("Accept", beside="Older")
    bo.waits_for("✗ Budget: no")
    assert "Timeline" not in text_of(bo.modal)


def test_a_lead_is_judged_by_what_its_form_asked(
    office: Office, ana: Member, bo: Member, mia: Member
) -> None:
    ana.commands("/handoff")
    ana.waits_for("Which AE?")
    add_criterion(mia, name="Budget", kind="Yes or no")

    ana.submits(ae=bo, company="Acme")

    assert only_handoff(office).criteria_met is None, "nobody asked the SDR for a budget"


def test_a_criterion_may_come_back_after_it_was_retired(
    office: Office, ana: Member, bo: Member, mia: Member
) -> None:
    assert add_criterion(mia, name="Budget", kind="Yes or no") == {}
    assert "already" in add_criterion(mia, name="budget", kind="Yes or no")["name"]
    mia.closes()
    mia.commands("/handoff criteria")
    mia.clicks("Retire")
    mia.waits_for("There are no criteria yet")
    mia.closes()
    office.clock.advance(timedelta(seconds=1))

    assert add_criterion(mia, name="Budget", kind="Yes or no") == {}


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": "Headcount", "kind": "A number, at least …"}, "bound"),
        ({"name": "Headcount", "kind": "A number, at least …", "bound": 10**12}, "bound"),
        ({"name": "Industry", "kind": "One of a list", "choices": " \n "}, "choices"),
        ({"name": "   ", "kind": "Yes or no"}, "name"),
    ],
)
def test_a_criterion_that_says_nothing_is_refused(
    office: Office, mia: Member, fields: dict[str, Any], field: str
) -> None:
    assert list(add_criterion(mia, **fields)) == [field]


def test_an_answer_that_is_no_number_is_refused_under_its_field(
    office: Office, ana: Member, bo: Member, mia: Member
) -> None:
    add_criterion(mia, name="Headcount", kind="A number, at least …", bound=50)
    ana.commands("/handoff")

    errors = ana.submits(ae=bo, company="Acme", Headcount=-3).errors

    assert "whole number" in "".join(errors.values())
    assert handoffs(office) == []
    with office.db.read() as session:
        assert session.exec(select(CriterionAnswer)).all() == []


def test_only_managers_and_admins_change_the_checklist(office: Office, ana: Member, east: int) -> None:
    root = office.hires("Root", Role.AM, east, is_admin=True)

    assert "Only managers and admins" in ana.commands("/handoff criteria").text
    assert add_criterion(root, name="Budget", kind="Yes or no") == {}


def test_other_words_are_answered_with_help(office: Office, ana: Member) -> None:
    assert "`/handoff` passes a lead" in ana.commands("/handoff what now").text
