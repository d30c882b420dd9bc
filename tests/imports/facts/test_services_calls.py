"""Calls come in by their keys, and debriefs to the calls they are about."""

from datetime import UTC, datetime, timedelta

from bot.core.enums import Outcome, PromptStatus
from storage.tables import (
    Call,
    Debrief,
    DebriefTag,
    DebriefVersion,
    Prompt,
)
from tests.imports.facts.files import CALLS
from tests.support.importing import NOW, Importer, counts


def test_end_and_duration_follow_from_each_other(staffed: Importer) -> None:
    staffed.take("calls", CALLS)
    one, two, three = staffed.all(Call)

    assert (one.ended_at - one.started_at, one.talk_seconds) == (timedelta(minutes=5), 300)
    assert (two.talk_seconds, two.completed) == (120, True)
    assert (three.completed, three.talk_seconds, three.disposition) == (False, 0, "No answer")


def test_history_never_prompts(staffed: Importer) -> None:
    staffed.take("calls", CALLS)

    assert all(call.imported for call in staffed.all(Call))
    assert staffed.all(Prompt) == []


def test_the_same_call_of_two_reps_is_two_calls(staffed: Importer) -> None:
    head = "source,call_id,rep_email,started_at\n"
    rows = "zoom,c1,ana@acme.io,2026-10-05T09:00Z\nzoom,c1,ben@acme.io,2026-10-05T09:00Z\n"

    assert counts(staffed.take("calls", head + rows)) == (2, 2, 0, 0, 0)
    assert counts(staffed.take("calls", head + rows)) == (2, 0, 0, 2, 0)


def test_a_debrief_is_written_to_its_call(staffed: Importer) -> None:
    staffed.take("calls", CALLS)
    debriefs = (
        "source,call_id,rep_email,outcome,improve,tags,timeline\n"
        "zoom,c1,ana@acme.io,advanced,Ask sooner,Next step; pricing,yes\n"
        "zoom,c9,ana@acme.io,advanced,,,\n"
        "zoom,c1,ben@acme.io,advanced,,,\n"
    )
    assert counts(staffed.take("debriefs", debriefs)) == (3, 1, 0, 0, 2)
    assert counts(staffed.take("debriefs", debriefs)) == (3, 0, 0, 1, 2)

    debrief, call = staffed.one(Debrief), staffed.all(Call)[0]
    assert (debrief.call_id, debrief.call_started_at) == (call.id, call.started_at)
    assert (debrief.outcome, debrief.timeline_agreed, debrief.authority_reached) == (
        Outcome.ADVANCED,
        True,
        None,
    )
    assert [tag.tag for tag in staffed.all(DebriefTag)] == ["next_step", "pricing"]
    assert staffed.refused("debriefs")[3] == "This rep has no call “c9”; import the calls first."


def test_a_debrief_that_changes_keeps_what_it_said(staffed: Importer) -> None:
    staffed.take("calls", CALLS)
    head = "source,call_id,rep_email,outcome,tags\n"
    staffed.take("debriefs", head + "zoom,c1,ana@acme.io,advanced,pricing\n")
    report = staffed.take("debriefs", head + "zoom,c1,ana@acme.io,lost,need\n")

    before, after = staffed.one(DebriefVersion), staffed.one(Debrief)
    assert report.updated == 1
    assert (before.outcome, before.tags, before.version) == (Outcome.ADVANCED, "pricing", 1)
    assert (after.outcome, after.version, after.edited_at) == (Outcome.LOST, 2, NOW)
    assert staffed.one(DebriefTag).tag == "need"


def test_a_call_that_is_debriefed_by_file_is_asked_about_no_more(staffed: Importer) -> None:
    staffed.take("calls", CALLS)
    call = staffed.all(Call)[0]
    with staffed.db.begin() as session:
        session.add(
            Prompt(workspace_id=call.workspace_id, call_id=call.id, person_id=call.person_id, next_at=NOW)
        )
    staffed.take("debriefs", "source,call_id,rep_email,outcome\nzoom,c1,ana@acme.io,advanced\n")

    prompt = staffed.one(Prompt)
    assert (prompt.status, prompt.next_at) == (PromptStatus.ANSWERED, None)


def test_a_moved_call_takes_its_debrief_along(staffed: Importer) -> None:
    staffed.take("calls", CALLS)
    staffed.take("debriefs", "source,call_id,rep_email,outcome\nzoom,c1,ana@acme.io,advanced\n")
    staffed.take("calls", CALLS.replace("2026-10-05T09", "2026-10-04T09"))

    assert staffed.one(Debrief).call_started_at == datetime(2026, 10, 4, 9, tzinfo=UTC)


def test_a_debrief_told_in_slack_and_again_by_file_was_submitted_in_slack(staffed: Importer) -> None:
    staffed.take("calls", CALLS)
    call = staffed.all(Call)[0]
    told = datetime(2026, 10, 5, 9, 31, tzinfo=UTC)
    with staffed.db.begin() as session:
        session.add(
            Debrief(
                workspace_id=call.workspace_id,
                call_id=call.id,
                person_id=call.person_id,
                call_started_at=call.started_at,
                outcome=Outcome.ADVANCED,
                submitted_at=told,
            )
        )
    head = "source,call_id,rep_email,outcome\n"

    assert staffed.take("debriefs", head + "zoom,c1,ana@acme.io,advanced\n").unchanged == 1
    assert staffed.take("debriefs", head + "zoom,c1,ana@acme.io,lost\n").updated == 1
    assert staffed.one(Debrief).submitted_at == told
