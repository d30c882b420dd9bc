"""What the tests of this room may ask for."""

import pytest

from storage.database import Database
from tests.workbook.export.exported import World, build
from tests.workbook.export.first_page import page

__all__ = ["page"]


@pytest.fixture
def small(db: Database) -> World:
    """On SQLite alone."""
    return build(db)
