"""A file that somebody sent, fetched from Slack."""

from urllib.parse import urlsplit

import httpx
import structlog
from slack_sdk import WebClient

from bot.slack.client import TIMEOUT

log = structlog.get_logger()

OWN_HOST = "files.slack.com"


def fetch(client: WebClient, url: str, *, largest: int) -> bytes | None:
    """The file's bytes; None where Slack does not hand it out (the scope is optional), or it is too large."""
    if not _is_slacks(client, url):  # the token goes nowhere but to Slack
        log.warning("a file does not lie with Slack", host=urlsplit(url).hostname)
        return None
    try:
        return _streamed(client, url, largest)
    except httpx.HTTPError as error:
        log.warning("a file was not fetched", reason=str(error))
        return None


def _streamed(client: WebClient, url: str, largest: int) -> bytes | None:
    headers = {"Authorization": f"Bearer {client.token}"}
    body = bytearray()
    with (
        httpx.Client(timeout=TIMEOUT, trust_env=not client.base_url.startswith("http://")) as http,
        http.stream("GET", url, headers=headers) as answer,
    ):
        if answer.status_code != httpx.codes.OK or "text/html" in answer.headers.get("content-type", ""):
            log.warning(
                "a file was not fetched", status=answer.status_code
            )  # a page to sign in at is 200, too
            return None
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > largest:
                return None
    return bytes(body)


def _is_slacks(client: WebClient, url: str) -> bool:
    asked, api = urlsplit(url), urlsplit(client.base_url)
    is_own = asked.scheme == "https" and asked.hostname == OWN_HOST
    return is_own or (asked.scheme, asked.netloc) == (api.scheme, api.netloc)
