"""Twilio: a form signed over the public address; `CallDuration` is seconds, `Duration` minutes."""

import base64
import hashlib
import hmac
import json
from itertools import permutations
from typing import Any

import httpx
import pytest

from bot.calls.sources.delivery import Delivery
from bot.calls.sources.twilio import Twilio
from bot.core.enums import Direction
from bot.sandbox import Member
from tests.calls.sources.reading import strangers, the_call
from tests.calls.sources.senders import PUBLIC, SECRET, deliver, packed
from tests.support import web
from tests.support.office import MONDAY_MORNING, Office


def said(**more: Any) -> dict[str, Any]:
    return {
        "AccountSid": "AC1",
        "CallSid": "CA1",
        "CallStatus": "completed",
        "CallDuration": "620",
        "Duration": "11",
        "Direction": "outbound-dial",
        "From": "+15550100",
        "To": "client:ana@example.com",
        "Timestamp": "Mon, 16 Nov 2026 08:59:00 +0000",
        "ForwardedFrom": "",
    } | more


def test_a_finished_leg_becomes_a_call_in_seconds(office: Office, ana: Member) -> None:
    deliver(office, "twilio", said())

    call = the_call(office)
    assert (call.account, call.call_key, call.talk_seconds) == ("AC1", "CA1", 620)
    assert (call.contact, call.direction) == ("+15550100", Direction.INBOUND)
    assert call.ended_at.isoformat() == "2026-11-16T08:59:00+00:00"


def test_a_call_from_the_browser_is_the_clients(office: Office, ana: Member) -> None:
    deliver(office, "twilio", said(From="client:ana@example.com", To="+15550199", Direction="inbound"))

    call = the_call(office)
    assert (call.contact, call.direction) == ("+15550199", Direction.OUTBOUND)


@pytest.mark.parametrize(
    ("more", "key"),
    [
        ({"Direction": "inbound", "To": "+15550111"}, "+15550111"),
        ({"Direction": "outbound-dial", "To": "+15550122"}, "+15550122"),
        ({"Direction": "outbound-api", "From": "+15550111", "To": "+15550133"}, "+15550133"),
        ({"To": "client:ana"}, "ana"),
        ({"To": "sip:ana@acme.sip.twilio.com;transport=tls"}, "ana@acme.sip.twilio.com"),
        (
            {"Direction": "inbound", "From": "sip:ana@acme.sip.twilio.com", "To": "+15550100"},
            "ana@acme.sip.twilio.com",
        ),
    ],
)
def test_without_an_email_the_number_or_the_client_says_whose_it_is(
    office: Office, more: dict[str, str], key: str
) -> None:
    deliver(office, "twilio", said(**more))

    assert strangers(office) == [key]


def leg(sid: str, parent: str = "", **more: Any) -> dict[str, Any]:
    return said(CallSid=sid, ParentCallSid=parent, **more)


RINGS_ANA = leg("CA1", Direction="outbound-api", From="+15550111", To="+15550133", CallDuration="700")
THEN_DANA = leg("CA2", "CA1", Direction="outbound-dial", From="+15550111", To="+15550100", CallDuration="620")
NOBODY = THEN_DANA | {"CallSid": "CA3", "CallStatus": "no-answer", "CallDuration": "0"}
FROM_THE_BROWSER = leg(
    "CA1", From="client:ana@example.com", To="+15550100", Direction="inbound", CallDuration="640"
)
OF_THE_CUSTOMER = THEN_DANA | {"CallDuration": "600"}
DANA_FIRST = RINGS_ANA | {"To": "+15550100"}
THEN_ANA = THEN_DANA | {"To": "client:ana@example.com", "CallDuration": "600"}
A_WAY_IN = leg("CA1", Direction="inbound", From="+15550100", To="+15550111", CallDuration="700")
RINGS_A_REP = leg(
    "CA2", "CA1", Direction="outbound-dial", From="+15550100", To="+15550133", CallDuration="620"
)


def ended(*legs: dict[str, Any]) -> list[tuple[str, str, str, int, str]]:
    """Key, agent, contact, seconds and direction of each call."""
    bodies = [packed("twilio", one) for one in legs]
    told = [one for body in bodies for one in Twilio().parse(Delivery({}, body, MONDAY_MORNING))]
    return [
        (
            call.call_key,
            call.agent.email or call.agent.key or "",
            call.contact,
            call.talked,
            call.direction or "",
        )
        for call in Twilio().ended(told)
    ]


