"""Zoom: a hint at hang-up, the record later, in either order; and the proof it asks for."""

import hashlib
import hmac
import json
from typing import Any

import pytest

from bot.calls.domain.call import EndedCall
from bot.calls.domain.notices import Notice
from bot.calls.sources.delivery import Delivery, TranscriptReady
from bot.calls.sources.zoom import Zoom
from bot.core.enums import Direction
from bot.sandbox import Member
from tests.calls.sources.reading import calls, events, strangers, the_call
from tests.calls.sources.senders import SECRET, deliver
from tests.support.office import MONDAY_MORNING, Office

HINT = {
    "event": "phone.caller_ended",
    "event_ts": 1763283000000,
    "payload": {
        "account_id": "acc-1",
        "object": {
            "call_id": "7000001",
            "caller": {"user_id": "u-1", "extension_id": "e-1", "extension_number": 1001},
            "callee": {"phone_number": "+15550100"},
            "ringing_start_time": "2026-11-16T08:39:50Z",
            "answer_start_time": "2026-11-16T08:40:00Z",
            "call_end_time": "2026-11-16T08:59:00Z",
        },
    },
}


def record(**more: Any) -> dict[str, Any]:
    element = {
        "call_element_id": "el-1",
        "call_history_uuid": "h-1",
        "call_id": "7000001",
        "direction": "outbound",
        "connect_type": "external",
        "caller_name": "Ana",
        "caller_email": "ana@example.com",
        "caller_ext_number": "1001",
        "caller_ext_type": "user",
        "callee_name": "Dana",
        "callee_did_number": "+15550100",
        "start_time": "2026-11-16T08:39:50Z",
        "answer_time": "2026-11-16T08:40:00Z",
        "end_time": "2026-11-16T08:59:00Z",
        "talk_time": 1120,
        "hold_time": 20,
        "result": "connected",
    }
    return event("phone.caller_call_element_completed", {"call_elements": [element | more]})


def event(name: str, about: dict[str, Any]) -> dict[str, Any]:
    return {"event": name, "payload": {"account_id": "acc-1", "object": about}}


def told(said: dict[str, Any]) -> list[EndedCall | Notice | TranscriptReady]:
    return list(Zoom().parse(Delivery({}, json.dumps(said).encode(), MONDAY_MORNING)))


def test_the_record_becomes_a_call_and_a_question(office: Office, ana: Member) -> None:
    assert deliver(office, "zoom", record()).text == "stored"

    call = the_call(office)
    assert (call.account, call.call_key, call.talk_seconds) == ("acc-1", "7000001", 1120)
    assert (call.contact, call.direction) == ("Dana", Direction.OUTBOUND)
    assert "Dana" in ana.dm[-1].text


def test_elements_of_one_talk_are_added_up(office: Office, ana: Member) -> None:
    [first] = record()["payload"]["object"]["call_elements"]
    second = first | {
        "call_element_id": "el-2",
        "start_time": "2026-11-16T08:59:00Z",
        "end_time": "2026-11-16T09:00:00Z",
        "talk_time": 60,
    }

    deliver(office, "zoom", event("phone.caller_call_element_completed", {"call_elements": [first, second]}))

    assert the_call(office).talk_seconds == 1180


@pytest.mark.parametrize(
    "more",
    [
        {"talk_time": 0, "result": "no_answer"},
        {"talk_time": 70, "result": "voicemail"},
    ],
)
def test_an_unanswered_call_is_stored_and_asks_nothing(
    office: Office, ana: Member, more: dict[str, object]
) -> None:
    deliver(office, "zoom", record(**more))

    assert not the_call(office).completed
    assert ana.dm == []


def test_a_call_between_colleagues_is_no_call(office: Office, ana: Member) -> None:
    internal = HINT["payload"]["object"] | {"callee": {"user_id": "u-2", "extension_number": 1002}}  # type: ignore[index]

    deliver(office, "zoom", event("phone.caller_ended", internal))
    deliver(office, "zoom", record(connect_type="internal"))

    assert events(office) == []


