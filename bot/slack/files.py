"""A file that somebody sent, fetched from Slack."""

from urllib.parse import urlsplit

import httpx
from slack_sdk import WebClient

from bot.slack.client import TIMEOUT

OWN_HOST = "files.slack.com"


class NotFetched(Exception):
    """Slack did not hand the file out: the scope is missing, or it is gone, or too large."""


def fetch(client: WebClient, url: str, *, largest: int) -> bytes:
    """The file's bytes; the token goes nowhere but to Slack. Raises NotFetched."""
    if not _is_slacks(client, url):
        raise NotFetched("the file does not lie with Slack")
    headers = {"Authorization": f"Bearer {client.token}"}
    body = b""
    try:
        with (
            httpx.Client(timeout=TIMEOUT, trust_env=not client.base_url.startswith("http://")) as http,
            http.stream("GET", url, headers=headers) as answer,
        ):
            if answer.status_code != httpx.codes.OK or "text/html" in answer.headers.get("content-type", ""):
                raise NotFetched(f"Slack answered {answer.status_code}")  # a page to sign in at is 200, too
            for piece in answer.iter_bytes():
                body += piece
                if len(body) > largest:
                    raise NotFetched("the file is too large")
    except httpx.HTTPError as error:
        raise NotFetched(str(error)) from error
    return body


def _is_slacks(client: WebClient, url: str) -> bool:
    asked, api = urlsplit(url), urlsplit(client.base_url)
    is_own = asked.scheme == "https" and asked.hostname == OWN_HOST
    return is_own or (asked.scheme, asked.netloc) == (api.scheme, api.netloc)
