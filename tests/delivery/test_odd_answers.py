"""Whatever answers in Slack's place, a message is neither lost nor said twice, and each outcome is written down."""

import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from sqlmodel import select

from bot.core.enums import OutboxKind
from bot.delivery.outbox import File, Outbox
from bot.delivery.outcomes import KEEP_TRYING, LONGEST_PAUSE
from bot.sandbox import Sandbox
from bot.slack import client
from storage.database import Database
from storage.tables import OutboxState, SlackPause
from tests.delivery.posts import NOON, Post
from tests.support.office import StoppedClock

ODD = [
    b"<html>Please sign in to the proxy</html>",
    b"",
    b"null",
    b"[1, 2]",
    b'"ok"',
    b"7",
    b"\xff\xfe\x00odd",
    b"{",
    b"{}",
    b'{"ok": true}',
    b'{"ok": true, "channel": null, "ts": null}',
    b'{"ok": false}',
    b'{"ok": false, "error": null}',
    b'{"ok": false, "error": {"a": 1}}',
]


@pytest.fixture
def post(db: Database) -> Iterator[Post]:
    clock = StoppedClock(NOON)
    with Sandbox(clock=clock) as sandbox:
        yield Post(db, sandbox, clock)


def goes_on(post: Post, hours: float = 1) -> None:
    sender = post.outbox()
    for _ in range(int(hours * 12)):
        sender.send_all()
        post.later(300)


@pytest.mark.parametrize("done", [False, True])
@pytest.mark.parametrize("raw", ODD)
def test_an_odd_200_loses_nothing_and_says_nothing_twice(post: Post, raw: bytes, done: bool) -> None:
    message_id = post.put()
    post.sandbox.faults.other_answer("chat.postMessage", raw, done=done)
    goes_on(post, hours=0.5)

    assert post.said() == ["Hello"]
    assert post.row(message_id).state is OutboxState.SENT


@pytest.mark.parametrize("status", [400, 403, 404, 407, 408, 413, 418, 500, 502, 503, 504])
@pytest.mark.parametrize("method", ["chat.postMessage", "conversations.open"])
def test_an_html_page_with_any_status_kills_nothing(post: Post, status: int, method: str) -> None:
    message_id = post.put()
    post.sandbox.faults.other_answer(method, b"<html>no</html>", status=status, times=3)
    goes_on(post, hours=2)

    assert post.said() == ["Hello"]
    assert post.row(message_id).state is OutboxState.SENT


@pytest.mark.parametrize("status", [500, 502, 503])
def test_what_slack_answers_with_a_5xx_may_be_done(post: Post, status: int) -> None:
    message_id = post.put()
    post.sandbox.faults.other_answer(
        "chat.postMessage", b'{"ok": false, "error": "odd_error"}', status=status, done=True
    )
    goes_on(post, hours=0.2)

    assert post.said() == ["Hello"]
    assert post.row(message_id).state is OutboxState.SENT


@pytest.mark.parametrize("raw", [b"null", b"[]", b"<html>", b"\xff\xfe"])
def test_odd_answers_to_the_question_whether_it_arrived_are_asked_again(post: Post, raw: bytes) -> None:
    message_id = post.put()
    post.sandbox.faults.drop_reply("chat.postMessage")
    post.sandbox.faults.other_answer("conversations.history", raw, times=3)
    goes_on(post)

    assert post.said() == ["Hello"]
    assert post.row(message_id).state is OutboxState.SENT


@pytest.mark.parametrize("told", ["a date", "inf", "nan", "-5", "1e300", "soon", "9" * 400, ""])
def test_slacks_wait_may_be_written_in_any_way_and_is_never_endless(post: Post, told: str) -> None:
    message_id = post.put()
    if told == "a date":  # by the clock of whoever answers
        told = format_datetime(datetime.now(UTC) + timedelta(minutes=5), usegmt=True)
    post.sandbox.faults.rate_limit("chat.postMessage", retry_after=told)
    post.outbox().send_one()
    with post.db.read() as session:
        pauses = session.exec(select(SlackPause)).all()

    assert post.row(message_id).attempts == 0, "being told to wait is no try"
    assert [NOON <= pause.until <= NOON + LONGEST_PAUSE for pause in pauses] == [True]
    post.later(LONGEST_PAUSE.total_seconds() + 1)
    post.outbox().send_all()
    assert post.said() == ["Hello"]


