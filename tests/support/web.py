"""HTTP as strangers, dialers and browsers speak it to the bot under test."""

from typing import Any

import httpx

_AUTHORITIES = httpx.create_ssl_context(trust_env=False)
"""Read once: for each request anew it costs more than the request."""


def get(url: str, **more: Any) -> httpx.Response:
    return request("GET", url, **more)


def post(url: str, **more: Any) -> httpx.Response:
    return request("POST", url, **more)


def request(method: str, url: str, **more: Any) -> httpx.Response:
    """As `httpx.request`; no proxy of the machine comes between, and a busy machine may take a minute."""
    return httpx.request(method, url, trust_env=False, verify=_AUTHORITIES, **{"timeout": 60.0} | more)
