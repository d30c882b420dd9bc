"""The road out: each message once and in order, whoever dies, whatever Slack answers, on both databases."""

import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from bot import cli
from bot.core.clock import Jumps
from bot.core.enums import OutboxKind, Role
from bot.core.errors import NotFound
from bot.delivery import outbox, outcomes
from bot.delivery.outbox import LEASE, File, Message, Outbox
from bot.delivery.outcomes import KEEP_TRYING, LONGEST_DELAY, MAX_ATTEMPTS
from bot.digest import undelivered
from bot.sandbox import Sandbox
from bot.slack import Refused, client
from storage.database import Database
from storage.tables import Digest, OutboxMessage, OutboxState, Person, SlackPause, Workspace
from tests.support.office import SCOPES, StoppedClock, open_office

NOON = datetime(2026, 11, 18, 12, tzinfo=UTC)
NO_HISTORY = SCOPES - {"im:history"}


PATIENT = 60
"""Seconds, in which a crowded machine answers too."""


class Post:
    """An outbox before a sandbox, and what is needed to look at both."""

    def __init__(self, db: Database, sandbox: Sandbox, clock: StoppedClock) -> None:
        self.db, self.sandbox, self.clock = db, sandbox, clock
        self.token = sandbox.install(scopes=SCOPES).bot_token
        self.ana = sandbox.add_person("Ana", email="ana@example.com")
        with db.begin() as session:
            workspace = Workspace(name="Sandbox", slack_team_id="T0SANDBOX")
            session.add(workspace)
            session.flush()
            self.workspace_id = workspace.id
            person = Person(
                workspace_id=workspace.id, name="Ana", email="ana@example.com", slack_user_id=self.ana.id
            )
            session.add(person)
            session.flush()
            self.person_id = person.id

    def outbox(self, *, between_posts: timedelta = timedelta()) -> Outbox:
        """Another process's, as it were."""
        slack = client(self.sandbox.api_url, self.token)
        slack.timeout = PATIENT
        return Outbox(
            self.db,
            lambda _workspace_id: slack,
            self.clock,
            between_posts=between_posts,
            when_unknown=undelivered.ask_whether_it_arrived,
        )

    def put(self, text: str = "Hello", **about: object) -> int:
        message = replace(Message(OutboxKind.NOTICE, text, person_id=self.person_id), **about)  # type: ignore[arg-type]
        if about.get("channel"):
            message = replace(message, person_id=None)
        with self.db.writing(self.workspace_id, self.clock()) as books:
            return outbox.put(books, message)

    def row(self, message_id: int) -> OutboxMessage:
        with self.db.read() as session:
            return session.get_one(OutboxMessage, message_id)

    def said(self) -> list[str]:
        return [message.text for message in self.ana.dm]

    def later(self, seconds: float) -> None:
        self.clock.advance(timedelta(seconds=seconds))

    def abandon(self, message_id: int) -> None:
        """Its sender died just after Slack took it."""
        with self.db.begin() as session:
            row = session.get_one(OutboxMessage, message_id)
            row.state, row.ts, row.sent_at = OutboxState.SENDING, None, None
            row.leased_until = self.clock() + LEASE


@pytest.fixture
def post(any_db: Database) -> Iterator[Post]:
    clock = StoppedClock(NOON)
    with Sandbox(clock=clock) as sandbox:
        yield Post(any_db, sandbox, clock)


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


def test_a_slow_slack_is_not_spoken_to_late_in_a_lease(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening the conversation took so long that somebody else may soon take the message over."""
    watch = iter([0.0, 30.0])
    monkeypatch.setattr(outbox, "stopwatch", lambda: next(watch))
    post.put()

    post.outbox().send_one()

    assert post.said() == []


def test_a_clock_that_is_set_back_an_hour_delays_nothing_for_an_hour(post: Post) -> None:
    waiting, abandoned = post.put("waiting"), post.put("abandoned", person_id=None, channel="C404")
    post.abandon(abandoned)
    with post.db.begin() as session:
        session.add(
            SlackPause(
                workspace_id=post.workspace_id, method="chat.postMessage", until=NOON + timedelta(seconds=30)
            )
        )
    post.later(-3600)
    sender = post.outbox()

    sender.look_at_the_clock()
    post.later(16 * 60)
    sender.send_all()
    post.later(30)
    sender.send_all()

    assert post.row(waiting).state is OutboxState.SENT
    assert post.row(abandoned).state is OutboxState.UNKNOWN


def test_a_clock_that_goes_back_lets_nothing_stand_still(post: Post) -> None:
    """What was to wait a minute waits that minute, though the clock says it is an hour earlier."""
    waiting, abandoned = post.put("waiting"), post.put("abandoned")
    post.abandon(abandoned)
    with post.db.begin() as session:
        session.add(
            SlackPause(
                workspace_id=post.workspace_id, method="chat.postMessage", until=NOON + timedelta(seconds=30)
            )
        )
    post.later(-3600)
    sender = post.outbox()
    sender.clock_went_back(timedelta(hours=1))
    for _ in range(4):
        post.later(30)
        sender.send_all()

    assert post.row(waiting).state is OutboxState.SENT
    assert post.row(abandoned).state is OutboxState.SENT


def test_every_process_may_say_that_the_clock_went_back_and_what_is_in_hand_stays_so(post: Post) -> None:
    held = post.put("in hand")
    post.abandon(held)
    post.later(-3600)
    for _process in range(3):
        post.outbox().clock_went_back(timedelta(hours=1))

    lease = post.row(held).leased_until
    assert lease is not None and lease > post.clock(), "its sender may be at it"


def test_what_waits_for_its_hour_waits_for_it(post: Post) -> None:
    """Somebody's morning, not a pause between two tries."""
    morning = NOON + timedelta(hours=20)
    with post.db.writing(post.workspace_id, NOON) as books:
        id = outbox.put(
            books, Message(OutboxKind.NOTICE, "Good morning", person_id=post.person_id), at=morning
        )
    sender = post.outbox()

    sender.look_at_the_clock()
    post.later(-3600)
    sender.clock_went_back(timedelta(hours=1))
    post.later(2 * 3600)
    sender.look_at_the_clock()
    sender.send_all()

    assert post.row(id).next_at == morning
    assert post.said() == []


@pytest.mark.parametrize(("by", "told"), [(-3600, 3600), (-2, None), (3600, None), (0, None)])
def test_a_jump_of_the_clock_is_told_from_time_that_passes(by: float, told: float | None) -> None:
    clock, watch = StoppedClock(NOON), iter([0.0, 10.0, 20.0, 30.0])
    jumps = Jumps(clock, lambda: next(watch))
    clock.advance(timedelta(seconds=10))
    assert jumps.back() is None

    clock.advance(timedelta(seconds=10 + by))

    assert jumps.back() == (timedelta(seconds=told) if told else None)
    clock.advance(timedelta(seconds=10))
    assert jumps.back() is None, "it is told once"


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
