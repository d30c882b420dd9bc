"""What a session that only reads has read already: for many teams told at one moment."""

from collections.abc import Callable, Hashable
from functools import cache, wraps
from inspect import signature, unwrap
from typing import Any, Generic, ParamSpec, TypeVar
from weakref import WeakKeyDictionary

from sqlmodel import Session

_P = ParamSpec("_P")
_T = TypeVar("_T")
_KEPT = "what this session has read"


def remember(session: Session) -> None:
    """From now on the session reads a workspace once. It must not write: it would not see what it wrote."""
    session.info[_KEPT] = {}


def read_once(read: Callable[_P, _T]) -> Callable[_P, _T]:
    """A function whose first argument is a session, or holds one: a session that remembers asks it once for the same
    arguments, given by place or by name.
    """

    @wraps(read)
    def reading(*args: _P.args, **kwargs: _P.kwargs) -> _T:
        kept = _kept(args[0])
        if kept is None:
            return read(*args, **kwargs)
        key = _key(read, *args, **kwargs)
        if key not in kept:
            kept[key] = read(*args, **kwargs)
        found: _T = kept[key]
        return found

    return reading


def keep(found: _T, read: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> None:
    """What a function that is read once would find was found along with something else: it need not be asked."""
    kept = _kept(args[0])
    if kept is not None:
        kept[_key(unwrap(read), *args, **kwargs)] = found


def is_missing(read: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> bool:
    """Whether a session that remembers has not read it yet: to any other it is of no use to read ahead."""
    kept = _kept(args[0])
    return kept is not None and _key(unwrap(read), *args, **kwargs) not in kept


def _kept(first: Any) -> dict[Hashable, Any] | None:
    """By the first argument of what is asked."""
    kept: dict[Hashable, Any] | None = getattr(first, "session", first).info.get(_KEPT)
    return kept


def _key(read: Callable[..., Any], *args: Any, **kwargs: Any) -> Hashable:
    told = _signature(read).bind(*args, **kwargs)
    told.apply_defaults()
    session = getattr(args[0], "session", args[0])
    return (read, *(one for one in told.arguments.values() if one is not session))


_signature = cache(signature)


class Shelf(Generic[_T]):
    """Per database what was read under the latest stamp."""

    def __init__(self) -> None:
        self._kept: WeakKeyDictionary[object, tuple[Hashable, dict[Hashable, _T]]] = WeakKeyDictionary()

    def get(self, session: Session, stamp: Hashable, key: Hashable, read: Callable[[], _T]) -> _T:
        database = session.get_bind()
        kept = self._kept.get(database)
        if kept is None or kept[0] != stamp:
            kept = self._kept[database] = (stamp, {})
        if key not in kept[1]:
            kept[1][key] = read()
        return kept[1][key]
