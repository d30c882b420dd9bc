"""The subscription by which Microsoft Teams tells of calls is made once and kept alive."""

from datetime import UTC, datetime, timedelta
from typing import Any

from bot.calls.jobs import subscriptions
from bot.calls.jobs.subscriptions import Kept
from tests.calls.sources.meetings.graph_double import GraphDouble
from tests.calls.sources.senders import PUBLIC, SECRET

ADDRESS = f"{PUBLIC}/calls/teams"
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)


def kept(graph: GraphDouble, **more: str) -> Kept | None:
    return subscriptions.keep_teams(graph.credentials | more, ADDRESS, now=NOW, wait=lambda _seconds: None)


def subscription(*, hours: float, **more: Any) -> dict[str, Any]:
    ends = (NOW + timedelta(hours=hours)).strftime("%Y-%m-%dT%H:%M:%S.0000000Z")
    about = {"id": "s-1", "notificationUrl": ADDRESS, "resource": "/communications/callRecords"}
    return about | {"expirationDateTime": ends} | more


def test_a_subscription_is_made_where_there_is_none_for_this_address(graph: GraphDouble) -> None:
    graph.subscriptions = [
        subscription(hours=40, notificationUrl="https://elsewhere.example.com"),
        subscription(hours=40, resource="/users"),
    ]

    assert kept(graph) is Kept.MADE
    [made] = graph.made
    assert made == {
        "changeType": "created,updated",
        "notificationUrl": ADDRESS,
        "resource": "/communications/callRecords",
        "clientState": SECRET,
        "expirationDateTime": "2026-11-18T09:00:00Z",
    }


def test_one_that_ends_soon_is_renewed_and_one_that_lasts_is_left_alone(graph: GraphDouble) -> None:
    graph.subscriptions = [subscription(hours=40)]
    assert kept(graph) is Kept.AS_IT_IS

    graph.subscriptions = [subscription(hours=20)]
    assert kept(graph) is Kept.RENEWED
    assert graph.renewed == [("s-1", {"expirationDateTime": "2026-11-18T09:00:00Z"})]
    assert graph.made == []


def test_what_cannot_be_asked_is_no_reason_to_stop(graph: GraphDouble) -> None:
    assert kept(graph, client_secret="") is None
    assert kept(graph, login_url="http://127.0.0.1:9") is None
