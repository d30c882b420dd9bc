"""What the words of somebody's column mean in ours, as the map says it."""

from collections.abc import Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase

from bot.tabular.mapping import BLANK, EVERY_OTHER, LEFT_OUT

_MANY = frozenset("*?[")


class NotOurs(Exception):
    """The map says that rows with this word are none of ours; `str(error)` says which."""


@dataclass(frozen=True, slots=True)
class Words:
    """Exact words come first, in any case; then those that stand for many, in the map's order; then every other."""

    exact: dict[str, str]
    many: tuple[tuple[str, str], ...]

    @classmethod
    def of(cls, values: Mapping[str, str]) -> "Words":
        return cls(
            {theirs.lower(): ours for theirs, ours in values.items()} | dict(values),
            tuple(
                (one.lower(), ours) for one, ours in values.items() if one != EVERY_OTHER and _MANY & {*one}
            ),
        )

    def meaning(self, said: str) -> str:
        if not said:
            return self.exact.get(BLANK, "")
        meant = self.named(said)
        return self.exact.get(EVERY_OTHER, said) if meant is None else meant

    def named(self, said: str) -> str | None:
        """None where the map says nothing of this word but of every other."""
        low = said.lower()
        meant = self.exact.get(said, self.exact.get(low))
        if meant is None:
            meant = next((ours for one, ours in self.many if fnmatchcase(low, one)), None)
        return meant


@dataclass(frozen=True, slots=True)
class LeaveOut:
    """Rows that have one of these words in a column of theirs are none of ours."""

    head: str
    place: int
    words: Words

    @classmethod
    def of(cls, head: str, place: int, words: tuple[str, ...]) -> "LeaveOut":
        return cls(head, place, Words.of(dict.fromkeys((one or BLANK for one in words), LEFT_OUT)))

    def look(self, said: str) -> None:
        """Raises NotOurs."""
        if self.words.meaning(said) == LEFT_OUT:
            raise NotOurs(f"{self.head}: the map leaves out “{said}”.")
