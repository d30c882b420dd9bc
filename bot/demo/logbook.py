"""Where a demo's log goes: into a file, so that what people see stays readable."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog


@contextmanager
def logged_to(path: Path) -> Iterator[Path]:
    """All logs, those of libraries too, into the file; as before afterwards."""
    before, root = structlog.get_config()["logger_factory"], logging.getLogger()
    handlers = root.handlers[:]
    with path.open("w", encoding="utf-8") as file:
        structlog.configure(logger_factory=structlog.WriteLoggerFactory(file))
        root.handlers = [logging.StreamHandler(file)]
        try:
            yield path
        finally:
            structlog.configure(logger_factory=before)
            root.handlers = handlers
