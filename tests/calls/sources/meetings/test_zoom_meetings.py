"""Zoom's meetings: whose they were, with whom, and which were none of a customer's."""

from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.calls.domain.call import EndedCall
from bot.calls.domain.notices import Notice
from bot.calls.sources.zoom import Zoom
from bot.sandbox import Member
from tests.calls.sources.reading import calls, the_call
from tests.calls.sources.senders import send
from tests.calls.sources.test_zoom import event, told
from tests.support.office import Office

ACME = {"uuid": "m-1==", "id": 5, "host_id": "h-1", "topic": "Acme demo"}
MEETING = event(
    "meeting.ended",
    ACME | {"start_time": "2026-11-16T08:20:00Z", "end_time": "2026-11-16T08:50:00Z", "duration": 60},
)
SUMMARY = event(
    "meeting.summary_completed",
    {
        "meeting_uuid": "m-1==",
        "meeting_host_id": "h-1",
        "meeting_host_email": "ana@example.com",
        "meeting_topic": "Acme demo",
        "meeting_start_time": "2026-11-16T08:20:00Z",
        "meeting_end_time": "2026-11-16T08:50:00Z",
    },
)


def was_there(name: str, email: str = "", key: str = "", kind: str = "joined") -> dict[str, Any]:
    guest = {"user_name": name, "email": email, "id": key, "user_id": "16778240"}
    return event(f"meeting.participant_{kind}", ACME | {"participant": guest})


HOST = was_there("Ana", "ana@example.com", "h-1")
DANA, LATE_DANA = was_there("Dana"), was_there("Dana", "dana@acme.com", kind="left")
BO = was_there("Bo", "bo@example.com", "h-2")


def ended(*said: dict[str, Any]) -> list[EndedCall]:
    return list(Zoom().ended([one for body in said for one in told(body) if isinstance(one, Notice)]))


@given(st.permutations([MEETING, HOST, DANA, LATE_DANA, SUMMARY]), st.sampled_from([MEETING, DANA]))
@settings(deadline=None)
def test_a_meeting_is_its_hosts_with_whoever_was_outside_in_any_order(
    order: list[dict[str, Any]], again: dict[str, Any]
) -> None:
    [call] = ended(*order, again)

    assert (call.agent.email, call.agent.key, call.contact) == ("ana@example.com", "h-1", "Dana")
    assert (call.call_key, call.talked) == ("m-1==", 30 * 60)


def test_a_meeting_among_colleagues_or_of_the_host_alone_is_left_out() -> None:
    assert ended(MEETING, HOST, BO) == []
    assert ended(MEETING, HOST) == []
    assert ended(HOST, DANA) == [], "it still goes on"
    assert [call.contact for call in ended(MEETING, SUMMARY)] == ["Acme demo"], "nobody was told of"


def test_where_the_hosts_email_is_unknown_one_domain_is_one_company() -> None:
    ann, dana = was_there("Ann", "ann@acme.com", "k-1"), was_there("Dana", "dana@acme.com", "k-2")

    assert ended(MEETING, ann, dana) == []
    assert [call.contact for call in ended(MEETING, ann, BO)] != []
    home = [was_there("Ana", "ana@gmail.com", "h-1"), was_there("Eve", "eve@gmail.com", "k-2")]
    assert [call.contact for call in ended(MEETING, *home)] == ["Eve"], "nobody works at Gmail's customers"


def test_an_internal_meeting_is_taken_back_when_that_is_known(office: Office, ana: Member) -> None:
    for said in (SUMMARY, MEETING):
        send(office, "zoom", said)
    office.corner.inbox.work_all()
    assert the_call(office).contact == "Acme demo"

    for said in (HOST, BO):
        send(office, "zoom", said)
    office.tick()

    assert calls(office) == []
    assert ana.dm == []
