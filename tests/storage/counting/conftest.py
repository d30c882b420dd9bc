"""A workspace to count in, on both databases."""

from collections.abc import Callable, Iterator

import pytest
from sqlmodel import Session

from storage.database import Database
from tests.support.builders import Builder, workspace


@pytest.fixture
def builder_in(any_db: Database) -> Iterator[Callable[[Session], Builder]]:
    """A builder in one workspace, in whichever session."""
    with any_db.begin() as session:
        home = workspace(session).workspace_id
    yield lambda session: Builder(session, home)
