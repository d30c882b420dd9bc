"""Deliveries stored together: each once, in few commits, and one that cannot be stored fails alone."""

import threading
from collections.abc import Callable
from concurrent.futures import Future

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from bot.delivery.group_commit import Gathering
from storage.database import Database
from storage.tables import Workspace


def named(name: str | None) -> Callable[[Session], bool]:
    def keep(session: Session) -> bool:
        session.add(Workspace(name=name))  # type: ignore[arg-type]
        session.flush()
        return True

    return keep


def taken(gathering: Gathering, keep: Callable[[Session], bool]) -> Future[bool]:
    """By a thread of its own, which is left behind where it hangs: then the test fails, and does not hang with it."""
    answer: Future[bool] = Future()

    def take() -> None:
        try:
            answer.set_result(gathering.take(keep))
        except BaseException as error:  # noqa: BLE001  for whoever asks for the answer
            answer.set_exception(error)

    threading.Thread(target=take, daemon=True).start()
    return answer


def commits(db: Database) -> list[None]:
    counted: list[None] = []
    engine = db.engine if db.is_sqlite else db._urgent
    sa.event.listen(engine, "commit", lambda _connection: counted.append(None))
    return counted


def test_those_who_come_meanwhile_are_stored_with_one_commit(any_db: Database) -> None:
    gathering, counted = Gathering(any_db), commits(any_db)
    held = threading.Event()

    def slow(session: Session) -> bool:
        held.wait(10)
        return named("first")(session)

    first = taken(gathering, slow)
    while not gathering._turn.locked():
        pass
    others = [taken(gathering, named(f"other {n}")) for n in range(20)]
    while len(gathering._waiting) < 20:
        pass
    held.set()
    assert first.result(60) and all(other.result(60) for other in others)

    with any_db.read() as session:
        assert len(session.exec(select(Workspace)).all()) == 21
    assert len(counted) == 2


@pytest.mark.parametrize("broken", [RecursionError, ValueError, KeyError, MemoryError])
def test_whatever_goes_wrong_each_who_waits_has_an_answer(db: Database, broken: type[Exception]) -> None:
    """A letter whose body cannot even be written down once left the others of its batch waiting for ever."""
    gathering = Gathering(db)

    def breaks(_session: Session) -> bool:
        raise broken

    with gathering._turn:
        asked = [taken(gathering, breaks if n == 2 else named(f"{n}")) for n in range(6)]
        while len(gathering._waiting) < 6:
            pass
    answers = [one.exception(60) for one in asked]

    assert [n for n, answer in enumerate(answers) if answer is not None] == [2]
    assert isinstance(answers[2], broken)


class Ended(BaseException):
    """No error: what ends a thread."""


def test_who_waits_has_an_answer_even_where_the_thread_that_stores_is_ended(db: Database) -> None:
    gathering = Gathering(db)

    def ends(_session: Session) -> bool:
        raise Ended

    with gathering._turn:
        asked = [taken(gathering, ends if n == 2 else named(f"{n}")) for n in range(6)]
        while len(gathering._waiting) < 6:
            pass

    assert sum(isinstance(one.exception(20), RuntimeError) for one in asked) == 5
    assert taken(gathering, named("the next")).result(60)


def test_a_database_that_is_away_is_away_for_all_of_them_at_once(db: Database) -> None:
    tried: list[None] = []

    def away(_session: Session) -> bool:
        tried.append(None)
        raise sa.exc.OperationalError("INSERT", {}, Exception("locked"))

    gathering = Gathering(db)
    with gathering._turn:
        asked = [taken(gathering, away) for _ in range(8)]
        while len(gathering._waiting) < 8:
            pass
    assert all(isinstance(one.exception(60), sa.exc.OperationalError) for one in asked)

    assert len(tried) == 1, "eight waits one after another would be longer than any sender waits"


def test_one_that_cannot_be_stored_takes_no_other_along(db: Database) -> None:
    gathering = Gathering(db)
    with gathering._turn:
        asked = [taken(gathering, named(None if n == 4 else f"{n}")) for n in range(10)]
        while len(gathering._waiting) < 10:
            pass
    failed = [n for n, one in enumerate(asked) if one.exception(60)]

    assert failed == [4]
    with pytest.raises(sa.exc.IntegrityError):
        asked[4].result()
    with db.read() as session:
        assert len(session.exec(select(Workspace)).all()) == 9
