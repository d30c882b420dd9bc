"""Google Meet: pushes that point at conferences, their records, and each host's subscription."""

import base64
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from sqlmodel import select

from bot.calls.jobs import subscriptions
from bot.calls.jobs.subscriptions import Kept
from bot.calls.sources.meet import ENDED
from bot.core.enums import Role
from bot.sandbox import Member
from storage.database import Database
from storage.tables import CallToFetch
from tests.calls.sources.reading import calls, the_call
from tests.calls.sources.senders import SECRET, deliver
from tests.support.doubles.http import Answer, Asked, double
from tests.support.office import Office, open_office

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
KEY = (
    rsa.generate_private_key(public_exponent=65537, key_size=2048)
    .private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    .decode()
)


def said(record: str = "c-1", *, kind: str = ENDED, subscription: str = "s-ana") -> dict[str, Any]:
    """A push of Pub/Sub, as Google documents it."""
    data = {"conferenceRecord": {"name": f"conferenceRecords/{record}"}}
    return {
        "message": {
            "attributes": {
                "ce-id": "e-1",
                "ce-source": f"//workspaceevents.googleapis.com/subscriptions/{subscription}",
                "ce-specversion": "1.0",
                "ce-subject": "//meet.googleapis.com/spaces/jQCFfuBOdN5z",
                "ce-type": kind,
            },
            "data": base64.b64encode(json.dumps(data).encode()).decode(),
            "messageId": "11",
            "publishTime": "2026-11-16T08:50:21Z",
        },
        "subscription": "projects/acme/subscriptions/cornerman",
    }


def signed_in(name: str) -> dict[str, Any]:
    return {
        "name": f"conferenceRecords/c-1/participants/{name}",
        "signedinUser": {"user": f"users/{name}", "displayName": name},
    }


ANONYMOUS = {"name": "conferenceRecords/c-1/participants/x", "anonymousUser": {"displayName": "Dana Reed"}}


class GoogleDouble:
    """Conferences, who was there, emails of those of the company, and subscriptions by who asks."""

    def __init__(self) -> None:
        self.there: list[dict[str, Any]] = [signed_in("ana"), ANONYMOUS]
        self.subscriptions: dict[str, list[dict[str, Any]]] = {
            "ana@example.com": [{"name": "subscriptions/s-ana", "expireTime": "2026-11-22T09:00:00Z"}]
        }
        self.made: list[Any] = []
        self.renewed: list[str] = []
        self.refuses, self.url = "", ""

    def __call__(self, asked: Asked) -> Answer:
        if asked.path == "/token":
            claims = json.loads(
                base64.urlsafe_b64decode(asked.body.split("assertion=")[1].split(".")[1] + "==")
            )
            return (
                Answer({}, 401) if claims["sub"] == self.refuses else Answer({"access_token": claims["sub"]})
            )
        who = asked.headers["authorization"].removeprefix("Bearer ")
        if asked.path == "/v1/subscriptions":
            return self._subscription(asked, who)
        if asked.method == "PATCH":
            self.renewed.append(asked.path.rpartition("/")[2])
            return Answer({})
        if asked.path.startswith("/v1/people/"):
            return self._person(asked.path.rpartition("/")[2], who)
        if asked.path.endswith("/participants"):
            first = {"participants": self.there[:1], "nextPageToken": "more"}
            return Answer({"participants": self.there[1:]} if asked.query.get("pageToken") else first)
        if asked.path != "/v2/conferenceRecords/c-1":
            return Answer({}, 404)
        return Answer(
            {
                "name": "conferenceRecords/c-1",
                "startTime": "2026-11-16T08:40:00.216988Z",
                "endTime": "2026-11-16T08:50:20.764001Z",
                "space": "spaces/jQCFfuBOdN5z",
            }
        )

    def _subscription(self, asked: Asked, who: str) -> Answer:
        if asked.method == "POST":
            self.made.append(asked.json)
            return Answer({"name": "operations/o-1"})
        return Answer({"subscriptions": self.subscriptions.get(who, [])})

    def _person(self, key: str, who: str) -> Answer:
        if key == "me":
            return Answer({"resourceName": f"people/{who.partition('@')[0]}"})
        if key in ("ana", "ben"):
            return Answer({"emailAddresses": [{"value": f"{key}@example.com"}]})
        return Answer({"resourceName": f"people/{key}"})

    @property
    def credentials(self) -> dict[str, str]:
        return {
            "secret": SECRET,
            "client_email": "bot@acme.iam.gserviceaccount.com",
            "private_key": KEY,
            "topic": "projects/acme/topics/meet",
            "api_url": self.url,
        }


