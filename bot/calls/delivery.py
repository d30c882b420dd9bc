"""What every adapter is given and may answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from bot.domain.calls import EndedCall
from bot.domain.legs import Leg
from bot.errors import CoachError


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


Told = EndedCall | Leg | Pointer


class Source(Protocol):
    name: str

    def verify(self, delivery: Delivery, secret: str) -> None:
        """Raise `BadSignature` unless the sender knew the secret, lately."""

    def reply(self, delivery: Delivery, secret: str) -> Reply | None:
        """The answer to a handshake; None for everything else. Asked once the delivery is verified."""
        return None

    def parse(self, delivery: Delivery) -> Sequence[Told]:
        """What it says of calls, nothing if it speaks of something else; raises `Unreadable`."""

    def kept(self, delivery: Delivery, secret: str) -> str:
        """The body as it may be stored: a secret that travels in it is not."""
        return delivery.text
