"""The whole suite on another day than today: `make test ON=2028-02-29`, or at a moment with its offset."""

import os
from datetime import UTC, datetime

NAME = "CORNERMAN_TEST_DATE"


def begins_at() -> datetime | None:
    """The instant at which each test begins, at noon UTC of a day that is named alone; None: now."""
    told = os.environ.get(NAME)
    if not told:
        return None
    moment = datetime.fromisoformat(told)
    if "T" not in told:
        moment = moment.replace(hour=12)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
