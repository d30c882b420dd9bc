"""The step of a workflow that asks for a debrief: what it was given, read into a call."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.core.errors import BadInput
from bot.core.i18n import gettext as _

LONGEST_FIELD = 1_000
LONGEST_CALL = 480
"""Minutes."""
FAST_CLOCK = timedelta(minutes=5)
"""How far ahead of ours the clock of whoever noted the end may be."""
TOO_LATE = timedelta(days=1)
"""Asked about later than that, nobody remembers the call well."""


@dataclass(frozen=True, slots=True)
class Reached:
    """`talk_seconds` is None where nobody said how long the call was."""

    slack_user: str
    contact: str
    company: str
    ended_at: datetime
    talk_seconds: int | None

    @property
    def started_at(self) -> datetime:
        return self.ended_at - timedelta(seconds=self.talk_seconds or 0)


def read(inputs: Mapping[str, Any], *, now: datetime) -> Reached:
    """Raises BadInput with the sentence that the workflow's owner reads."""
    slack_user = _text(inputs, "rep")
    if not slack_user:
        raise BadInput(_("The step needs to know whose call it was: choose a person for “Rep”."))
    return Reached(
        slack_user,
        _text(inputs, "contact"),
        _text(inputs, "company"),
        _ended(inputs.get("ended_at"), now),
        _seconds(inputs.get("minutes")),
    )


def _text(inputs: Mapping[str, Any], name: str) -> str:
    return " ".join(str(inputs.get(name) or "").replace("\x00", "").split())[:LONGEST_FIELD]


def _seconds(minutes: object) -> int | None:
    if minutes in (None, ""):
        return None
    number = _number(minutes)
    if number is None or not 0 <= number <= LONGEST_CALL:
        raise BadInput(_("“Minutes” must be a number from 0 to {most}.").format(most=LONGEST_CALL))
    return round(number * 60)


def _ended(stamp: object, now: datetime) -> datetime:
    """Slack counts seconds since 1970; unsaid, the call ended just now."""
    if stamp in (None, ""):
        return now
    number = _number(stamp)
    if number is None or not 0 <= number < 2**36:
        raise BadInput(_("“Ended at” must be a date and time."))
    ended = datetime.fromtimestamp(number, UTC)
    if ended > now + FAST_CLOCK:
        raise BadInput(_("“Ended at” lies in the future: a debrief is asked for when the call is over."))
    if now - ended > TOO_LATE:
        raise BadInput(_("That call ended more than a day ago: it is too late to ask about it."))
    return min(ended, now)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        number = float(value)
    except (ValueError, OverflowError):
        return None
    return number if math.isfinite(number) else None
