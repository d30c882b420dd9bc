"""Structured logs: an event, its request id, plain values. Never a token, a response URL or people's words."""

import json
import logging
import re
import sys
import threading
from collections.abc import Hashable, Iterable
from contextlib import suppress
from enum import StrEnum
from typing import TextIO, cast
from urllib.parse import quote, quote_plus

import structlog
from structlog.typing import EventDict, Processor, WrappedLogger

from bot.core.clock import stopwatch

SECRETS = re.compile(
    r"xox[a-z]-[\w-]+|xapp-[\w-]+|xwfp-[\w-]+|https://hooks\.slack\.com/\S+|(?<=://)[^/\s:@]+:[^@\s]+(?=@)"
)

SHORTEST = 6
"""Shorter words are in too many others; nobody's secret should be one."""
_hidden: set[str] = set()

VALUES = re.compile(r"(?<=DETAIL: ).*")
"""What PostgreSQL quotes of a row that it refuses: people's words."""


class LogStyle(StrEnum):
    TEXT = "text"
    JSON = "json"


SAME_LINES, IN_SECONDS = 5, 60.0
"""Of one kind, from a library, that are written in so many seconds: an attack may make a thousand a second."""


class Seldom(logging.Filter):
    """Lets a library say the same thing a few times a minute, and counts the rest."""

    def __init__(self) -> None:
        super().__init__()
        self._lock = threading.Lock()
        self._said: dict[tuple[str, int, str], tuple[float, int]] = {}
        """When the minute of this kind of line began, by our stopwatch, and how many there were since."""

    def filter(self, record: logging.LogRecord) -> bool:
        kind, now = (record.name, record.levelno, str(record.msg)[:200]), stopwatch()
        with self._lock:
            since, times = self._said.get(kind, (now, 0))
            held_back = max(0, times - SAME_LINES)
            if now - since >= IN_SECONDS:
                since, times = now, 0
            if len(self._said) > 1000:
                self._said.clear()
            self._said[kind] = (since, times + 1)
        if times == 0 and held_back:
            record.msg = f"{record.msg} (and {held_back} more like it before)"
        return times < SAME_LINES


class Steady:
    """A stream that swallows what it cannot write: on a full disk the work goes on, only its log has a gap."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> None:
        with suppress(OSError, ValueError):
            self._stream.write(text)

    def flush(self) -> None:
        with suppress(OSError, ValueError):
            self._stream.flush()


def configure(style: LogStyle) -> None:
    """All logs to stderr, those of libraries too; tracebacks without local variables, which hold people's words."""
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    last: list[Processor]
    if style is LogStyle.JSON:
        last = [structlog.processors.format_exc_info, redacted, structlog.processors.JSONRenderer()]
    else:
        console = structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
        last = [structlog.processors.format_exc_info, redacted, console]
    structlog.configure(
        processors=[*shared, *last],
        logger_factory=structlog.WriteLoggerFactory(
            cast(TextIO, Steady(sys.stderr))
        ),  # it only writes and flushes
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
    )
    handler = logging.StreamHandler(sys.stderr)
    handler.addFilter(Seldom())
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *last],
        )
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)


def hide(secrets: Iterable[str]) -> None:
    """From now on these are blotted out, whatever they look like."""
    _hidden.update(way for secret in secrets if len(secret) >= SHORTEST for way in _written(secret))


def _written(secret: str) -> set[str]:
    """As it is, in an address, and as Python and JSON quote it."""
    return {
        secret,
        quote(secret),
        quote(secret, safe=""),
        quote_plus(secret),
        repr(secret)[1:-1],
        json.dumps(secret)[1:-1],
    }


def redacted(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
    """Whatever is, or looks like, a secret is blotted out, wherever it came from."""
    return {name: _blotted(value) for name, value in event.items()}


def blotted(text: str) -> str:
    for secret in sorted(_hidden, key=len, reverse=True):
        text = text.replace(secret, "…")
    return VALUES.sub("…", SECRETS.sub("…", text))


def _blotted(value: object) -> object:
    if isinstance(value, str):
        return blotted(value)
    if isinstance(value, dict):
        return {name: _blotted(one) for name, one in value.items()}
    if isinstance(value, list | tuple):
        return [_blotted(one) for one in value]
    return value if value is None or isinstance(value, int | float) else blotted(repr(value))


log = structlog.get_logger()

EVERY = 60.0
"""Seconds in which a line is written once."""
MOST_KNOWN = 1000
"""Different lines that are told apart; where there are more, all are forgotten and begin anew."""


class Repeated:
    """One warning a minute for each kind of line, with how often it was held back since the last one."""

    def __init__(self, *, every: float = EVERY) -> None:
        self._every = every
        self._lock = threading.Lock()
        self._said: dict[Hashable, tuple[float, int]] = {}
        """By our stopwatch when it was last written, and how often it was held back since."""

    def warn(self, event: str, **about: str | int) -> None:
        """`about` tells kinds of lines apart, so it must hold few different values: never what a stranger sent."""
        key, now = (event, *sorted(about.items())), stopwatch()
        with self._lock:
            before = self._said.get(key)
            if before is not None and now - before[0] < self._every:
                self._said[key] = (before[0], before[1] + 1)
                return
            if len(self._said) >= MOST_KNOWN:
                self._said.clear()
            self._said[key] = (now, 0)
        held_back = {"repeated": before[1]} if before is not None and before[1] else {}
        log.warning(event, **about, **held_back)
