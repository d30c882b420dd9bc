"""What Slack would not make and bears its signature all the same is refused, and keeps nobody from the bot."""

import json

import pytest

from tests.http.posting import post, signed
from tests.support.office import Office


@pytest.mark.parametrize(
    "odd",
    [
        {"response_url": ["x"]},
        {"response_url": "http://[::1/x"},
        {"event": 7},
        {"event": None},
        {"event_id": None},
        {"event_id": "\ud800"},
        {"event": {"type": "app_home_opened", "user": "\ud800"}},
    ],
)
def test_a_signed_request_that_slack_would_not_make_keeps_nobody_from_the_bot(
    office: Office, odd: dict[str, object]
) -> None:
    usual = {"type": "event_callback", "team_id": "T0SANDBOX", "event_id": "Ev1", "event": {"type": "x"}}
    body = json.dumps(usual | odd).encode()

    assert post(office, body, signed(office, body, "application/json")).status_code == 400
    assert not office.corner.inbox.is_failing
