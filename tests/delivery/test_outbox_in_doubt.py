"""A message whose reply was lost is asked about and not said twice; where it cannot be asked about, people are."""

from datetime import date
from pathlib import Path

import pytest

from bot.core.enums import OutboxKind, Role
from bot.delivery import outbox
from bot.delivery.outbox import LEASE, File, Message
from storage.database import Database
from storage.tables import Digest, OutboxState
from tests.delivery.posts import Post
from tests.support.office import SCOPES, open_office

NO_HISTORY = SCOPES - {"im:history"}


def test_a_lost_reply_is_asked_about_once_it_has_settled_and_not_before(post: Post) -> None:
    """A message that was given up may still be on its way: asking at once would find nothing and send it twice."""
    message_id = post.put()
    post.sandbox.faults.drop_reply("chat.postMessage")
    sender = post.outbox()

    sender.send_all()
    assert post.sandbox.calls("conversations.history") == []
    post.later(11)
    sender.send_all()

    assert post.said() == ["Hello"]
    assert (post.row(message_id).state, post.row(message_id).ts) == (OutboxState.SENT, post.ana.dm[0].ts)


@pytest.mark.parametrize("arrived", [True, False])
def test_a_message_whose_sender_died_is_asked_about_and_sent_only_if_it_is_not_there(
    post: Post, arrived: bool
) -> None:
    message_id = post.put()
    if arrived:
        post.outbox().send_all()
    post.abandon(message_id)

    post.outbox().send_all()
    assert post.row(message_id).state is OutboxState.SENDING, "its lease is not over"
    for seconds in (LEASE.total_seconds() + 1, 2):
        post.later(seconds)
        post.outbox().send_all()

    assert post.said() == ["Hello"]
    assert post.row(message_id).state is OutboxState.SENT


def test_a_reminder_in_a_thread_is_looked_for_in_the_thread(post: Post) -> None:
    asked = post.put("How did it end?")
    post.outbox().send_all()
    reminder = post.put("One tap is enough.", thread=asked)
    post.outbox().send_all()
    post.abandon(reminder)

    post.later(LEASE.total_seconds() + 1)
    post.outbox().send_all()

    assert post.said() == ["How did it end?", "One tap is enough."]


def test_a_message_is_found_behind_many_others(post: Post) -> None:
    message_id = post.put()
    post.outbox().send_all()
    post.abandon(message_id)
    for n in range(250):
        post.ana.says(None, f"chatter {n}")

    post.later(LEASE.total_seconds() + 1)
    post.outbox().send_all()

    assert post.said().count("Hello") == 1


def test_asking_that_fails_for_the_moment_is_tried_again(post: Post) -> None:
    message_id = post.put()
    post.sandbox.faults.drop_reply("chat.postMessage")
    post.sandbox.faults.error("conversations.history")
    post.sandbox.faults.rate_limit("conversations.history", retry_after=30)
    sender = post.outbox()

    for _ in range(10):
        sender.send_all()
        post.later(11)

    assert post.row(message_id).state is OutboxState.SENT
    assert post.said() == ["Hello"]


def test_where_slack_may_not_be_asked_a_prompt_is_not_said_twice(post: Post) -> None:
    post.token = post.sandbox.install(scopes=NO_HISTORY).bot_token
    message_id = post.put(kind=OutboxKind.PROMPT)
    post.sandbox.faults.drop_reply("chat.postMessage")
    sender = post.outbox()

    sender.send_all()
    post.later(3600)
    sender.send_all()

    assert post.row(message_id).state is OutboxState.UNKNOWN
    assert post.said() == ["Hello"]


def test_a_lost_reply_to_opening_the_conversation_loses_nothing_even_then(post: Post) -> None:
    post.token = post.sandbox.install(scopes=NO_HISTORY).bot_token
    post.put()
    post.sandbox.faults.drop_reply("conversations.open")
    sender = post.outbox()

    sender.send_all()
    post.later(5)
    sender.send_all()

    assert post.said() == ["Hello"]


def test_a_file_is_shared_once_though_the_last_reply_is_lost(post: Post) -> None:
    post.token = post.sandbox.install(scopes=SCOPES | {"files:read"}).bot_token
    message_id = post.put("Your workbook", kind=OutboxKind.FILE, file=File("week.xlsx", b"sheets"))
    post.sandbox.faults.drop_reply("files.getUploadURLExternal")
    post.sandbox.faults.drop_reply("files.completeUploadExternal")
    sender = post.outbox()

    for _ in range(4):
        sender.send_all()
        post.later(11)

    assert [file.content for file in post.ana.files] == [b"sheets"]
    assert post.row(message_id).state is OutboxState.SENT
    assert post.row(message_id).file_body is None


def test_whoever_wanted_a_file_of_unknown_fate_is_told(post: Post) -> None:
    post.token = post.sandbox.install(scopes=SCOPES - {"files:read"}).bot_token
    post.put("Your workbook", kind=OutboxKind.FILE, file=File("week.xlsx", b"sheets"))
    post.sandbox.faults.drop_reply("files.completeUploadExternal")
    sender = post.outbox()

    for _ in range(3):
        sender.send_all()
        post.later(11)

    assert len(post.ana.files) == 1
    assert "ask for it again" in post.said()[-1]


@pytest.mark.parametrize(
    ("button", "answer", "messages"),
    [("It arrived", "Thank you", 1), ("Post it again", "I try again to post the digest", 2)],
)
def test_the_manager_is_asked_about_a_digest_of_unknown_fate(
    db: Database, tmp_path: Path, button: str, answer: str, messages: int
) -> None:
    with open_office(db, tmp_path, scopes=NO_HISTORY) as office:
        channel = office.sandbox.add_channel("east")
        office.sandbox.invite_bot(channel)
        team = office.team("East", channel=channel.id)
        mia = office.hires("Mia", Role.MANAGER, team)
        office.sandbox.faults.drop_reply("chat.postMessage")
        with office.db.writing(office.workspace_id, office.clock()) as books:
            words = Message(OutboxKind.DIGEST, "The week", channel=channel.id)
            message_id = outbox.put(books, words)
            books.session.add(
                Digest(
                    workspace_id=office.workspace_id,
                    team_id=team,
                    week=date(2026, 11, 9),
                    claimed_at=office.clock(),
                    message_id=message_id,
                )
            )
        office.tick()
        office.later(seconds=15)
        mia.waits_for("Please have a look")

        mia.clicks(button)
        office.tick()

        mia.waits_for(answer)
        assert [message.text for message in channel.messages] == ["The week"] * messages
