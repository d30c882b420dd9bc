"""What every adapter is given and may answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.calls import EndedCall
from bot.errors import CoachError


class BadSignature(CoachError):
    """Unsigned, wrongly signed or stale: answered with 401 and nothing is stored."""


class Unreadable(CoachError):
    """Signed, but not what the source is known to send: answered with 400 and the sentence."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One request of a source, as it came in; header names in lower case."""

    headers: Mapping[str, str]
    body: bytes
    received_at: datetime


class Source(Protocol):
    @property
    def name(self) -> str: ...

    def verify(self, delivery: Delivery, secret: str) -> None:
        """Raise `BadSignature` unless the sender knew the secret, lately."""

    def parse(self, delivery: Delivery) -> Sequence[EndedCall]:
        """The calls it says have ended; raises `Unreadable`."""
