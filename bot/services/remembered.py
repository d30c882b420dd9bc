"""What a session that only reads has read already: for many teams told at one moment."""

from collections.abc import Callable, Hashable
from typing import TypeVar

from sqlmodel import Session

_T = TypeVar("_T")
_KEPT = "what this session has read"


def remember(session: Session) -> None:
    """From now on the session reads a workspace once. It must not write: it would not see what it wrote."""
    session.info[_KEPT] = {}


def once(session: Session, key: Hashable, read: Callable[[], _T]) -> _T:
    """What `read` gives, which a session that remembers asks for once a key."""
    kept: dict[Hashable, _T] | None = session.info.get(_KEPT)
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    return kept[key]