@pytest.fixture
def google(monkeypatch: pytest.MonkeyPatch) -> Iterator[GoogleDouble]:
    monkeypatch.setattr(subscriptions, "_HOSTS", {})
    answers = GoogleDouble()
    with double(answers) as server:
        answers.url = server.url
        yield answers


@pytest.fixture
def office(db: Database, tmp_path: Path, google: GoogleDouble) -> Iterator[Office]:
    table = "\n".join(f"{name} = {json.dumps(value)}" for name, value in google.credentials.items())
    with open_office(db, tmp_path, sources=f"[meet]\n{table}") as office:
        yield office


@pytest.fixture
def ana(office: Office) -> Member:
    east = office.team("East")
    office.hires("Ben", Role.AE, east)
    return office.hires("Ana", Role.AE, east)


def test_the_conference_is_asked_for_and_its_host_asked_about_it(office: Office, ana: Member) -> None:
    assert deliver(office, "meet", said()).text == "stored"

    call = the_call(office)
    assert (call.call_key, call.talk_seconds, call.contact) == ("c-1", 620, "Dana Reed")
    assert "Dana Reed" in ana.dm[-1].text
    deliver(office, "meet", said())
    assert len(calls(office)) == 1, "Pub/Sub may push twice"


def test_somebody_of_another_company_who_signed_in_is_a_customer(
    office: Office, ana: Member, google: GoogleDouble
) -> None:
    google.there = [signed_in("ana"), signed_in("eve")]
    deliver(office, "meet", said())

    assert the_call(office).contact == "eve"


@pytest.mark.parametrize("there", [["ana", "ben"], ["ana"], []], ids=str)
def test_colleagues_among_themselves_make_no_sales_call(
    office: Office, ana: Member, google: GoogleDouble, there: list[str]
) -> None:
    google.there = [signed_in(one) for one in there]
    deliver(office, "meet", said())

    assert calls(office) == []


def test_a_conference_of_nobody_here_or_that_is_gone_is_let_go(office: Office, ana: Member) -> None:
    deliver(office, "meet", said(subscription="s-zoe"))
    deliver(office, "meet", said("c-2"))

    assert calls(office) == []
    with office.db.read() as session:
        assert session.exec(select(CallToFetch)).all() == []


def test_other_events_are_counted_and_not_kept(office: Office, ana: Member) -> None:
    assert deliver(office, "meet", said(kind="google.workspace.meet.recording.v2.ended")).status_code == 200
    assert calls(office) == []


def test_a_host_whom_google_refuses_waits_and_is_said(
    office: Office, ana: Member, google: GoogleDouble
) -> None:
    google.refuses = "ana@example.com"
    deliver(office, "meet", said())
    with office.db.read() as session:
        assert "does not accept the credentials" in session.exec(select(CallToFetch)).one().error

    google.refuses = ""
    office.clock.advance(timedelta(hours=2))
    office.tick()
    assert the_call(office).call_key == "c-1"


def kept(google: GoogleDouble, *emails: str) -> dict[str, Kept]:
    return subscriptions.keep_all_of_meet(google.credentials, emails, now=NOW, wait=lambda _seconds: None)


def test_each_host_is_subscribed_to_once_and_renewed_in_time(google: GoogleDouble) -> None:
    google.refuses = "cy@example.com"
    soon = {"name": "subscriptions/s-dee", "expireTime": "2026-11-17T09:00:00Z"}
    google.subscriptions["dee@example.com"] = [soon]
    done = kept(google, "ana@example.com", "ben@example.com", "cy@example.com", "dee@example.com")

    assert done == {
        "ana@example.com": Kept.AS_IT_IS,
        "ben@example.com": Kept.MADE,
        "dee@example.com": Kept.RENEWED,
    }
    [made] = google.made
    assert made["targetResource"] == "//cloudidentity.googleapis.com/users/ben"
    assert (made["eventTypes"], made["ttl"]) == ([ENDED], "604800s")
    assert made["notificationEndpoint"] == {"pubsubTopic": "projects/acme/topics/meet"}
    assert google.renewed == ["s-dee"]
