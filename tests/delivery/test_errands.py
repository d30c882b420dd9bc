"""What was promised is done, whoever dies meanwhile, and its last words are said once."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from psycopg.errors import DeadlockDetected, UniqueViolation
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlmodel import col, select

from bot.core.enums import OutboxKind
from bot.core.errors import NotFound
from bot.delivery import errands
from bot.delivery.errands import LEASE, Errand, Errands
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.sandbox import Sandbox
from bot.slack import client
from storage.database import Database
from storage.tables import InboxEvent, InboxState, OutboxMessage
from tests.delivery.posts import NOON, Post
from tests.support.office import StoppedClock


class Died(BaseException):
    """The process, half-way: nothing after it runs."""


class Desk:
    """Somebody asks; processes come and go."""

    def __init__(self, post: Post) -> None:
        self.post, self.db = post, post.db
        self.slack = client(post.sandbox.api_url, post.token)
        self.done: list[str] = []

    def asks(self, what: str) -> None:
        with self.db.writing(self.post.workspace_id, self.post.clock()) as books:
            errands.put(books, "bring", self.post.person_id, {"what": what})

    def process(self, run: Callable[[Errand], None] | None = None) -> Errands:
        one = Errands(self.db, lambda _workspace: self.slack, self.post.clock)
        one.on("bring", run or self.brings, lambda errand: f"It broke, {errand.request_id or 'alas'}.")
        return one

    def brings(self, errand: Errand) -> None:
        self.done.append(str(errand.body["what"]))
        errand.say(f"Here is {errand.body['what']}.")

    def said(self) -> list[str]:
        with self.db.read() as session:
            return list(session.exec(select(OutboxMessage.text).order_by(col(OutboxMessage.id))))

    def row(self) -> InboxEvent:
        with self.db.read() as session:
            return session.exec(select(InboxEvent)).one()


@pytest.fixture
def desk(any_db: Database) -> Iterator[Desk]:
    clock = StoppedClock(NOON)
    with Sandbox(clock=clock) as sandbox:
        yield Desk(Post(any_db, sandbox, clock))


def dies(_errand: Errand) -> None:
    raise Died


def test_one_that_dies_leaves_it_to_another_once_its_lease_is_over(desk: Desk) -> None:
    desk.asks("tea")
    with pytest.raises(Died):
        desk.process(dies).run_one()

    assert not desk.process().run_one(), "it may be at it still"
    desk.post.later(LEASE.total_seconds() + 1)
    assert desk.process().run_one()

    assert desk.said() == ["Here is tea."]
    assert desk.row().state is InboxState.DONE
    assert not desk.process().run_one()


def test_who_stood_still_while_another_did_it_says_nothing(desk: Desk) -> None:
    def stands_still(errand: Errand) -> None:
        desk.post.later(LEASE.total_seconds() + 1)
        assert desk.process().run_one()
        errand.say("Here is tea, late.")

    desk.asks("tea")
    desk.process(stands_still).run_one()

    assert desk.said() == ["Here is tea."]


def test_who_stood_still_says_nothing_while_another_is_at_it(desk: Desk) -> None:
    def stands_still(errand: Errand) -> None:
        desk.post.later(LEASE.total_seconds() + 1)
        with pytest.raises(Died):
            desk.process(dies).run_one()
        errand.say("Here is tea, late.")

    desk.asks("tea")
    desk.process(stands_still).run_one()
    assert desk.said() == []

    desk.post.later(LEASE.total_seconds() + 1)
    desk.process().run_one()
    assert desk.said() == ["Here is tea."]


@pytest.mark.parametrize(
    "error",
    [ZeroDivisionError(), NotFound("No tea is left."), OperationalError("SELECT 1", {}, Exception("gone"))],
)
def test_who_stood_still_and_then_failed_leaves_it_as_the_other_did_it(desk: Desk, error: Exception) -> None:
    def stands_still(_errand: Errand) -> None:
        desk.post.later(LEASE.total_seconds() + 1)
        assert desk.process().run_one()
        raise error

    desk.asks("tea")
    assert desk.process(stands_still).run_one()

    assert desk.said() == ["Here is tea."]
    assert desk.row().state is InboxState.DONE


def test_what_it_says_first_is_said_once_however_often_it_is_begun(desk: Desk) -> None:
    def begins(errand: Errand) -> None:
        errand.says_first(Message(OutboxKind.NOTICE, "Under way …", person_id=errand.person_id))
        if errand.attempt == 1:
            raise Died
        errand.say("Here it is.")

    desk.asks("tea")
    with pytest.raises(Died):
        desk.process(begins).run_one()
    desk.post.later(LEASE.total_seconds() + 1)
    desk.process(begins).run_one()

    assert desk.said() == ["Under way …", "Here it is."]


def test_a_person_gets_things_in_the_order_they_asked(desk: Desk) -> None:
    desk.asks("tea")
    with pytest.raises(Died):
        desk.process(dies).run_one()
    desk.asks("cake")

    assert not desk.process().run_one(), "the tea is first"
    desk.post.later(LEASE.total_seconds() + 1)
    desk.process().run_all()
    assert desk.done == ["tea", "cake"]


@pytest.mark.parametrize(
    ("error", "times"),
    [
        (OperationalError("SELECT 1", {}, Exception("server closed the connection")), 20),
        (IntegrityError("INSERT", {}, UniqueViolation("somebody wrote it in the same moment")), 1),
        (OperationalError("UPDATE", {}, DeadlockDetected("two waited for each other")), 20),
    ],
)
def test_what_will_do_better_a_little_later_is_put_off(desk: Desk, error: Exception, times: int) -> None:
    """A database that goes away again and again uses up no try."""

    def fails_at_first(errand: Errand) -> None:
        if errand.attempt <= times:
            raise error
        desk.brings(errand)

    desk.asks("tea")
    process = desk.process(fails_at_first)
    for _time in range(times):
        process.run_one()
        desk.post.later(600)
    assert desk.said() == []

    process.run_one()
    assert desk.said() == ["Here is tea."]


@pytest.mark.parametrize(
    ("error", "said"),
    [(ZeroDivisionError(), "It broke, alas."), (NotFound("No tea is left."), "No tea is left.")],
)
def test_what_cannot_be_done_is_said_to_whoever_asked(desk: Desk, error: Exception, said: str) -> None:
    def fails(_errand: Errand) -> None:
        raise error

    desk.asks("tea")
    desk.process(fails).run_all()

    assert desk.said() == [said]
    assert desk.row().state is InboxState.DONE


@pytest.mark.parametrize("error", [ZeroDivisionError(), NotFound("No tea is left.")])
def test_what_nobody_waits_for_fails_without_a_word(desk: Desk, error: Exception) -> None:
    def fails(_errand: Errand) -> None:
        raise error

    desk.asks("tea")
    process = Errands(desk.db, lambda _workspace: desk.slack, desk.post.clock)
    process.on("bring", fails, None)
    process.run_all()

    assert desk.said() == []
    assert desk.row().state is InboxState.DONE


def test_what_kills_whoever_runs_it_is_given_up_some_day(desk: Desk) -> None:
    desk.asks("poison")
    for _life in range(8):
        with pytest.raises(Died):
            desk.process(dies).run_one()
        desk.post.later(LEASE.total_seconds() + 1)
    desk.process(dies).run_one()

    assert desk.said() == ["It broke, alas."]


def test_deliveries_and_errands_do_not_take_each_others_places(desk: Desk) -> None:
    desk.asks("tea")
    inbox = Inbox(desk.db, lambda _workspace: desk.slack, desk.post.clock)

    assert inbox.work_some() == 0
    assert desk.row().state is InboxState.WAITING
    assert inbox.rests() > 1, "nobody looks at it all the time"


def test_the_clock_may_go_back_while_one_is_run(desk: Desk) -> None:
    def meanwhile(errand: Errand) -> None:
        desk.post.later(-3600)
        Inbox(desk.db, lambda _workspace: desk.slack, desk.post.clock).clock_went_back(timedelta(hours=1))
        desk.brings(errand)

    desk.asks("tea")
    desk.process(meanwhile).run_one()
    desk.process().run_all()

    assert desk.said() == ["Here is tea."]
