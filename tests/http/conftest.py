"""What the tests of this room may ask for."""

import io
from collections.abc import Callable, Iterator
from contextlib import redirect_stderr

import pytest

from bot.core.logs import LogStyle, configure


@pytest.fixture
def logs_now() -> Iterator[Callable[[], str]]:
    """What has been logged so far."""
    written = io.StringIO()
    with redirect_stderr(written):
        configure(LogStyle.JSON)
    yield written.getvalue
    configure(LogStyle.JSON)
