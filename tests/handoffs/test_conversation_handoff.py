"""An SDR passes a lead to an AE, who decides with a reason that the SDR learns from."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.core.enums import Decision, Role
from bot.handoffs.domain.checklist import MAX_REASON
from bot.handoffs.domain.reasons import ENOUGH
from bot.sandbox import Member, text_of
from storage.tables import CriterionAnswer, Handoff, Leave, Membership, Person
from tests.support.office import Office

VAGUE = "no"
TELLING = "They have no budget before spring, ask for the fiscal year first"


def passes(sdr: Member, ae: Member, **more: Any) -> None:
    sdr.commands("/handoff")
    assert sdr.submits(**({"ae": ae.person.name, "company": "Acme", "contact": "Dana"} | more)).errors == {}


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
    ae.waits_for(
        lambda one: any(beside in text_of(message) and button in text_of(message) for message in one.dm)
    )
    ae.clicks(button, beside=beside)
    errors = ae.submits(reason=reason).errors
    if not errors and len(reason.strip()) < ENOUGH:
        errors = ae.submits().errors  # it says too little, and is sent as it is
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

    assert ana.submits(ae="Bo", company="Acme").errors == {}

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
    ana.submits(ae="Bo", company="Acme", contact="Dana")
    form.body, form.values = body, values  # a laptop that missed the answer sends the same form again
    ana.submits(ae="Bo", company="Acme", contact="Dana")

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


def offered(sender: Member) -> list[tuple[str, list[str]]]:
    """The menu of AEs: each team, and its names."""
    sender.commands("/handoff")
    form = sender.waits_for(lambda someone: someone.modal)
    assert form is not None
    [menu] = [block["element"] for block in form.body["blocks"] if block.get("block_id") == "ae"]
    return [
        (group["label"]["text"], [option["text"]["text"] for option in group["options"]])
        for group in menu["option_groups"]
    ]


def test_only_who_can_be_meant_is_offered_ones_own_team_first(
    office: Office, ana: Member, bo: Member, mia: Member, east: int
) -> None:
    office.hires("Sid", Role.SDR, east)
    office.hires("Zoe", Role.AE, east)
    office.hires("Abe", Role.AE, office.team("Alps"))
    office.sandbox.add_person("Lou", email="lou@elsewhere.com")

    assert offered(ana) == [("East", ["Bo", "Zoe"]), ("Alps", ["Abe"])]


def test_an_ae_who_left_meanwhile_is_passed_nothing(office: Office, ana: Member, bo: Member) -> None:
    assert offered(ana) == [("East", ["Bo"])]
    with office.db.begin() as session:
        person = session.exec(select(Person.id).where(Person.name == "Bo")).one()
        for held in session.exec(select(Membership).where(Membership.person_id == person)):
            session.delete(held)

    said = ana.submits(company="Acme").errors

    assert list(said) == ["ae"]
    assert handoffs(office) == []


def test_without_an_ae_the_form_says_so(office: Office, ana: Member) -> None:
    assert "no AE on the roster" in ana.commands("/handoff").text


def test_notes_go_along(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo, notes="She asked for *prices* before Friday")

    assert "Notes: She asked for ∗prices∗ before Friday" in told(bo, 1)[0]
    bo.clicks("Accept")
    bo.waits_for("Notes: She asked for")


def test_a_reason_that_says_too_little_is_asked_about_once(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    bo.clicks("Reject")
    bo.submits(reason="no")

    bo.waits_for("“no” says what, not why: one sentence more, and Ana can do better next time.")
    assert only_handoff(office).decision is None
    assert bo.submits(reason="no").errors == {}

    assert "Why: no" in told(ana, 1)[0]
    assert only_handoff(office).teaches is False


def test_a_decision_is_undone_for_five_minutes(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    decides(office, bo, "Reject", TELLING)
    assert "did not take your lead" in told(ana, 1)[0]
    ana.closes()
    office.clock.advance(timedelta(minutes=4))

    bo.clicks("Undo")
    office.tick()

    bo.waits_for("*Ana* passes you a lead: *Dana, Acme*")
    ana.waits_for("*Bo* took that back and looks at your lead *Dana, Acme* again.")
    assert len(ana.dm) == 1
    assert only_handoff(office).decision is None
    decides(office, bo, "Accept", "Their head of sales asked for a date herself")
    ana.waits_for("*Bo* accepted your lead *Dana, Acme*")


def test_after_five_minutes_a_decision_stands(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    decides(office, bo, "Accept", TELLING)
    bo.waits_for("It can be undone for five minutes")
    office.clock.advance(timedelta(minutes=5))

    bo.clicks("Undo")

    bo.waits_for("Five minutes are over")
    assert only_handoff(office).decision is Decision.ACCEPTED


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
    assert "✗ Headcount: no answer" in third


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

    ana.submits(ae="Bo", company="Acme")

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

    errors = ana.submits(ae="Bo", company="Acme", Headcount=-3).errors

    assert "whole number" in "".join(errors.values())
    assert handoffs(office) == []
    with office.db.read() as session:
        assert session.exec(select(CriterionAnswer)).all() == []


def test_an_sdr_reads_the_checklist_and_changes_nothing_in_it(
    office: Office, ana: Member, mia: Member, bo: Member
) -> None:
    add_criterion(mia, name="Budget", kind="Yes or no")

    ana.commands("/handoff criteria")

    ana.waits_for("*Budget*: yes")
    assert "[Retire]" not in text_of(ana.modal)
    assert "Add a criterion" not in text_of(ana.modal)


def test_a_checklist_is_its_teams_and_those_concerned_hear_of_it(
    office: Office, ana: Member, bo: Member, mia: Member, east: int
) -> None:
    root = office.hires("Root", Role.AM, east, is_admin=True)
    west = office.team("West")
    cem, will = office.hires("Cem", Role.SDR, west), office.hires("Will", Role.MANAGER, west)

    add_criterion(mia, name="Budget", kind="Yes or no")
    add_criterion(root, team="Every team", name="Timeline", kind="Yes or no")
    will.commands("/handoff criteria")
    will.waits_for("*Timeline*: yes\nEvery team")
    assert "[Retire]" not in text_of(will.modal), "that line is an admin's"
    assert "Budget" not in text_of(will.modal)
    will.closes()

    office.later(minutes=11)

    ana.waits_for("+ *Budget*: yes (East, required)")
    ana.waits_for("+ *Timeline*: yes (every team, required)")
    mia.waits_for("+ *Timeline*: yes (every team, required)")
    will.waits_for("+ *Timeline*: yes (every team, required)")
    assert [len(one.dm) for one in (ana, mia, cem, will, bo)] == [1, 1, 1, 1, 0]
    assert "Budget" not in text_of(cem.dm[0])
    cem.commands("/handoff")
    cem.waits_for("Timeline")
    assert "Budget" not in text_of(cem.modal)

    mia.commands("/handoff criteria")
    mia.clicks("Retire", beside="Budget")
    mia.waits_for(lambda someone: someone.modal and "Budget" not in text_of(someone.modal))
    office.later(minutes=11)

    ana.waits_for("– not asked any more: *Budget*: yes (East, required)")
    assert [len(one.dm) for one in (ana, cem, will)] == [2, 1, 1]


def test_who_is_not_at_work_hears_of_the_checklist_when_they_are(
    office: Office, ana: Member, mia: Member, east: int
) -> None:
    kim = office.hires("Kim", Role.SDR, east, zone="America/New_York")
    add_criterion(mia, name="Budget", kind="Yes or no")

    office.later(minutes=11)
    ana.waits_for("+ *Budget*: yes")
    assert kim.dm == [], "it is four in the morning there"
    office.later(hours=5)

    kim.waits_for("+ *Budget*: yes")


def test_other_words_are_answered_with_help(office: Office, ana: Member) -> None:
    assert "`/handoff`: pass a lead" in ana.commands("/handoff what now").text


def test_a_reason_that_did_not_help_its_sdr_teaches_nothing(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    decides(office, bo, "Reject", TELLING)
    assert only_handoff(office).teaches

    ana.closes()
    told(ana, 1)
    ana.clicks("This did not help me")

    assert only_handoff(office).unhelpful_at is not None
    ana.waits_for("You said that this did not help")


def test_an_aes_second_hand_reason_teaches_nobody(office: Office, ana: Member, bo: Member) -> None:
    passes(ana, bo)
    decides(office, bo, "Reject", TELLING)
    passes(ana, bo, company="Globex")
    decides(office, bo, "Reject", f"{TELLING} please", beside="Globex")

    assert [one.teaches for one in handoffs(office)] == [True, False]
