"""HubSpot: notices that point at calls, and the calls it is then asked for."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.calls.domain.call import Agent
from bot.calls.sources.delivery import BadSignature, Delivery
from bot.calls.sources.hubspot import HubSpot, ended_call
from bot.sandbox import Member
from storage.database import Database
from storage.tables import CallToFetch
from tests.calls.sources.hubspot_double import TOKEN, HubSpotDouble, hubspot_double
from tests.calls.sources.reading import calls, strangers, the_call
from tests.calls.sources.senders import PUBLIC, SECRET, deliver
from tests.support.office import MONDAY_MORNING, Office, open_office

CALL = {
    "hs_timestamp": "2026-11-16T08:40:00Z",
    "hs_call_duration": "620000",
    "hs_call_direction": "OUTBOUND",
    "hs_call_status": "COMPLETED",
    "hs_call_title": "Call with Dana",
    "hs_call_to_number": "+15550100",
    "hubspot_owner_id": "5",
}
CONNECTED = "f240bbac-87c9-4f6e-bf70-924b57d47db7"


@pytest.fixture
def hubspot() -> Iterator[HubSpotDouble]:
    with hubspot_double() as double:
        double.objects["77"] = CALL
        double.contacts["501"] = {"firstname": "Dana", "lastname": "Reed"}
        double.associated["77"] = "501"
        yield double


@pytest.fixture
def office(db: Database, tmp_path: Path, hubspot: HubSpotDouble) -> Iterator[Office]:
    sources = f'[hubspot]\nsecret = "{SECRET}"\naccess_token = "{TOKEN}"\napi_url = "{hubspot.url}"'
    with open_office(db, tmp_path, sources=sources, CORNERMAN_PUBLIC_URL=PUBLIC) as office:
        yield office


def notice(call: str = "77", **more: object) -> dict[str, object]:
    return {
        "eventId": 1,
        "portalId": 4242,
        "objectTypeId": "0-48",
        "objectId": int(call),
        "subscriptionType": "object.creation",
        "occurredAt": 1763283000000,
    } | more


def waiting(office: Office) -> list[CallToFetch]:
    with office.db.read() as session:
        return list(session.exec(select(CallToFetch)))


def test_a_batch_of_notices_about_one_call_is_asked_for_once(
    office: Office, ana: Member, hubspot: HubSpotDouble
) -> None:
    batch = [notice(subscriptionType="object.propertyChange", propertyName="hs_call_status"), notice()]

    assert deliver(office, "hubspot", [*batch, notice("9", objectTypeId="0-1")]).text == "stored"

    call = the_call(office)
    assert (call.account, call.call_key, call.talk_seconds) == ("4242", "77", 620)
    assert hubspot.asked == [["77"]]
    assert call.contact == "Dana Reed"
    assert "Dana Reed" in ana.dm[-1].text
    assert waiting(office) == []


def test_what_changes_later_is_filled_in_and_asks_nothing_more(
    office: Office, ana: Member, hubspot: HubSpotDouble
) -> None:
    deliver(office, "hubspot", [notice()])
    hubspot.objects["77"] = CALL | {"hs_call_duration": "700000"}

    deliver(office, "hubspot", [notice(eventId=2)])

    assert the_call(office).talk_seconds == 700
    assert len(ana.dm) == 1


@pytest.mark.parametrize(("status", "says"), [(401, "access_token"), (429, "patience"), (502, "502")])
def test_a_refusal_is_told_and_tried_again(
    office: Office, ana: Member, hubspot: HubSpotDouble, status: int, says: str
) -> None:
    hubspot.answers_next = [status]
    deliver(office, "hubspot", [notice()])
    [row] = waiting(office)
    assert says in row.error

    office.later(minutes=1)

    assert the_call(office).talk_seconds == 620


@pytest.mark.parametrize(
    "more", [{"hs_call_status": "IN_PROGRESS"}, {"hubspot_owner_id": ""}, {"hs_call_duration": "long"}]
)
def test_a_call_that_runs_is_nobodys_or_cannot_be_read_is_left_out(
    office: Office, ana: Member, hubspot: HubSpotDouble, more: dict[str, str]
) -> None:
    hubspot.objects["77"] = CALL | more

    deliver(office, "hubspot", [notice()])

    assert calls(office) == []
    assert waiting(office) == []


def test_a_call_that_was_deleted_meanwhile_is_let_go(
    office: Office, ana: Member, hubspot: HubSpotDouble
) -> None:
    deliver(office, "hubspot", [notice("78")])

    assert waiting(office) == []


def test_an_owner_that_may_not_be_read_is_known_by_their_id(
    office: Office, ana: Member, hubspot: HubSpotDouble
) -> None:
    hubspot.owners.clear()

    deliver(office, "hubspot", [notice()])

    assert strangers(office) == ["5"]


@pytest.mark.parametrize(
    ("outcome", "word"),
    [
        ("73a0d17f-1163-4015-bdd5-ec830791da20", "no_answer"),
        ("b2cf5968-551e-4856-9783-52b3da59a7d0", "left_voicemail"),
        ("9d9162e7-6cf3-4944-bf63-4dff82258764", "busy"),
    ],
)
def test_a_call_whose_outcome_says_that_nobody_answered_asks_nothing_though_it_completed(
    outcome: str, word: str
) -> None:
    said = CALL | {"hs_call_disposition": outcome}

    call = ended_call("4242", "77", said, Agent(key="5"))

    assert call is not None
    assert (call.disposition, call.is_completed) == (word, False)
    talked = ended_call("4242", "77", CALL | {"hs_call_disposition": CONNECTED}, Agent(key="5"))
    assert talked is not None
    assert (talked.disposition, talked.contact) == ("completed", "+15550100")


@pytest.mark.parametrize("version", ["v1", "v2"])
def test_what_each_kind_of_app_is_sent_is_accepted_as_documented(version: str) -> None:
    """The example of HubSpot's page for v1; v2 adds method and address."""
    secret = "yyyyyyyy-yyyy-yyyy-yyyy-yyyyyyyyyyyy"
    body = (
        b'[{"eventId":1,"subscriptionId":12345,"portalId":62515,"occurredAt":1564113600000,'
        b'"subscriptionType":"contact.creation","attemptNumber":0,"objectId":123,"changeSource":"CRM",'
        b'"changeFlag":"NEW","appId":54321}]'
    )
    url = f"{PUBLIC}/calls/hubspot"
    v1 = "232db2615f3d666fe21a8ec971ac7b5402d33b9a925784df3ca654d05f4817de"
    v2 = hashlib.sha256(f"{secret}POST{url}".encode() + body).hexdigest()
    headers = {"x-hubspot-signature-version": version, "x-hubspot-signature": {"v1": v1, "v2": v2}[version]}

    HubSpot().verify(Delivery(headers, body, MONDAY_MORNING, url), secret)

    with pytest.raises(BadSignature):
        HubSpot().verify(Delivery(headers, body + b" ", MONDAY_MORNING, url), secret)
    with pytest.raises(BadSignature):
        stale = {**headers, "x-hubspot-signature-v3": "x", "x-hubspot-request-timestamp": "1"}
        HubSpot().verify(Delivery(stale, body, MONDAY_MORNING, url), secret)
    with pytest.raises(BadSignature):
        HubSpot().verify(
            Delivery({**headers, "x-hubspot-signature-version": "v9"}, body, MONDAY_MORNING), secret
        )


def test_more_than_a_hundred_notices_are_not_hubspots(office: Office) -> None:
    assert deliver(office, "hubspot", [notice()] * 101).status_code == 400


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_stale_or_future_batch_is_refused(office: Office, minutes: int) -> None:
    assert deliver(office, "hubspot", [notice()], later=timedelta(minutes=minutes)).status_code == 401
