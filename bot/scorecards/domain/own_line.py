"""What one rep alone is told of a week, where they ask."""

from dataclasses import dataclass

from bot.core.enums import Role
from bot.people.domain.someone import Someone
from bot.scorecards.domain.league import Place


@dataclass(frozen=True, slots=True)
class OwnLine:
    """`place` is None for who is not ranked."""

    person: Someone
    role: Role
    place: Place | None
    ramping: bool
