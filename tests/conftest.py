"""What every test may ask for."""

from collections.abc import Iterator

import pytest
import time_machine

from bot.core.logs import LogStyle, configure
from handlers.common import late
from storage.database import Database
from tests.support.databases import PostgreSQL, SQLiteFiles
from tests.support.dates import begins_at
from tests.support.fixtures import acme, ana, bo, boss, build, east, mia, office, staffed
from tests.support.properties import register_profiles

register_profiles()

__all__ = ["acme", "ana", "bo", "boss", "build", "east", "mia", "office", "staffed"]


LONG = (
    "tests/torture/",
    "tests/demo/",
    "tests/coaching/effect/test_services_a_quarter",
    "tests/coaching/weeks/test_services_season",
)
"""Minutes each: begun first, so that no worker is left with one of them when the others are done."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    items.sort(key=lambda item: not item.nodeid.startswith(LONG))


@pytest.fixture(autouse=True)
def another_day(request: pytest.FixtureRequest) -> Iterator[None]:
    """Where one is asked for; who starts processes of its own shifts their clocks by itself."""
    begins = begins_at()
    if begins is None or request.node.get_closest_marker("torture"):
        yield
        return
    with time_machine.travel(begins, tick=True):
        yield


@pytest.fixture(scope="session")
def sqlite_files(tmp_path_factory: pytest.TempPathFactory) -> SQLiteFiles:
    return SQLiteFiles(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql() -> Iterator[PostgreSQL]:
    server = PostgreSQL()
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def any_db(request: pytest.FixtureRequest) -> Iterator[Database]:
    """An empty, migrated database: once of each kind."""
    servers = "sqlite_files" if request.param == "sqlite" else "postgresql"
    with request.getfixturevalue(servers).fresh() as db:
        yield db


@pytest.fixture
def db(sqlite_files: SQLiteFiles) -> Iterator[Database]:
    """An empty, migrated SQLite database."""
    with sqlite_files.fresh() as db:
        yield db


@pytest.fixture(scope="session", autouse=True)
def patience() -> None:
    """A crowded machine is no reason to answer late; the tests of late answers say how long they wait."""
    late.PATIENCE = 60.0


@pytest.fixture(scope="session", autouse=True)
def logs() -> None:
    """As in production, so that what a test sees of them is what an operator sees."""
    configure(LogStyle.JSON)
