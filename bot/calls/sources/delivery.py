"""What every adapter is given and may answer, and how senders prove who they are: an HMAC over what they sent, lately,
compared in constant time.
"""

import base64
import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.calls.domain.call import EndedCall
from bot.calls.domain.notices import Notice
from bot.core.errors import CoachError


class BadSignature(CoachError):
    """Unsigned, wrongly signed or stale: answered with 401 and nothing is stored."""


class Unreadable(CoachError):
    """Signed, but not what the source is known to send: answered with 400 and the sentence."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request of a source, as it came in; header names in lower case.

    `url` is the address it was sent to, as the sender wrote it: some sign it. A delivery read back from the inbox has
    its body only.
    """

    headers: Mapping[str, str]
    body: bytes
    received_at: datetime
    url: str = ""

    @property
    def text(self) -> str:
        """Raises `Unreadable`."""
        try:
            text = self.body.decode()
        except UnicodeDecodeError as error:
            raise Unreadable("The body is not UTF-8.") from error
        if "\x00" in text:  # PostgreSQL has no place for it
            raise Unreadable("The body holds a zero byte.")
        return text


@dataclass(frozen=True, slots=True)
class Reply:
    """What a source wants to hear before it sends anything."""

    body: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Pointer:
    """A call the source names without a word about it: its fields have to be asked for."""

    account: str
    call_key: str


@dataclass(frozen=True, slots=True)
class TranscriptReady:
    """A call's transcript lies there to be fetched, with a token that is good for it alone."""

    account: str
    call_key: str
    url: str
    token: str


Told = EndedCall | Notice | Pointer | TranscriptReady


class Source(Protocol):
    name: str
    subscribe_to: str
    """What to choose among all that it can send."""
    try_it: str
    """How to see that it arrives; said to who sets it up."""
    signs_its_address: bool = False
    hosts: tuple[str, ...] = ()
    """Where its transcripts may lie: nothing is fetched from anywhere else."""
    takes_token: bool = False
    """Whether a sender may prove itself by a token of its own instead of a signature."""

    def verify(self, delivery: Delivery, secret: str) -> None:
        """Raise `BadSignature` unless the sender knew the secret, lately."""

    def verify_token(self, delivery: Delivery, token: str) -> None:
        """Raise `BadSignature` unless the sender knew the token; asked only where `takes_token`."""
        raise BadSignature("This source takes no token.")

    def reply(self, delivery: Delivery, secret: str) -> Reply | None:
        """The answer to a handshake; None for everything else. Asked once the delivery is verified."""
        return None

    def parse(self, delivery: Delivery) -> Sequence[Told]:
        """What it says of calls, nothing if it speaks of something else; raises `Unreadable`."""

    def ended(self, notices: Sequence[Notice]) -> Sequence[EndedCall]:
        """The calls that are over by what these notices of one session tell, in whatever order they came."""
        return []

    def kind(self, delivery: Delivery) -> str:
        """What the source itself calls this kind of delivery, "" where it does not say."""
        return ""

    def kept(self, delivery: Delivery, secret: str) -> str:
        """The body as it may be stored: a secret that travels in it is not."""
        return delivery.text


WINDOW = timedelta(minutes=5)
_SECOND, _MILLISECOND = timedelta(seconds=1), timedelta(milliseconds=1)


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


def require_lately(delivery: Delivery, header: str, unit: timedelta = _SECOND) -> str:
    """The timestamp in `header`, counted in `unit`, unless it is missing, stale or from the future."""
    stamp = delivery.headers.get(header.lower(), "")
    if not (stamp.isascii() and stamp.isdecimal() and len(stamp) <= (16 if unit == _MILLISECOND else 12)):
        raise BadSignature(f"{header} is missing or not a number.")
    if not is_lately(int(stamp) * unit / _SECOND, delivery.received_at):
        raise BadSignature(f"{header} is more than five minutes away from now.")
    return stamp


def is_lately(seconds: float, now: datetime) -> bool:
    return abs(now.timestamp() - seconds) <= WINDOW / _SECOND


def require_v0(delivery: Delivery, secret: str, *, timestamp: str, header: str) -> None:
    """Slack's scheme, which Zoom shares: `timestamp` and `header` name the two headers."""
    stamp = require_lately(delivery, timestamp)
    given = delivery.headers.get(header.lower(), "")
    require_same(given, signature(secret, stamp, delivery.body), header)
