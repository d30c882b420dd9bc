"""Each case as it stands here, and as it was found."""

import pytest

from tests.imports.cases.cases import FOLDER, Cases
from tests.support.importing import Importer


@pytest.fixture(params=["written here", "as found"])
def cases(acme: Importer, request: pytest.FixtureRequest) -> Cases:
    if request.param == "as found" and not FOLDER.exists():
        pytest.skip(f"{FOLDER} is not here")
    return Cases(acme, FOLDER if request.param == "as found" else None)