@pytest.mark.parametrize(
    ("legs", "call"),
    [
        ([RINGS_ANA, THEN_DANA], ("CA1", "+15550133", "+15550100", 620, "outbound")),
        ([RINGS_ANA, NOBODY, THEN_DANA], ("CA1", "+15550133", "+15550100", 620, "outbound")),
        ([FROM_THE_BROWSER, OF_THE_CUSTOMER], ("CA1", "ana@example.com", "+15550100", 600, "outbound")),
        ([A_WAY_IN, RINGS_A_REP], ("CA2", "+15550133", "+15550100", 620, "inbound")),
        ([RINGS_A_REP], ("CA2", "+15550133", "+15550100", 620, "inbound")),
        ([RINGS_ANA], ("CA1", "+15550133", "", 700, "outbound")),
        ([DANA_FIRST, THEN_ANA], ("CA2", "ana@example.com", "+15550100", 600, "outbound")),
    ],
)
def test_leg_by_leg_it_is_known_whose_call_it_is_in_any_order(
    legs: list[dict[str, Any]], call: tuple[str, str, str, int, str]
) -> None:
    for order in permutations([*legs, legs[0]]):
        assert ended(*order) == [call]


def test_colleagues_in_the_browser_are_no_sales_call() -> None:
    assert ended(leg("CA1", From="client:ana", To="client:bo")) == []
    assert ended(FROM_THE_BROWSER | {"To": "+15550144"}, leg("CA2", "CA1", From="+1", To="client:bo")) == []


def test_what_flex_writes_for_an_email_is_read(office: Office, ana: Member) -> None:
    deliver(office, "twilio", said(To="client:ana_40example_2Ecom"))

    assert the_call(office).contact == "+15550100"
    assert strangers(office) == []


@pytest.mark.parametrize("identity", ["ana_de", "rep_40", "ana_40", "_", "a__40b"])
def test_other_names_with_underscores_stay_as_they_are(identity: str) -> None:
    [(_, agent, *_)] = ended(said(To=f"client:{identity}"))

    assert agent == identity


def test_the_json_of_event_streams_is_read_and_its_hash_is_signed(office: Office, ana: Member) -> None:
    parameters = {**said(), "CallDuration": "620"}
    kind = "com.twilio.voice.status-callback.call.completed"
    body = json.dumps(
        [{"type": kind, "data": {"request": {"method": "POST", "parameters": parameters}}}]
    ).encode()
    query = f"bodySHA256={hashlib.sha256(body).hexdigest()}"
    text = f"{PUBLIC}/calls/twilio?{query}"
    digest = base64.b64encode(hmac.new(SECRET.encode(), text.encode(), hashlib.sha1).digest()).decode()

    def post(content: bytes) -> int:
        where = f"{office.url}/calls/twilio?{query}"
        headers = {"X-Twilio-Signature": digest, "Content-Type": "application/json"}
        return httpx.post(where, content=content, headers=headers, trust_env=False).status_code

    assert post(body.replace(b"620", b"920")) == 401, "another body than the one that was signed"
    assert post(body) == 200
    office.tick()
    assert the_call(office).talk_seconds == 620


@pytest.mark.parametrize("status", ["no-answer", "busy", "failed", "canceled"])
def test_nobody_reached_is_not_completed(office: Office, ana: Member, status: str) -> None:
    deliver(office, "twilio", said(CallStatus=status, CallDuration="0"))

    assert not the_call(office).completed
    assert ana.dm == []


def test_a_call_that_still_rings_says_nothing(office: Office) -> None:
    assert deliver(office, "twilio", said(CallStatus="ringing")).text == "nothing to store"


@pytest.mark.parametrize("signed", [f"{PUBLIC}/calls/twilio", f"{PUBLIC}:443/calls/twilio"])
def test_the_address_may_be_signed_with_or_without_its_port(signed: str) -> None:
    body = packed("twilio", said())
    pairs = sorted(httpx.QueryParams(body.decode()).multi_items())
    text = signed + "".join(name + value for name, value in pairs)
    digest = base64.b64encode(hmac.new(SECRET.encode(), text.encode(), hashlib.sha1).digest()).decode()

    Twilio().verify(
        Delivery({"x-twilio-signature": digest}, body, MONDAY_MORNING, f"{PUBLIC}/calls/twilio"), SECRET
    )


def test_another_address_is_refused(office: Office) -> None:
    body = packed("twilio", said())
    text = f"{office.url}/calls/twilio" + "".join(name + value for name, value in sorted(said().items()))
    digest = base64.b64encode(hmac.new(SECRET.encode(), text.encode(), hashlib.sha1).digest()).decode()

    answer = web.post(
        f"{office.url}/calls/twilio",
        content=body,
        headers={"X-Twilio-Signature": digest},
    )

    assert answer.status_code == 401
    assert "CORNERMAN_PUBLIC_URL" in answer.text
