"""The road out: each message once and in order, whichever process sends, whatever Slack answers."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from typer.testing import CliRunner

from bot import cli
from bot.core.errors import NotFound
from bot.delivery import outcomes
from bot.delivery.outbox import LEASE
from bot.delivery.outcomes import KEEP_TRYING, LONGEST_DELAY, MAX_ATTEMPTS
from bot.slack import Refused
from storage.tables import OutboxState
from tests.delivery.posts import Post


def test_messages_of_one_conversation_go_out_in_their_order_whichever_process_sends(post: Post) -> None:
    texts = [f"number {n}" for n in range(6)]
    for text in texts:
        post.put(text)
    post.sandbox.faults.slack_error("chat.postMessage", "service_unavailable", times=2)
    first, second = post.outbox(), post.outbox()

    while len(post.said()) < len(texts):
        first.send_one()
        second.send_one()
        post.later(5)

    assert post.said() == texts


def test_a_message_held_by_one_sender_is_not_seen_by_another_nor_overtaken(post: Post) -> None:
    first = post.put("first")
    post.put("second")
    claim = post.outbox()._claim()

    assert claim is not None and claim.message_id == first
    assert post.outbox().send_one() is False


def test_slack_says_wait_and_every_process_waits_with_that_method(post: Post) -> None:
    other = post.sandbox.add_channel("sales")
    post.sandbox.invite_bot(other)
    earlier = post.put("earlier")
    post.outbox().send_all()
    post.sandbox.faults.rate_limit("chat.postMessage", retry_after=30)
    post.put("limited")
    post.put("elsewhere", channel=other.id)

    post.outbox().send_all()
    post.put("changed", updates=earlier)
    post.outbox().send_all()
    post.later(29)
    post.outbox().send_all()
    assert post.said() == ["earlier"]
    assert post.ana.reads(other) == []

    post.later(2)
    post.outbox().send_all()
    assert [message.text for message in other.messages] == ["elsewhere"]
    assert post.said() == ["changed", "limited"]


def test_being_told_to_wait_never_kills_a_message(post: Post) -> None:
    message_id = post.put()
    post.sandbox.faults.rate_limit("chat.postMessage", retry_after=1, times=50)
    sender = post.outbox()

    for _ in range(51):
        sender.send_all()
        post.later(2)

    assert post.row(message_id).state is OutboxState.SENT


def test_a_second_lies_between_two_messages_to_one_channel_even_from_two_processes(post: Post) -> None:
    post.put("one")
    post.put("two")
    processes = [post.outbox(between_posts=timedelta(seconds=1)) for _ in range(2)]

    for process in processes:
        process.send_all()
    assert post.said() == ["one"]
    post.later(1)
    for process in processes:
        process.send_all()
    assert post.said() == ["one", "two"]


def test_an_update_waits_for_the_message_it_updates_wherever_that_goes(post: Post) -> None:
    channel = post.sandbox.add_channel("sales")
    post.sandbox.invite_bot(channel)
    digest = post.put("The week", channel=channel.id)
    post.sandbox.faults.slack_error("chat.postMessage", "service_unavailable")
    sender = post.outbox()
    sender.send_all()

    update = post.put("The week, corrected", updates=digest)
    sender.send_all()
    post.later(5)
    sender.send_all()

    assert post.row(update).state is OutboxState.SENT
    assert [message.text for message in channel.messages] == ["The week, corrected"]


def test_a_revoked_token_costs_time_but_no_message(post: Post) -> None:
    message_id = post.put()
    good, post.token = post.token, "xoxb-wrong"
    post.outbox().send_all()
    post.token = good
    post.later(5)
    post.outbox().send_all()

    assert post.row(message_id).state is OutboxState.SENT


def test_what_slack_never_takes_is_set_aside_and_holds_nobody_up(post: Post) -> None:
    refused = post.put("into the void", channel="C404")
    post.put("fine")
    post.outbox().send_all()

    assert (post.row(refused).state, post.row(refused).error) == (OutboxState.DEAD, "channel_not_found")
    assert post.said() == ["fine"]


def test_after_many_tries_a_message_is_set_aside(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MAX_ATTEMPTS * LONGEST_DELAY / 2 >= KEEP_TRYING, "the shortest waits there may be last a day"
    monkeypatch.setattr(outcomes, "MAX_ATTEMPTS", 30)
    message_id = post.put()
    post.sandbox.faults.slack_error("chat.postMessage", "service_unavailable", times=100)
    sender = post.outbox()
    tries = 0
    while post.row(message_id).state is OutboxState.QUEUED:
        sender.send_all()
        post.later(1000)
        tries += 1

    assert (post.row(message_id).state, tries) == (OutboxState.DEAD, 30)


def test_a_sender_that_slept_through_its_lease_does_not_overwrite_what_others_found(post: Post) -> None:
    message_id = post.put()
    slow = post.outbox()
    claim = slow._claim()
    assert claim is not None
    post.later(LEASE.total_seconds() + 1)
    post.outbox().send_all()
    post.later(2)
    post.outbox().send_all()
    found = post.row(message_id)

    slow._write_down(claim, Refused("too late to matter"))

    assert (post.row(message_id).state, post.row(message_id).ts) == (OutboxState.SENT, found.ts)


def test_a_sender_whose_message_another_has_in_hand_writes_nothing(post: Post) -> None:
    """Both leases are of this very message, and it is still being said: only who holds the last one may speak."""
    message_id = post.put()
    slow = post.outbox()
    claim = slow._claim()
    assert claim is not None
    post.later(LEASE.total_seconds() + 1)
    other = post.outbox()._claim()
    assert other is not None and other.lease != claim.lease

    slow._write_down(claim, Refused("too late to matter"))

    row = post.row(message_id)
    assert (row.state, row.leased_until, row.error) == (OutboxState.SENDING, other.lease, "")


def test_the_admin_sees_what_did_not_arrive_and_sends_it_again(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel = post.sandbox.add_channel("sales")
    message_id = post.put("The week: Ana leads", channel=channel.id)
    post.outbox().send_all()
    monkeypatch.setenv("DATABASE_URL", post.db.url.render_as_string(hide_password=False))
    shell = CliRunner()

    [listed] = json.loads(shell.invoke(cli.app, ["outbox", "list", "--json"]).stdout)
    assert (listed["id"], listed["state"], listed["why"]) == (message_id, "dead", "not_in_channel")
    assert "Ana" not in json.dumps(listed), "whose words they are is not told"

    post.sandbox.invite_bot(channel)
    assert shell.invoke(cli.app, ["outbox", "retry", str(message_id)]).exit_code == 0
    post.clock.now = datetime.now(UTC) + timedelta(seconds=1)
    post.outbox().send_all()
    assert [message.text for message in channel.messages] == ["The week: Ana leads"]
    assert isinstance(shell.invoke(cli.app, ["outbox", "retry", str(message_id)]).exception, NotFound)
