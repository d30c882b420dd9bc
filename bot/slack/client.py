"""How Slack is spoken to: whether the client may repeat itself, and by which road it goes."""

from slack_sdk import WebClient
from slack_sdk.http_retry.builtin_handlers import (
    ConnectionErrorRetryHandler,
    RateLimitErrorRetryHandler,
    ServerErrorRetryHandler,
)
from slack_sdk.http_retry.handler import RetryHandler
from slack_sdk.web import SlackResponse

TIMEOUT = 10
"""Seconds without a byte after which a call is given up."""


def client(api_url: str, token: str | None, *, retries: bool = False) -> WebClient:
    """Writes are never repeated by the client (the outbox asks first); reads may be."""
    handlers: list[RetryHandler] = (
        [ConnectionErrorRetryHandler(), RateLimitErrorRetryHandler(), ServerErrorRetryHandler()]
        if retries
        else []
    )
    made = WebClient(token=token, base_url=api_url, timeout=TIMEOUT, retry_handlers=handlers)
    if not api_url.startswith("https://"):
        made.proxy = None  # slack_sdk does not read NO_PROXY, and a Slack on loopback is behind no proxy
    return made


def scopes_of(answer: SlackResponse) -> str | None:
    """What the token may do, with commas; None where Slack does not tell."""
    told = {name.lower(): value for name, value in answer.headers.items()}
    return told.get("x-oauth-scopes")
