"""What a call source calls somebody, in one spelling, and who that is."""

import re
from dataclasses import dataclass
from datetime import datetime

_PHONE = re.compile(r"\+?[\d\s().\-/]+")
_SIGNS = re.compile(r"[\s().\-/]")
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Known:
    """An agent of a source, and the person it is, if anybody has said so."""

    id: int
    source: str
    agent: str
    person_id: int | None


@dataclass(frozen=True, slots=True)
class Unnamed:
    """An agent whose calls wait; `name` is the source's own, `last_at` the end of the latest call."""

    id: int
    source: str
    agent: str
    name: str
    calls: int
    last_at: datetime | None


@dataclass(frozen=True, slots=True)
class Named:
    id: int
    source: str
    agent: str
    person: str


def spelt(agent: str) -> str:
    """As agents are kept and looked up: without case, and a number without what people write between its digits."""
    plain = " ".join(agent.split()).lower()
    return _SIGNS.sub("", plain) if _PHONE.fullmatch(plain) and any(map(str.isdigit, plain)) else plain
