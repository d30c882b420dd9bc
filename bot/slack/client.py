"""How Slack is spoken to: whether the client may repeat itself, by which road it goes, what answers it may give, and
which addresses are Slack's own.
"""

import re
from typing import Any
from urllib.parse import urlsplit

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)
from slack_sdk.http_retry.handler import RetryHandler
from slack_sdk.web import SlackResponse

from bot.slack.outcomes import NOT_SLACK

CODE = re.compile(r"[a-z][a-z0-9_.]*")
"""How Slack's error codes look."""

TIMEOUT = 10
"""Seconds without a byte after which a call is given up."""


class Client(WebClient):
    """A WebClient whose answers are Slack's JSON, or an error that everybody knows how to read.

    What answers in Slack's place (a proxy's page, an empty 200, `null`, a list, odd bytes) comes out of slack_sdk as
    errors of many kinds; here it is a SlackApiError with the code `NOT_SLACK` and the HTTP status it came with.
    """

    def api_call(self, api_method: str, **about: Any) -> SlackResponse:
        try:
            return super().api_call(api_method, **about)
        except SlackApiError as error:
            raise _readable(error) from error
        except (ValueError, AttributeError, TypeError, LookupError) as error:
            raise SlackRequestError(f"the answer cannot be read ({type(error).__name__})") from error


def _readable(error: SlackApiError) -> SlackApiError:
    response = error.response
    if isinstance(response, SlackResponse):
        code = response.data.get("error") if isinstance(response.data, dict) else None
        if isinstance(code, str) and CODE.fullmatch(code):
            return error  # else slack_sdk put its own sentence there
        status, headers = response.status_code, response.headers
    else:
        status, headers = int(response.get("status") or 0), dict(response.get("headers") or {})
    answer = SlackResponse(
        client=None,
        http_verb="POST",
        api_url="",
        req_args={},
        data={"ok": False, "error": NOT_SLACK},
        headers=headers,
        status_code=status,
    )
    return SlackApiError(f"something else answered in Slack's place (HTTP {status})", answer)  # type: ignore[no-untyped-call]


def client(api_url: str, token: str | None, *, retries: bool = False) -> WebClient:
    """Writes are never repeated by the client (the outbox asks first); reads may be."""
    handlers: list[RetryHandler] = (
        [ConnectionErrorRetryHandler(), RateLimitErrorRetryHandler(), ServerErrorRetryHandler()]
        if retries
        else []
    )
    made = Client(token=token, base_url=api_url, timeout=TIMEOUT, retry_handlers=handlers)
    if not api_url.startswith("https://"):
        made.proxy = None  # slack_sdk does not read NO_PROXY, and a Slack on loopback is behind no proxy
    return made


def scopes_of(answer: SlackResponse) -> str | None:
    """What the token may do, with commas; None where Slack does not tell."""
    told = {name.lower(): value for name, value in answer.headers.items()}
    return told.get("x-oauth-scopes")


DOMAINS = ("slack.com", "slack-gov.com")


def is_slacks(client: WebClient, url: str) -> bool:
    """A host of Slack's by https, or the very host and port that the Web API is spoken to (the sandbox's)."""
    asked, api = urlsplit(url), urlsplit(client.base_url)
    host = asked.hostname or ""
    if (asked.scheme, asked.netloc) == (api.scheme, api.netloc):
        return True
    return asked.scheme == "https" and any(
        host == domain or host.endswith(f".{domain}") for domain in DOMAINS
    )
