"""Forms and the Home tab through slack_sdk's own client: triggers, hashes, and how many stand on each other."""

from slack_sdk import WebClient

from bot.sandbox import Member, Sandbox
from bot.sandbox.tickets import Tickets
from tests.sandbox.calling import error_of
from tests.sandbox.parts import Json


def home(text: str = "Hello") -> Json:
    return {"type": "home", "blocks": [{"type": "header", "text": {"type": "plain_text", "text": text}}]}


def modal() -> Json:
    return home() | {"type": "modal", "title": {"type": "plain_text", "text": "Hello"}}


def test_a_stale_hash_is_a_conflict(client: WebClient, ana: Member) -> None:
    first = client.views_publish(user_id=ana.id, view=home("one"))["view"]["hash"]
    client.views_publish(user_id=ana.id, view=home("two"), hash=first)

    assert error_of(client.views_publish, user_id=ana.id, view=home("three"), hash=first) == "hash_conflict"
    assert ana.home is not None
    assert ana.home.blocks[0]["text"]["text"] == "two"


def test_a_trigger_works_once_and_for_three_seconds(sandbox: Sandbox, client: WebClient, ana: Member) -> None:
    fresh, stale = sandbox.tickets.trigger(ana.id), sandbox.tickets.trigger(ana.id, seconds=0.0)

    client.views_open(trigger_id=fresh, view=modal())

    assert error_of(client.views_open, trigger_id=fresh, view=modal()) == "exchanged_trigger_id"
    assert error_of(client.views_open, trigger_id=stale, view=modal()) == "expired_trigger_id"
    assert error_of(client.views_open, trigger_id="made up", view=modal()) == "invalid_trigger_id"
    assert Tickets(sandbox.workspace).trigger_seconds == 3


def test_no_fourth_modal_goes_on_the_stack(sandbox: Sandbox, client: WebClient, ana: Member) -> None:
    first = client.views_open(trigger_id=sandbox.tickets.trigger(ana.id), view=modal())["view"]["id"]
    for _ in range(2):
        client.views_push(trigger_id=sandbox.tickets.trigger(ana.id, first), view=modal())

    trigger = sandbox.tickets.trigger(ana.id, first)
    assert error_of(client.views_push, trigger_id=trigger, view=modal()) == "push_limit_reached"
    assert [view.root_id or view.id for view in ana.person.modals] == [first] * 3


def test_a_view_that_is_too_large_or_wrong_is_refused(
    sandbox: Sandbox, client: WebClient, ana: Member
) -> None:
    text = {"type": "mrkdwn", "text": "x" * 3000}
    large = {"type": "home", "blocks": [{"type": "section", "text": text}] * 90}

    assert error_of(client.views_publish, user_id=ana.id, view=large) == "view_too_large"
    assert error_of(client.views_publish, user_id=ana.id, view=home("x" * 151)) == "invalid_arguments"
    assert error_of(client.views_publish, user_id=ana.id, view=modal()) == "invalid_arguments"
