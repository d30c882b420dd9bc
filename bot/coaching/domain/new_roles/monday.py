"""A manager's Monday: three of their people, why them, and what fifteen minutes with each are for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.core.enums import Metric
from bot.people.domain.someone import Someone
from bot.pipeline.domain.plunger import Clog

THREE = 3


class Because(StrEnum):
    """In the order in which they are told."""

    NEW = "new"
    STUCK = "stuck"
    BEHIND = "behind"
    UNCOACHED = "uncoached"


@dataclass(frozen=True, slots=True)
class Pick:
    """`clog` is the deal, `metric` the figure, `days` the time without coaching (None: never), as the reason has it."""

    person: Someone
    because: Because
    clog: Clog | None = None
    metric: Metric | None = None
    days: int | None = None


def three(found: Mapping[Because, Sequence[Pick]], *, lately: Collection[int]) -> list[Pick]:
    """Of each reason the most urgent, turn about, and nobody twice; those of last week only for want of others."""
    chosen: dict[int, Pick] = {}
    for rested in (True, False):
        left = {
            why: [one for one in found.get(why, ()) if (one.person.id not in lately) is rested]
            for why in Because
        }
        while len(chosen) < THREE and any(left.values()):
            for waiting in left.values():
                pick = next((one for one in waiting if one.person.id not in chosen), None)
                waiting[:] = [one for one in waiting if one.person.id not in chosen and one is not pick]
                if pick is not None and len(chosen) < THREE:
                    chosen[pick.person.id] = pick
    return list(chosen.values())
