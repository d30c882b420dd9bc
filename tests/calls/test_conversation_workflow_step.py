"""A workflow asks for a debrief: the rep is asked once, and the workflow hears how the step ended."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.calls.domain import workflow_steps as steps
from bot.sandbox import Member
from handlers.calls.calls import Step
from storage.tables import InboxEvent
from tests.calls.sources.reading import calls
from tests.support.office import MANIFEST, Office

ASK = Step.ASK_FOR_DEBRIEF


def endings(office: Office) -> dict[str, str]:
    """What Slack was told of each run; blank: it succeeded."""
    ok = {
        call.args["function_execution_id"]: "" for call in office.sandbox.calls("functions.completeSuccess")
    }
    failed = office.sandbox.calls("functions.completeError")
    return ok | {call.args["function_execution_id"]: call.args["error"] for call in failed}


def runs(office: Office, **inputs: Any) -> str:
    execution = office.sandbox.run_step(ASK, inputs)
    office.tick()
    return execution


def test_the_rep_is_asked_and_the_step_completes(office: Office, ana: Member) -> None:
    ended = int(office.clock().timestamp()) - 600

    execution = runs(office, rep=ana.id, contact="Dana", company="Acme", minutes=12, ended_at=ended)

    assert "Dana" in ana.dm[0].text
    assert endings(office) == {execution: ""}
    [call] = calls(office)
    assert (call.source, call.talk_seconds, int(call.ended_at.timestamp())) == ("workflow", 720, ended)
    ana.clicks("Meeting booked")
    ana.waits_for("meeting booked")


def test_only_the_rep_is_needed(office: Office, ana: Member) -> None:
    runs(office, rep=ana.id)

    assert len(ana.dm) == 1


def test_a_run_delivered_again_asks_nothing_again(office: Office, ana: Member) -> None:
    execution = runs(office, rep=ana.id, contact="Dana")
    event = {
        "type": "function_executed",
        "function": {"callback_id": ASK},
        "function_execution_id": execution,
        "inputs": {"rep": ana.id, "contact": "Dana"},
        "bot_access_token": "xwfp-secret",
    }
    office.sandbox.emit(event)
    office.later(minutes=5)

    assert len(calls(office)) == len(ana.dm) == 1
    assert len(office.sandbox.calls("functions.completeSuccess")) == 1


@pytest.mark.parametrize(
    ("inputs", "sentence"),
    [
        ({"rep": ""}, "whose call it was"),
        ({"rep": "U0NOBODY"}, "not on Cornerman's roster"),
        ({"minutes": "a while"}, "must be a number"),
        ({"minutes": -1}, "must be a number"),
        ({"minutes": float("inf")}, "must be a number"),
        ({"minutes": True}, "must be a number"),
        ({"ended_at": "yesterday"}, "must be a date and time"),
        ({"ended_at": 4_000_000_000}, "in the future"),
        ({"ended_at": 1_000_000_000}, "too late"),
    ],
)
def test_what_cannot_be_asked_fails_with_the_reason(
    office: Office, ana: Member, inputs: dict[str, Any], sentence: str
) -> None:
    execution = runs(office, **{"rep": ana.id} | inputs)

    assert sentence in endings(office)[execution]
    assert calls(office) == []


def test_a_step_of_another_version_fails_instead_of_hanging(office: Office, ana: Member) -> None:
    execution = office.sandbox.run_step("send_flowers", {"rep": ana.id})
    office.tick()

    assert "no such step" in endings(office)[execution]


@pytest.mark.parametrize("trouble", ["rate_limit", "drop_reply", "error"])
def test_an_ending_that_did_not_get_through_is_told_again(office: Office, ana: Member, trouble: str) -> None:
    extra = {"retry_after": 30} if trouble == "rate_limit" else {"times": 3}
    getattr(office.sandbox.faults, trouble)("functions.completeSuccess", **extra)

    execution = runs(office, rep=ana.id)
    office.later(minutes=2)
    office.later(minutes=2)

    assert endings(office) == {execution: ""}
    assert office.sandbox.calls("functions.completeSuccess")[-1].answer == {"ok": True}
    assert len(ana.dm) == 1


def test_a_run_that_slack_has_forgotten_is_let_go(office: Office, ana: Member) -> None:
    office.sandbox.faults.slack_error("functions.completeSuccess", "function_execution_not_found", times=9)

    runs(office, rep=ana.id)
    office.later(minutes=5)

    assert len(office.sandbox.calls("functions.completeSuccess")) == 1


def test_the_steps_own_token_is_not_stored(office: Office, ana: Member) -> None:
    runs(office, rep=ana.id)

    with office.db.read() as session:
        bodies = [str(event.body) for event in session.exec(select(InboxEvent))]
    assert any("function_executed" in body for body in bodies)
    assert not any("xwfp-" in body for body in bodies)


def test_a_second_call_with_the_contact_joins_the_first_ones_question(office: Office, ana: Member) -> None:
    runs(office, rep=ana.id, contact="Dana", minutes=5)
    office.clock.advance(timedelta(minutes=6))
    runs(office, rep=ana.id, contact="Dana", minutes=5)

    assert len(ana.dm) == 1
    assert len(endings(office)) == 2


def test_the_manifest_has_our_steps_and_what_they_read() -> None:
    assert set(MANIFEST["functions"]) == set(Step)
    inputs = MANIFEST["functions"][ASK]["input_parameters"]["properties"]
    full = {"rep": "U1", "contact": "Dana", "company": "Acme", "minutes": 12, "ended_at": 1_763_280_000}
    now = datetime.fromtimestamp(1_763_280_060, UTC)

    assert set(inputs) == set(full)
    assert str(steps.read(full, now=now)) != str(steps.read({"rep": "U1"}, now=now))
    assert MANIFEST["settings"]["function_runtime"] == "remote"


def test_a_run_that_failed_stays_failed_when_it_is_delivered_again(office: Office, ana: Member) -> None:
    execution = runs(office, rep="U0NOBODY")
    event = {
        "type": "function_executed",
        "function": {"callback_id": ASK},
        "function_execution_id": execution,
        "inputs": {"rep": ana.id},
    }
    office.sandbox.emit(event)
    office.tick()

    assert calls(office) == []
