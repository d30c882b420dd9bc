"""HubSpot: notices that point at calls, and the calls it is then asked for."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from bot.sandbox import Member
from bot.words import Role
from storage.database import Database
from storage.tables import CallToFetch
from tests.calls.hubspot_double import TOKEN, HubSpotDouble, hubspot_double
from tests.calls.reading import calls, strangers, the_call
from tests.calls.senders import PUBLIC, SECRET, deliver
from tests.conversations.office import Office, open_office

CALL = {
    "hs_timestamp": "2026-11-16T08:40:00Z",
    "hs_call_duration": "620000",
    "hs_call_direction": "OUTBOUND",
    "hs_call_status": "COMPLETED",
    "hs_call_title": "Call with Dana",
    "hs_call_to_number": "+15550100",
    "hubspot_owner_id": "5",
}


@pytest.fixture
def hubspot() -> Iterator[HubSpotDouble]:
    with hubspot_double() as double:
        double.objects["77"] = CALL
        yield double


@pytest.fixture
def office(db: Database, tmp_path: Path, hubspot: HubSpotDouble) -> Iterator[Office]:
    sources = f'[hubspot]\nsecret = "{SECRET}"\naccess_token = "{TOKEN}"\napi_url = "{hubspot.url}"'
    with open_office(db, tmp_path, sources=sources, CORNERMAN_PUBLIC_URL=PUBLIC) as office:
        yield office


@pytest.fixture
def ana(office: Office) -> Member:
    return office.hires("Ana", Role.SDR, office.team("East"))


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
    assert "Dana" in ana.dm[-1].text
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


def test_more_than_a_hundred_notices_are_not_hubspots(office: Office) -> None:
    assert deliver(office, "hubspot", [notice()] * 101).status_code == 400


@pytest.mark.parametrize("minutes", [-6, 6])
def test_a_stale_or_future_batch_is_refused(office: Office, minutes: int) -> None:
    assert deliver(office, "hubspot", [notice()], later=timedelta(minutes=minutes)).status_code == 401
