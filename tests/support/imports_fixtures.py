"""A workspace that takes files, and one whose roster is in already."""

from pathlib import Path

import pytest

from storage.database import Database
from tests.support.importing import ROSTER, Importer, importer


@pytest.fixture
def acme(db: Database, tmp_path: Path) -> Importer:
    """Without a roster."""
    return importer(db, tmp_path)


@pytest.fixture
def staffed(acme: Importer) -> Importer:
    """Ana sells as an SDR, Ben as an AE, Cy as an AM, all in East."""
    acme.take("reps", ROSTER)
    return acme
