"""Several who do something in the very same moment."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import TypeVar

import sqlalchemy as sa

from storage.database import Database

Came = TypeVar("Came")
LOOKS = 500
"""A fiftieth of a second apart; a transaction gives up a lock after fifteen."""


def at_once(db: Database, table: str, *doings: Callable[[], Came]) -> list[Came]:
    """What came of each; all have read by then what is in the table, and none has written to it.

    On SQLite, where whoever writes is alone, they begin together.
    """
    with ThreadPoolExecutor(len(doings)) as pool:
        with _nobody_writes(db, table):
            begun = [pool.submit(doing) for doing in doings]
            _wait_until_stuck(db, begun)
        return [one.result() for one in begun]


@contextmanager
def _nobody_writes(db: Database, table: str) -> Iterator[None]:
    if db.is_sqlite:
        yield
        return
    with db.engine.connect() as holder:
        holder.exec_driver_sql(f'LOCK TABLE "{table}" IN SHARE MODE')
        yield
        holder.rollback()


def _wait_until_stuck(db: Database, begun: list[Future[Came]]) -> None:
    for _look in range(0 if db.is_sqlite else LOOKS):
        with db.engine.connect() as connection:
            stuck = connection.scalar(sa.text(STUCK))
        if (stuck or 0) >= len(begun) or any(one.done() for one in begun):
            return
        time.sleep(0.02)


STUCK = (
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)