def test_slacks_wait_is_capped_in_every_process(post: Post) -> None:
    post.put()
    post.sandbox.faults.rate_limit("chat.postMessage", retry_after=7200)
    post.outbox().send_one()
    post.later(LONGEST_PAUSE.total_seconds() + 1)
    post.outbox().send_all()

    assert post.said() == ["Hello"]


def test_an_exception_nobody_has_foreseen_is_an_outcome_too(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Before the message is said it is tried again; while it was being said it is asked for."""
    message_id = post.put()
    sender = post.outbox()
    slack = sender._client_for(post.workspace_id)

    def breaks(**_: object) -> None:
        raise ZeroDivisionError

    for method in ("conversations_open", "chat_postMessage", "conversations_history"):
        with monkeypatch.context() as patch:
            patch.setattr(slack, method, breaks)
            sender.send_one()
        assert "ZeroDivisionError" in post.row(message_id).error
        post.later(60)
    goes_on(post, hours=0.5)

    assert post.said() == ["Hello"]


def unreachable() -> str:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return f"http://127.0.0.1:{listening.getsockname()[1]}/api/"


@pytest.mark.parametrize("hours", [3, 26])
def test_a_slack_that_cannot_be_reached_loses_nothing_however_long(post: Post, hours: int) -> None:
    ids = [post.put(f"number {n}") for n in range(5)]
    nowhere = client(unreachable(), post.token)
    away = Outbox(post.db, lambda _id: nowhere, post.clock, between_posts=timedelta())
    for _ in range(hours * 6):
        away.send_all()
        post.later(600)

    assert {post.row(one).state for one in ids} == {OutboxState.QUEUED}
    assert {post.row(one).attempts for one in ids} == {0}
    for _ in range(3):
        post.outbox().send_all()
        post.later(60)
    assert post.said() == [f"number {n}" for n in range(5)]


@pytest.mark.parametrize("arrived", [True, False])
def test_a_message_in_doubt_outlasts_a_slack_that_cannot_be_reached(post: Post, arrived: bool) -> None:
    message_id = post.put()
    if arrived:
        post.outbox().send_all()
    post.abandon(message_id)
    nowhere = client(unreachable(), post.token)
    away = Outbox(post.db, lambda _id: nowhere, post.clock, between_posts=timedelta())
    for _ in range(26 * 6):
        post.later(600)
        away.send_all()

    assert post.row(message_id).state is OutboxState.SENDING
    for _ in range(3):
        post.later(60)
        post.outbox().send_all()
    assert post.said() == ["Hello"]
    assert post.row(message_id).state is OutboxState.SENT


@pytest.mark.parametrize("status", [500, 503])
def test_a_slack_that_answers_badly_for_a_day_loses_nothing(post: Post, status: int) -> None:
    message_id = post.put()
    sender, until = post.outbox(), NOON + KEEP_TRYING - timedelta(hours=1)
    while post.clock() < until:
        post.sandbox.faults.clear()
        for method in ("chat.postMessage", "conversations.history"):
            post.sandbox.faults.error(method, status, times=50)
        sender.send_all()
        post.later(600)
    post.sandbox.faults.clear()
    for _ in range(4):
        sender.send_all()
        post.later(1000)

    assert post.said() == ["Hello"]
    assert post.row(message_id).state is OutboxState.SENT


def test_asking_ends_some_day(post: Post) -> None:
    """Where nobody can tell whether it arrived, it is given up and told of, not asked for without end."""
    message_id = post.put()
    post.sandbox.faults.drop_reply("chat.postMessage")
    post.sandbox.faults.error("conversations.history", times=10_000)
    sender = post.outbox()
    for _ in range(200):
        sender.send_all()
        post.later(1000)

    assert post.row(message_id).state is OutboxState.UNKNOWN
    assert post.row(message_id).attempted_at is not None


def test_a_yes_that_does_not_say_to_what_is_no_yes(post: Post) -> None:
    """Neither a change nor a file is taken for done by it."""
    shown = post.put("Before")
    goes_on(post, hours=0.1)
    changed = post.put("After", updates=shown)
    post.sandbox.faults.slack_error("chat.update", "internal_error")
    post.sandbox.faults.other_answer("chat.update", b'{"ok": true}')
    goes_on(post, hours=1)
    assert post.said() == ["After"]
    assert post.row(changed).state is OutboxState.SENT

    file = post.put("Your workbook", kind=OutboxKind.FILE, file=File("week.xlsx", b"sheets"))
    post.sandbox.faults.other_answer("files.completeUploadExternal", b'{"ok": true}')
    goes_on(post, hours=1)
    assert post.said() == ["After", "Your workbook"]
    assert post.row(file).state is OutboxState.SENT
