"""What was not heard when it happened is read from the source's own call log."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import col, select

from bot.calls.jobs import backfill
from bot.calls.jobs.backfill import Backfilled
from bot.calls.logs import LOGS, CannotRead
from bot.calls.services import agent_names
from bot.core.enums import Role
from storage.books import Books
from storage.database import Database
from storage.tables import Call, CallAgent, Prompt
from tests.support.builders import Builder, workspace
from tests.support.doubles.call_logs import HEARD
from tests.support.doubles.every_call_log import CREDENTIALS, DOUBLES
from tests.support.doubles.http import Answer, Double, double

NOW = datetime(2026, 11, 16, 12, 0, tzinfo=UTC)
BEGAN = NOW - timedelta(hours=3)


class Desk:
    """A workspace with one rep, and the log of one source."""

    def __init__(self, db: Database, source: str, log: Double) -> None:
        self.db, self.source, self.log, self.waited = db, source, log, list[float]()
        with db.begin() as session:
            build = workspace(session)
            self.workspace_id = build.workspace_id
            ana = build.rep("Ana", Role.SDR, build.team())
            self._email(build, ana)

    def _email(self, build: Builder, person_id: int) -> None:
        """The log tells whose calls they are in its own way."""
        agent = "70" if self.source == "8x8" else "7" if self.source == "ringcentral" else "ana@example.com"
        known = agent_names.entered(Books(build.session, build.workspace_id, NOW), self.source, agent)
        agent_names.map_to(Books(build.session, build.workspace_id, NOW), known.id, person_id)

    def backfills(self, *, since: datetime = NOW - timedelta(days=2), now: datetime = NOW) -> Backfilled:
        said = CREDENTIALS[self.source] | {"api_url": self.log.url, "sign_in_url": self.log.url}
        return backfill.run(
            self.db,
            self.workspace_id,
            {self.source: said},
            self.source,
            since=since,
            until=NOW,
            now=now,
            wait=self.waited.append,
        )

    def calls(self) -> list[Call]:
        with self.db.read() as session:
            return list(session.exec(select(Call).order_by(col(Call.call_key))))

    def questions(self) -> int:
        with self.db.read() as session:
            return len(session.exec(select(Prompt)).all())


@pytest.fixture(params=sorted(LOGS))
def desk(request: pytest.FixtureRequest, db: Database) -> Iterator[Desk]:
    with double(DOUBLES[request.param](BEGAN)) as log:
        yield Desk(db, request.param, log)


@pytest.fixture
def aircall(db: Database) -> Iterator[Desk]:
    with double(DOUBLES["aircall"](BEGAN)) as log:
        yield Desk(db, "aircall", log)


def figures(report: Backfilled) -> tuple[int, int, int, int, int]:
    return report.read, report.added, report.known, report.waiting, report.unreadable


def test_every_page_is_read_and_twice_is_once(desk: Desk) -> None:
    assert figures(desk.backfills()) == (2, 2, 0, 0, 0)
    assert figures(desk.backfills()) == (2, 0, 2, 0, 0)
    assert [(call.source, call.talk_seconds) for call in desk.calls()] == [(desk.source, 600)] * 2


def test_patience_is_had_as_long_as_it_is_asked_for(desk: Desk) -> None:
    desk.log.first = [Answer(status=429, headers={"Retry-After": "7"}), Answer(status=503)]

    assert figures(desk.backfills()) == (2, 2, 0, 0, 0)
    assert desk.waited == [7.0, 10.0]


def test_an_expired_token_is_a_sentence(desk: Desk) -> None:
    desk.log.answers = lambda _: Answer({"message": "expired"}, status=401)

    with pytest.raises(CannotRead, match="expired"):
        desk.backfills()
    assert desk.calls() == []


def test_missing_credentials_are_named(db: Database) -> None:
    for source, log in LOGS.items():
        with pytest.raises(CannotRead, match=log.needs[0]):
            backfill.run(db, 1, {source: {"secret": ""}}, source, since=BEGAN, until=NOW, now=NOW)


def test_a_source_without_a_log_is_said(db: Database) -> None:
    with pytest.raises(CannotRead, match="generic"):
        backfill.run(db, 1, {}, "generic", since=BEGAN, until=NOW, now=NOW)


def test_calls_of_today_are_asked_about_and_older_ones_are_history(aircall: Desk) -> None:
    aircall.backfills()
    assert aircall.questions() == 1, "two calls with one contact at one time share a question"
    assert [call.imported for call in aircall.calls()] == [False, False]


def test_calls_of_the_day_before_yesterday_ask_nothing(aircall: Desk) -> None:
    aircall.backfills(now=NOW + timedelta(days=2))

    assert aircall.questions() == 0
    assert [call.imported for call in aircall.calls()] == [True, True]


def test_calls_of_a_stranger_wait_for_a_name(aircall: Desk) -> None:
    with aircall.db.begin() as session:
        session.delete(session.exec(select(CallAgent)).one())

    assert figures(aircall.backfills()) == (2, 0, 0, 2, 0)
    with aircall.db.reading(aircall.workspace_id, NOW) as books:
        assert [one.calls for one in agent_names.unnamed(books, limit=9)] == [2]


def test_one_call_that_cannot_be_read_takes_no_other_along(aircall: Desk) -> None:
    good = aircall.log.answers

    def some_broken(asked: object) -> Answer:
        answer = good(asked)  # type: ignore[arg-type]
        for call in answer.body["calls"]:
            if call["id"] == HEARD:
                call["duration"] = "long"
        return answer

    aircall.log.answers = some_broken

    assert figures(aircall.backfills()) == (2, 1, 0, 0, 1)


@pytest.mark.parametrize(
    ("answer", "sentence"),
    [
        (Answer("<html>"), "not JSON"),
        (Answer([1]), "unexpected"),
        (Answer(status=403), "does not let"),
        (Answer(status=404), "404"),
        (
            Answer({"calls": [], "meta": {"next_page_link": "https://elsewhere.example/v1/calls"}}),
            "another address",
        ),
    ],
)
def test_answers_that_are_none_are_sentences(aircall: Desk, answer: Answer, sentence: str) -> None:
    aircall.log.answers = lambda _: answer

    with pytest.raises(CannotRead, match=sentence):
        aircall.backfills()


def test_an_api_that_never_recovers_is_given_up(aircall: Desk) -> None:
    aircall.log.answers = lambda _: Answer(status=500)

    with pytest.raises(CannotRead, match="again and again"):
        aircall.backfills()
    assert len(aircall.waited) == 7


def test_an_api_that_is_gone_is_a_sentence(db: Database) -> None:
    with double(DOUBLES["aircall"](BEGAN)) as log:
        desk = Desk(db, "aircall", log)
    with pytest.raises(CannotRead, match="cannot be reached"):
        desk.backfills()


def test_a_page_that_names_itself_as_the_next_is_asked_for_once(aircall: Desk) -> None:
    aircall.log.answers = lambda asked: Answer(
        {"calls": [], "meta": {"next_page_link": f"http://{asked.headers['host']}/v1/calls?page=2"}}
    )

    with pytest.raises(CannotRead, match="same page"):
        aircall.backfills()
    assert len(aircall.log.asked) == 2