def test_an_unanswered_hint_says_nothing(office: Office, ana: Member) -> None:
    about = {**HINT["payload"]["object"]}  # type: ignore[index]
    del about["answer_start_time"]

    assert deliver(office, "zoom", event("phone.caller_ended", about)).text == "nothing to store"


def test_a_hint_of_an_extension_nobody_knows_waits_for_a_person(office: Office, ana: Member) -> None:
    deliver(office, "zoom", HINT)

    assert strangers(office) == ["1001"]


@pytest.mark.parametrize("hint_first", [True, False])
def test_hint_and_record_are_one_call_with_one_question(
    office: Office, ana: Member, hint_first: bool
) -> None:
    deliver(office, "zoom", record(call_id="1", talk_time=30))  # tells whose extension 1001 is
    told = (HINT, record())

    for said in told if hint_first else reversed(told):
        deliver(office, "zoom", said)

    call = next(call for call in calls(office) if call.call_key == "7000001")
    assert (call.talk_seconds, call.contact, call.hinted) == (1120, "Dana", False)
    assert len(ana.dm) == 1


@pytest.mark.parametrize("kind", ["monitor", "whisper", "listen", "barge", "takeover"])
def test_whoever_listened_in_had_no_call(kind: str) -> None:
    assert told(record(event=kind)) == []
    assert told(record(event="outgoing")) != []


@pytest.mark.parametrize("result", ["Voicemail", "Cancel", "Call Cancel"])
def test_a_hint_of_a_call_that_reached_nobody_says_nothing(result: str) -> None:
    about = HINT["payload"]["object"] | {"handup_result": result}  # type: ignore[index]

    assert told(event("phone.caller_ended", about)) == []
    assert told(event("phone.caller_ended", about | {"handup_result": "Call connected"})) != []


@pytest.mark.parametrize("side", ["caller", "callee"])
def test_version_2_of_the_record_is_read_as_well(side: str) -> None:
    [element] = record()["payload"]["object"]["call_elements"]
    mine = {
        f"{side}_{name}": element[f"caller_{name}"] for name in ("email", "name", "ext_number", "ext_type")
    }
    older = {"call_logs": [{**element, "callee_ext_type": "", **mine}]}

    [call] = told(event(f"phone.{side}_call_history_completed", older))

    assert isinstance(call, EndedCall)
    assert (call.agent.email, call.talk_seconds) == ("ana@example.com", 1120)


def test_a_meeting_counts_for_its_host_in_minutes(office: Office) -> None:
    about = {"id": 5, "uuid": "m-1==", "host_id": "h-1", "topic": "Acme demo", "duration": 30}

    deliver(office, "zoom", event("meeting.ended", about | {"start_time": "2026-11-16T08:20:00Z"}))

    assert strangers(office) == ["h-1"]


def test_the_address_is_proved_by_the_secret(office: Office) -> None:
    said = {"event": "endpoint.url_validation", "payload": {"plainToken": "qgg8vlvZRS6UYooatFL8Aw"}}

    answer = deliver(office, "zoom", said).json()

    digest = hmac.new(SECRET.encode(), b"qgg8vlvZRS6UYooatFL8Aw", hashlib.sha256).hexdigest()
    assert answer == {"plainToken": "qgg8vlvZRS6UYooatFL8Aw", "encryptedToken": digest}
    assert events(office) == []


def test_a_proof_is_given_to_nobody_who_does_not_sign(office: Office) -> None:
    said = {"event": "endpoint.url_validation", "payload": {"plainToken": "x"}}

    assert deliver(office, "zoom", said, secret="a guess that is long enough to sign").status_code == 401


def test_what_speaks_of_no_call_is_not_kept(office: Office) -> None:
    assert deliver(office, "zoom", event("user.created", {"id": "u"})).text == "nothing to store"
    assert calls(office) == []
