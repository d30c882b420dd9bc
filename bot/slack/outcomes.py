"""What can come of trying to say something to Slack, and how its answers and silences are read."""

from dataclasses import dataclass
from datetime import timedelta
from http.client import HTTPException
from urllib.error import URLError

import httpx
from slack_sdk.errors import SlackApiError, SlackRequestError

TEMPORARY = frozenset({"ratelimited", "service_unavailable", "team_added_to_org", "accesslimited"})
REFUSES_TOKEN = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"}
)
MENDABLE = REFUSES_TOKEN | {"missing_scope"}
"""Wrong settings, not wrong messages: an admin mends them, and the message is still wanted."""
PERHAPS_DONE = frozenset({"internal_error", "fatal_error", "request_timeout"})
NETWORK = (SlackRequestError, httpx.HTTPError, HTTPException, OSError)


@dataclass(frozen=True, slots=True)
class Sent:
    channel: str
    ts: str | None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Uploaded:
    """Slack has the file's bytes and shows them to nobody yet."""

    file_id: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class TryLater:
    """Slack did not take it; `after` is how long it asked us to wait, if it did."""

    why: str
    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Unsure:
    """It may have arrived, or may still arrive."""

    why: str


@dataclass(frozen=True, slots=True)
class AskLater:
    """Slack could not tell just now whether it arrived."""

    why: str
    after: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Unknown:
    """Nobody will ever tell whether it arrived."""

    why: str


@dataclass(frozen=True, slots=True)
class Refused:
    """Slack will never take it as it stands."""

    why: str


@dataclass(frozen=True, slots=True)
class Gone:
    """The message it belongs to was never sent, or the person is not in Slack: there is no place for it."""

    why: str


Outcome = Sent | Uploaded | TryLater | Unsure | AskLater | Unknown | Refused | Gone


def judged(error: SlackApiError) -> TryLater | Unsure | Refused:
    code = str(error.response.get("error", "")) or f"HTTP {error.response.status_code}"
    if error.response.status_code == 429 or code in TEMPORARY:
        wait = error.response.headers.get("Retry-After") or error.response.headers.get("retry-after")
        return TryLater(code, timedelta(seconds=float(wait)) if wait else None)
    if error.response.status_code >= 500 or code in PERHAPS_DONE:
        return Unsure(code)
    return TryLater(code) if code in MENDABLE else Refused(code)


def lost(error: Exception) -> TryLater | Unsure:
    """No answer came. Only a connection that was never made is known to have carried nothing."""
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, ConnectionRefusedError | httpx.ConnectError):
        return TryLater(f"Slack cannot be reached ({type(cause).__name__})")
    return Unsure(f"no answer from Slack ({type(cause).__name__})")
