"""Whether a request comes from Slack: its signature over the raw bytes, asked before anything is parsed."""

import hashlib
import hmac
from collections.abc import Mapping
from datetime import datetime

WINDOW_SECONDS = 300
"""How far the stamp of a request may be from now; an older one may be somebody's copy."""
LONGEST_STAMP = 12
"""Digits of a time in seconds; a number of hundreds of digits is an attack on whoever computes with it."""
STAMP, SIGNATURE = "x-slack-request-timestamp", "x-slack-signature"


def is_signed(secret: str, headers: Mapping[str, str], body: bytes, *, now: datetime) -> bool:
    """Never raises, whatever is in the headers (their names in small letters) and the body."""
    stamp = headers.get(STAMP, "")
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= LONGEST_STAMP):
        return False
    if abs(now.timestamp() - int(stamp)) > WINDOW_SECONDS:
        return False
    given = headers.get(SIGNATURE, "").encode("utf-8", "surrogateescape")
    return hmac.compare_digest(given, signature(secret, stamp, body).encode())


def signature(secret: str, stamp: str, body: bytes) -> str:
    """`v0=` and the hex HMAC-SHA256 of `v0:{stamp}:{body}`."""
    signed = b"v0:" + stamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()
