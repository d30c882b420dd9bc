"""A long time in short pieces, for APIs that answer about so much at once."""

from collections.abc import Iterator
from datetime import datetime, timedelta

DAY = timedelta(days=1)


def spans(since: datetime, until: datetime, length: timedelta) -> Iterator[tuple[datetime, datetime]]:
    """Half-open, one after the other, the last one cut short."""
    while since < until:
        yield since, min(since + length, until)
        since += length
