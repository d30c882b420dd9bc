"""Exports in which people were once mistaken: extensions, two roles in one row, own words for roles."""

from collections.abc import Sequence

from bot.core.enums import Role
from storage.tables import Call, CallAgent, Handoff, Membership, Person, StrayCall
from tests.imports.cases.cases import CREATE, Cases


def test_a_call_of_an_extension_is_its_reps_or_waits_to_be_named(cases: Cases) -> None:
    acme = cases.acme
    acme.take("reps", "email,name,role,team\nana@acme.io,Ana,SDR,East\n")
    acme.take("agents", "source,agent,rep_email\ndialer,+1 (202) 555-0102,ana@acme.io\n")
    columns = {"rep_extension": "extension", "started_at": "started", "duration_s": "seconds"}
    report = cases.take("calls-by-extension.csv", {"columns": columns, "constants": {"source": "dialer"}})

    assert (report.added, report.waiting, report.rejected) == (1, 1, 0)
    assert (acme.one(Call).call_key, acme.one(Call).talk_seconds) == ("2", 120)
    stray = acme.one(StrayCall)
    assert (stray.call_key, stray.talk_seconds) == ("1", 300)
    assert "101" in {agent.agent for agent in acme.all(CallAgent)}


def test_people_become_what_their_column_is_about(cases: Cases) -> None:
    columns = {
        "handoff_id": "lead",
        "sdr_name": "sdr",
        "ae_name": "seller",
        "passed_at": "won_date",
        "company": "segment",
    }
    report = cases.take("handoffs-two-roles.csv", {"columns": columns, **CREATE})

    assert len(cases.acme.all(Handoff)) == 2
    names = {person.id: person.name for person in cases.acme.all(Person)}
    roles = {names[stint.person_id]: stint.role for stint in cases.acme.all(Membership)}
    assert roles == {"sdr-01": Role.SDR, "sdr-02": Role.SDR, "ae-01": Role.AE}
    assert any("New in the roster: " in note and "sdr-01 (SDR)" in note for note in report.notes)


def test_own_words_for_roles_are_refused_with_the_lines_that_would_map_them(cases: Cases) -> None:
    columns = {"name": "Name", "email": "E-Mail", "role": "Title", "team": "Team"}
    report = cases.take("reps-own-words.csv", {"columns": columns})

    assert (report.rejected, cases.acme.all(Person)) == (3, [])
    [reason] = report.reasons
    assert (reason.rows, reason.first_line) == (3, 2)
    assert "is not one of SDR, AE, AM, manager" in reason.reason
    assert "[values.role]" in reason.mend
    assert '"BDR" = "SDR"' in reason.mend
    assert '"Solutions Engineer" = "…"' in reason.mend

    words = {"Customer Success Manager": "AM", "BDR": "SDR", "Solutions Engineer": "ignore"}
    report = cases.take("reps-own-words.csv", {"columns": columns, "values": {"role": words}})
    assert (report.added, report.left_out) == (2, 1)
    assert _emails(cases.acme.all(Person)) == {"cleo@example.com", "dee@example.com"}


def _emails(people: Sequence[Person]) -> set[str | None]:
    return {person.email for person in people}
