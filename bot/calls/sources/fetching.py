"""A transcript that a source says is ready, fetched from where the source keeps it and from nowhere else."""

from collections.abc import Sequence
from urllib.parse import urlsplit

import httpx
import structlog

from bot.calls.domain.transcript import LARGEST
from bot.calls.sources.delivery import TranscriptReady
from bot.core.errors import NotNow

log = structlog.get_logger()

SECONDS = 30.0


def fetch(ready: TranscriptReady, hosts: Sequence[str], *, timeout: float = SECONDS) -> bytes | None:
    """None where it lies elsewhere, is too large, or is not handed out; the log says which. Raises NotNow."""
    asked = urlsplit(ready.url)
    if not _is_theirs(asked.scheme, asked.hostname or "", hosts):
        log.warning("a transcript does not lie with its source", host=asked.hostname)
        return None
    try:
        return _streamed(ready, timeout)
    except httpx.HTTPError as error:
        raise NotNow(f"a transcript was not fetched: {type(error).__name__}") from error


def _streamed(ready: TranscriptReady, timeout: float) -> bytes | None:
    """The token stays behind where a redirect leads to another host: the client sees to that."""
    headers = {"Authorization": f"Bearer {ready.token}"} if ready.token else {}
    body = bytearray()
    is_local = ready.url.startswith("http://127.0.0.1")
    with (
        httpx.Client(timeout=timeout, follow_redirects=True, trust_env=not is_local) as http,
        http.stream("GET", ready.url, headers=headers) as answer,
    ):
        if answer.status_code >= 500 or answer.status_code == httpx.codes.TOO_MANY_REQUESTS:
            raise NotNow(f"a transcript was not fetched: HTTP {answer.status_code}")
        if answer.status_code != httpx.codes.OK:
            log.warning("a transcript was not fetched", status=answer.status_code)
            return None
        for piece in answer.iter_bytes():
            body += piece
            if len(body) > LARGEST:
                log.warning("a transcript is too large", url=urlsplit(ready.url).hostname)
                return None
    return bytes(body)


def _is_theirs(scheme: str, host: str, hosts: Sequence[str]) -> bool:
    if host in hosts and host == "127.0.0.1":  # a stand-in on this machine
        return True
    return scheme == "https" and any(host == one or host.endswith(f".{one}") for one in hosts)
