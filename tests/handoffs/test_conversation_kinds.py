"""A checklist asks for numbers in a range, dates and texts, and a lead is judged by each."""

from typing import Any

from bot.core.enums import CriterionKind, Role
from bot.sandbox import Member, text_of
from storage.tables import Criterion
from tests.support.leads import add_criterion, handoffs, only_handoff, told
from tests.support.office import Office


def test_every_kind_is_asked_for_and_judged(office: Office, ana: Member, bo: Member, mia: Member) -> None:
    assert (
        "cannot be less"
        in add_criterion(mia, name="Seats", kind="A number between …", bound="9", most="5")["most"]
    )
    mia.closes(everything=True)
    for fields in (
        {"name": "Tools", "kind": "A number, at most …", "most": "3"},
        {"name": "Seats", "kind": "A number between …", "bound": "20", "most": "200"},
        {"name": "Start", "kind": "A date within …", "most": "30"},
        {"name": "Signer", "kind": "A text that must be there"},
        {"name": "Signs", "kind": "Several of a list", "bound": "2", "choices": "Hiring\nNew tool\nNew head"},
        {"name": "Live", "kind": "A date before …", "before": "2027-03-01"},
    ):
        assert add_criterion(mia, **fields) == {}
    ana.commands("/handoff")
    asked: dict[str, Any] = {"Tools": "5", "Seats": "50", "Start": "2027-01-20", "Signer": "Dana Lee, CFO"}
    asked |= {"Signs": ["Hiring", "New head"], "Live": "2027-03-01"}
    assert ana.submits(ae="Bo", company="Acme", **asked).errors == {}

    assert only_handoff(office).criteria_met is False
    [question] = told(bo, 1)
    assert "✗ Tools: 5 (wanted: at most 3)" in question
    assert "✓ Seats: 50" in question
    assert "✗ Start: Jan 20, 2027 (wanted: a date within 30 days)" in question
    assert "✓ Signer: Dana Lee, CFO" in question
    assert "✓ Signs: Hiring, New head" in question
    assert "✗ Live: Mar 1, 2027 (wanted: a date before Mar 1, 2027)" in question


def test_a_lead_is_tested_before_it_is_passed(office: Office, ana: Member, bo: Member, mia: Member) -> None:
    add_criterion(mia, name="Budget", kind="Yes or no")
    add_criterion(mia, name="Signs", kind="Several of a list", bound="2", choices="Hiring\nNew tool")
    ana.commands("/handoff")
    ana.enters(company="Acme", Budget="Yes", Signs=["Hiring"])

    ana.clicks("Test it first")

    shown = text_of(ana.waits_for("required thing is missing"))
    assert "✓ Budget: yes" in shown
    assert "✗ Signs: Hiring (wanted: at least 2 of: Hiring, New tool)" in shown
    assert handoffs(office) == [] and bo.dm == [], "nothing is passed by a test"
    ana.enters(Signs=["Hiring", "New tool"])
    ana.clicks("Test it first")
    ana.waits_for("nothing required is missing")
    assert ana.submits(ae="Bo").errors == {}
    lead = only_handoff(office)
    assert (lead.company, lead.criteria_met) == ("Acme", True), "what was entered before the test is kept"


def test_the_checklist_says_what_is_good_enough(office: Office, mia: Member) -> None:
    add_criterion(mia, name="Seats", kind="A number between …", bound="20", most="200")
    add_criterion(mia, name="Start", kind="A date within …", most="1")

    mia.commands("/handoff criteria")

    shown = text_of(mia.waits_for("Seats"))
    assert "*Seats*: between 20 and 200" in shown
    assert "*Start*: a date within 1 day" in shown


def test_an_admin_of_many_teams_leafs_through_every_line_and_retires_any(office: Office, east: int) -> None:
    root = office.hires("Root", Role.MANAGER, east, is_admin=True)
    teams = [office.team(f"Team {n}") for n in range(110)]
    with office.db.begin() as session:
        for team_id in teams[:8]:
            for n in range(20):
                about: dict[str, Any] = {"workspace_id": office.workspace_id, "added_at": office.clock()}
                name = f"{team_id} {n}"
                session.add(Criterion(team_id=team_id, name=name, kind=CriterionKind.YES_NO, **about))

    root.commands("/handoff criteria")
    root.waits_for("70 more")
    root.clicks("70 more")
    root.waits_for("Back")
    last = f"{teams[7]} 19"
    assert f"*{last}*" in root.sees()
    root.clicks("Retire", beside=last)
    root.waits_for(lambda who: f"*{last}*" not in who.sees() and "Back" in who.sees())
    root.clicks("Back")
    root.waits_for("69 more")
    root.clicks("Add a criterion")

    assert root.submits(team="East", name="Budget", kind="Yes or no").errors == {}
