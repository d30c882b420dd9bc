"""Leads come in with what was decided about them, and deals find theirs."""

from bot.core.enums import Decision
from storage.tables import (
    Deal,
    Handoff,
)
from tests.imports.facts.files import HANDOFFS
from tests.support.importing import Importer


def test_a_deal_finds_its_handoff(staffed: Importer) -> None:
    staffed.take("handoffs", HANDOFFS)
    staffed.take("deals", "deal_id,ae_email,status,handoff_id\nd1,ben@acme.io,open,h2\n")

    assert staffed.one(Deal).handoff_id == staffed.all(Handoff)[1].id


def test_a_decision_without_a_date_was_taken_when_the_lead_was_passed(staffed: Importer) -> None:
    head = "handoff_id,sdr_email,ae_email,company,passed_at,decision\n"
    staffed.take("handoffs", head + "h1,ana@acme.io,ben@acme.io,Globex,2026-10-05T09:00:00Z,accepted\n")
    handoff = staffed.one(Handoff)

    assert (handoff.decision, handoff.decided_at) == (Decision.ACCEPTED, handoff.passed_at)


def test_a_decision_before_the_lead_was_passed_is_refused(staffed: Importer) -> None:
    head = "handoff_id,sdr_email,ae_email,company,passed_at,decision,decided_at\n"
    report = staffed.take(
        "handoffs", head + "h1,ana@acme.io,ben@acme.io,Globex,2026-10-05,accepted,2026-10-04\n"
    )

    assert report.rejected == 1
    assert staffed.refused("handoffs") == {2: "The handoff was decided before it was passed."}


def test_a_reason_said_before_teaches_nothing_whatever_file_it_came_in(staffed: Importer) -> None:
    staffed.take("handoffs", HANDOFFS)
    assert [handoff.teaches for handoff in staffed.all(Handoff)] == [True, False, False]

    staffed.take(
        "handoffs",
        "handoff_id,sdr_email,ae_email,company,passed_at,decision,reason\n"
        "h0,ana@acme.io,ben@acme.io,Umbrella,2026-10-01,rejected,They have a BUDGET and a date in mind\n",
    )
    assert {handoff.handoff_key: handoff.teaches for handoff in staffed.all(Handoff)} == {
        "h0": True,
        "h1": False,
        "h2": False,
        "h3": False,
    }
