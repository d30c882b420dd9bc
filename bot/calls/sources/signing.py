"""How senders prove who they are: an HMAC over what they sent, lately, compared in constant time."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from bot.calls.sources.delivery import BadSignature, Delivery
from bot.calls.sources.fields import MILLISECOND, SECOND

WINDOW = timedelta(minutes=5)


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """`v0=` and the hex HMAC-SHA256 of `v0:{timestamp}:{body}`."""
    signed = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), signed, hashlib.sha256).hexdigest()


def base64_hmac(secret: str, signed: bytes, digest: str) -> str:
    return base64.b64encode(hmac.new(secret.encode(), signed, digest).digest()).decode()


def is_same(given: str, wanted: str) -> bool:
    return bool(given) and hmac.compare_digest(given.encode("utf-8", "replace"), wanted.encode())


def require_same(given: str, wanted: str, what: str) -> None:
    if not is_same(given, wanted):
        raise BadSignature(f"{what} does not fit the body and the secret.")


def require_lately(delivery: Delivery, header: str, unit: timedelta = SECOND) -> str:
    """The timestamp in `header`, counted in `unit`, unless it is missing, stale or from the future."""
    stamp = delivery.headers.get(header.lower(), "")
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= (16 if unit == MILLISECOND else 12)):
        raise BadSignature(f"{header} is missing or not a number.")
    if not is_lately(int(stamp) * unit / SECOND, delivery.received_at):
        raise BadSignature(f"{header} is more than five minutes away from now.")
    return stamp


def is_lately(seconds: float, now: datetime) -> bool:
    return abs(now.timestamp() - seconds) <= WINDOW / SECOND


def require_v0(delivery: Delivery, secret: str, *, timestamp: str, header: str) -> None:
    """Slack's scheme, which Zoom shares: `timestamp` and `header` name the two headers."""
    stamp = require_lately(delivery, timestamp)
    given = delivery.headers.get(header.lower(), "")
    require_same(given, signature(secret, stamp, delivery.body), header)
