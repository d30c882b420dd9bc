"""A manager's checklist says when a lead is qualified, and each lead keeps the one that it was passed by."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.core.enums import Role
from bot.sandbox import Member, text_of
from storage.tables import CriterionAnswer
from tests.support.leads import TELLING, add_criterion, decides, handoffs, only_handoff, passes, told
from tests.support.office import Office


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
