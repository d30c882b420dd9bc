"""An office with a small team in it, a workspace that takes files, and one with nothing in it yet."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.core.enums import Role
from bot.sandbox import Member
from storage.database import Database
from tests.support.builders import Builder, workspace
from tests.support.importing import ROSTER, Importer, importer
from tests.support.office import Office, open_office


@pytest.fixture
def office(db: Database, tmp_path: Path) -> Iterator[Office]:
    with open_office(db, tmp_path) as office:
        yield office


@pytest.fixture
def east(office: Office) -> int:
    return office.team("East")


@pytest.fixture
def ana(office: Office, east: int) -> Member:
    """An SDR in Berlin."""
    return office.hires("Ana", Role.SDR, east)


@pytest.fixture
def bo(office: Office, east: int) -> Member:
    """An AE in Berlin, willing to coach."""
    return office.hires("Bo", Role.AE, east, willing=True)


@pytest.fixture
def mia(office: Office, east: int) -> Member:
    """The manager of East."""
    return office.hires("Mia", Role.MANAGER, east)


@pytest.fixture
def boss(office: Office, east: int) -> Member:
    """A manager of East who is an admin of the workspace too."""
    return office.hires("Boss", Role.MANAGER, east, is_admin=True)


@pytest.fixture
def acme(db: Database, tmp_path: Path) -> Importer:
    """Takes files, without a roster."""
    return importer(db, tmp_path)


@pytest.fixture
def staffed(acme: Importer) -> Importer:
    """Ana sells as an SDR, Ben as an AE, Cy as an AM, all in East."""
    acme.take("reps", ROSTER)
    return acme


@pytest.fixture
def build(any_db: Database) -> Iterator[Builder]:
    """With nothing in it yet, on each kind of database."""
    with any_db.begin() as session:
        yield workspace(session)
