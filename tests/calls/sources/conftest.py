"""A team whose calls come from every source there is."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.enums import Role
from bot.sandbox import Member
from storage.database import Database
from tests.calls.sources.senders import PUBLIC, SECRET, SOURCES
from tests.support.office import Office, open_office

EVERY_SOURCE = "\n".join(f'{source} = "{SECRET}"' for source in SOURCES)


@pytest.fixture
def office(db: Database, tmp_path: Path) -> Iterator[Office]:
    with open_office(db, tmp_path, sources=EVERY_SOURCE, CORNERMAN_PUBLIC_URL=PUBLIC) as office:
        yield office


@pytest.fixture
def ana(office: Office) -> Member:
    """An SDR in Berlin: ana@example.com."""
    return office.hires("Ana", Role.SDR, office.team("East"))
