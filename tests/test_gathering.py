"""Deliveries stored together: each once, in few commits, and one that cannot be stored fails alone."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlmodel import Session, select

from bot.gathering import Gathering
from storage.database import Database
from storage.tables import Workspace


def named(name: str | None) -> Callable[[Session], bool]:
    def keep(session: Session) -> bool:
        session.add(Workspace(name=name))  # type: ignore[arg-type]
        session.flush()
        return True

    return keep


def commits(db: Database) -> list[None]:
    counted: list[None] = []
    sa.event.listen(db.engine, "commit", lambda _connection: counted.append(None))
    return counted


def test_those_who_come_meanwhile_are_stored_with_one_commit(any_db: Database) -> None:
    gathering, counted = Gathering(any_db), commits(any_db)
    held = threading.Event()

    def slow(session: Session) -> bool:
        held.wait(10)
        return named("first")(session)

    with ThreadPoolExecutor(21) as pool:
        first = pool.submit(gathering.take, slow)
        while not gathering._turn.locked():
            pass
        others = [pool.submit(gathering.take, named(f"other {n}")) for n in range(20)]
        while len(gathering._waiting) < 20:
            pass
        held.set()
        assert first.result(10) and all(other.result(10) for other in others)

    with any_db.read() as session:
        assert len(session.exec(select(Workspace)).all()) == 21
    assert len(counted) == 2


def test_one_that_cannot_be_stored_takes_no_other_along(db: Database) -> None:
    gathering = Gathering(db)
    with ThreadPoolExecutor(10) as pool, gathering._turn:
        taken = [pool.submit(gathering.take, named(None if n == 4 else f"{n}")) for n in range(10)]
        while len(gathering._waiting) < 10:
            pass
        gathering._turn.release()
        failed = [n for n, one in enumerate(taken) if one.exception(10)]
        gathering._turn.acquire()

    assert failed == [4]
    with pytest.raises(sa.exc.IntegrityError):
        taken[4].result()
    with db.read() as session:
        assert len(session.exec(select(Workspace)).all()) == 9
