"""What can come of trying to say something to Slack, and how its answers and silences are read."""

import math
import socket
import ssl
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from http.client import HTTPException
from urllib.error import URLError

import httpx
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web import SlackResponse

TEMPORARY = frozenset({"ratelimited", "service_unavailable", "team_added_to_org", "accesslimited"})
REFUSES_TOKEN = frozenset(
    {"invalid_auth", "not_authed", "account_inactive", "token_revoked", "token_expired"}
)
MENDABLE = REFUSES_TOKEN | {"missing_scope"}
"""Wrong settings, not wrong messages: an admin mends them, and the message is still wanted."""
PERHAPS_DONE = frozenset({"internal_error", "fatal_error", "request_timeout"})
NETWORK = (SlackRequestError, httpx.HTTPError, HTTPException, OSError)
NOT_SLACK = "no_answer_of_slacks"
"""Our code for what is not Slack's JSON: a proxy's page, nothing at all, other bytes."""
UNTOLD_WAIT = timedelta(seconds=30)
"""How long we wait where Slack says "wait" and not how long, or so that nobody can read it."""


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
class Unreached:
    """Slack was never reached, so nothing was said: that is nobody's try."""

    why: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """It may have arrived, or may still arrive."""

    why: str


@dataclass(frozen=True, slots=True)
class AskLater:
    """Slack could not tell just now whether it arrived, or could not even be asked."""

    why: str
    after: timedelta | None = None
    unreached: bool = False


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


Outcome = Sent | Uploaded | TryLater | Unreached | Unsure | AskLater | Unknown | Refused | Gone


def judged(error: SlackApiError) -> TryLater | Unsure | Refused:
    """What an answer says that is not "ok"."""
    response = error.response
    code, status = str(response.get("error") or NOT_SLACK), int(response.status_code)
    if status == 429 or code in TEMPORARY:
        return TryLater(code, _wait(response) if status == 429 or _header(response, "retry-after") else None)
    if code == NOT_SLACK:
        return _strange(status)
    if status >= 500 or code in PERHAPS_DONE:
        return Unsure(code)
    return TryLater(code) if code in MENDABLE else Refused(code)


def _strange(status: int) -> TryLater | Unsure:
    """Somebody else answered. A refusal (4xx) carried nothing to Slack; anything else may have."""
    why = f"HTTP {status}, and not in Slack's words"
    return TryLater(why) if 400 <= status < 500 and status != 408 else Unsure(why)


def _wait(response: SlackResponse) -> timedelta:
    """Retry-After in seconds or as a date; never endless, never backwards."""
    told = _header(response, "retry-after")
    try:
        seconds = float(told)
    except ValueError:
        return _until(told, _header(response, "date"))
    longest = timedelta(days=1)
    if not math.isfinite(seconds) or seconds < 0:
        return UNTOLD_WAIT
    return min(timedelta(seconds=min(seconds, longest.total_seconds())), longest)


def _until(told: str, now: str) -> timedelta:
    """By the clock of whoever answered."""
    try:
        wait = parsedate_to_datetime(told) - parsedate_to_datetime(now)
    except (ValueError, TypeError, IndexError, OverflowError):
        return UNTOLD_WAIT
    return min(max(wait, timedelta()), timedelta(days=1))


def _header(response: SlackResponse, name: str) -> str:
    """Blank where it was not sent."""
    sent = {str(key).lower(): value for key, value in (response.headers or {}).items()}
    value = sent.get(name) or ""
    return str(value[0] if isinstance(value, list) else value).strip()


def lost(error: Exception) -> Unreached | Unsure:
    """No answer came. A request that could not be sent whole has carried nothing: urllib tells these by URLError."""
    if isinstance(error, URLError):
        return Unreached(f"Slack cannot be reached ({type(error.reason).__name__})")
    if isinstance(
        error, ConnectionRefusedError | httpx.ConnectError | httpx.ConnectTimeout | httpx.ProxyError
    ):
        return Unreached(f"Slack cannot be reached ({type(error).__name__})")
    return Unsure(f"no answer from Slack ({type(error).__name__})")


def in_words(error: Exception) -> str:
    """Why Slack cannot be spoken to, for whoever can mend it: `it …`."""
    cause = error.reason if isinstance(error, URLError) else error
    match cause:
        case SlackApiError() if cause.response.get("error") == NOT_SLACK:
            return f"answers in other words than Slack's (HTTP {cause.response.status_code}): a proxy may stand between"
        case socket.gaierror():
            return "has a name that this machine cannot look up (DNS)"
        case ConnectionRefusedError():
            return "refuses the connection"
        case ssl.SSLError():
            return "shows a certificate that this machine does not trust"
        case TimeoutError():
            return "does not answer in time"
        case OSError() if "Tunnel" in str(cause):
            return f"is kept from us by the proxy ({cause})"
        case _:
            return f"cannot be reached ({type(cause).__name__})"
