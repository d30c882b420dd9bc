"""RingCentral's subscription is renewed in time, and made anew where it was given up."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.calls.jobs.subscriptions import Kept, keep_ringcentral
from tests.support.doubles.http import Answer, Asked, double

NOW = datetime(2026, 11, 16, 9, 0, tzinfo=UTC)
ADDRESS = "https://coach.example.com/calls/ringcentral"


class RingCentralDouble:
    """Subscriptions as the API tells them; `made` and `renewed` are what it was asked to do."""

    def __init__(self) -> None:
        self.records: list[dict[str, Any]] = []
        self.made: list[Any] = []
        self.renewed: list[str] = []
        self.url = ""

    def __call__(self, asked: Asked) -> Answer:
        if asked.path == "/restapi/oauth/token":
            return Answer({"access_token": "t-1"})
        if asked.headers.get("authorization") != "Bearer t-1":
            return Answer({}, status=401)
        if asked.path.endswith("/renew"):
            self.renewed.append(asked.path.split("/")[-2])
            return Answer({})
        if asked.method == "POST":
            self.made.append(asked.json)
            return Answer({"id": "new"})
        return Answer({"records": self.records})

    def has(self, status: str = "Active", *, days: float, address: str = ADDRESS) -> None:
        ends = (NOW + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        mode = {"transportType": "WebHook", "address": address}
        number = f"s-{len(self.records) + 1}"
        self.records.append({"id": number, "status": status, "expirationTime": ends, "deliveryMode": mode})

    def kept(self, **more: str) -> Kept | None:
        said = {"secret": "v", "client_id": "c", "client_secret": "s", "jwt": "j", "api_url": self.url} | more
        return keep_ringcentral(said, ADDRESS, now=NOW, wait=lambda _seconds: None)


@pytest.fixture
def there() -> Iterator[RingCentralDouble]:
    answers = RingCentralDouble()
    with double(answers) as server:
        answers.url = server.url
        yield answers


def test_one_that_lasts_is_left_alone(there: RingCentralDouble) -> None:
    there.has(days=5)

    assert there.kept() is Kept.AS_IT_IS
    assert (there.made, there.renewed) == ([], [])


def test_one_that_ends_soon_is_renewed(there: RingCentralDouble) -> None:
    there.has(days=1)

    assert there.kept() is Kept.RENEWED
    assert there.renewed == ["s-1"]


@pytest.mark.parametrize("status", ["Blacklisted", "Suspended"])
def test_one_that_was_given_up_or_sends_elsewhere_is_made_anew(there: RingCentralDouble, status: str) -> None:
    there.has(status, days=5)
    there.has(days=5, address="https://elsewhere.example.com")

    assert there.kept() is Kept.MADE
    [made] = there.made
    assert made["eventFilters"] == ["/restapi/v1.0/account/~/telephony/sessions"]
    assert made["deliveryMode"] == {"transportType": "WebHook", "address": ADDRESS, "verificationToken": "v"}


def test_what_cannot_be_asked_is_no_reason_to_stop(there: RingCentralDouble) -> None:
    assert there.kept(jwt="") is None
    assert there.kept(api_url="http://127.0.0.1:9") is None
