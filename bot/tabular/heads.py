"""Which of their columns one of ours is: one, several, two together, or one by the call's direction."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from bot.core.enums import Direction
from bot.core.errors import BadInput

TOGETHER = "together"
_WORDS = (str, int, float, bool)


class Together(tuple[str, ...]):
    """Several columns that make one cell together: a day and a time of day."""

    __slots__ = ()


class ByDirection(NamedTuple):
    """The caller's and the called one's columns: whose side it is depends on who called."""

    inbound: str
    outbound: str


Heads = str | tuple[str, ...] | ByDirection
"""A column of theirs, or several: for a key all of them together, else the first that is filled."""
Written = str | list[str] | dict[str, Any]
"""The same as TOML and JSON write it."""


def heads(given: object, name: str) -> Heads:
    """Raises BadInput, with the sentence that says what to mend."""
    if isinstance(given, dict):
        return _of_table(given, name)
    if isinstance(given, list) and given and all(isinstance(one, str) for one in given):
        return tuple(one.strip() for one in given)
    if not isinstance(given, _WORDS):
        raise BadInput(
            f"In the map, [columns] {name} must be a text in quotes, or several in brackets; or "
            '{ together = ["Date", "Time"] }, or { inbound = "To", outbound = "From" }.'
        )
    return ("yes" if given else "no") if isinstance(given, bool) else str(given).strip()


def _of_table(given: Mapping[str, object], name: str) -> Heads:
    match given:
        case {"together": [_, _, *_] as several} if len(given) == 1:
            if all(isinstance(one, str) for one in several):
                return Together(str(one).strip() for one in several)
        case {"inbound": str(taken), "outbound": str(made)} if len(given) == len(Direction):
            return ByDirection(taken.strip(), made.strip())
    raise BadInput(
        f'In the map, [columns] {name} takes {{ together = ["Date", "Time"] }} or '
        '{ inbound = "To", outbound = "From" }.'
    )


def as_written(given: Heads) -> Written:
    if isinstance(given, str):
        return given
    if isinstance(given, ByDirection):
        return given._asdict()
    return {TOGETHER: list(given)} if isinstance(given, Together) else list(given)


def every(given: Heads) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def first_of(written: Written) -> str:
    if isinstance(written, dict):
        return str(written[TOGETHER][0] if TOGETHER in written else written["inbound"])
    return written if isinstance(written, str) else written[0]
