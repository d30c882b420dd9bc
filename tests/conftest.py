"""What every test may ask for."""

from collections.abc import Iterator

import pytest

from bot.logs import configure
from bot.settings import LogStyle
from storage.database import Database
from tests.databases import PostgreSQL, SQLiteFiles


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
def logs() -> None:
    """As in production, so that what a test sees of them is what an operator sees."""
    configure(LogStyle.JSON)
