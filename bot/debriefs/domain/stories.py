"""A story that somebody told in a debrief, as others read it."""

from dataclasses import dataclass

from bot.core.enums import StoryKind
from bot.people.domain.someone import Someone


@dataclass(frozen=True, slots=True)
class StoryTold:
    """A shared story; `author` is None for one who is not named in public."""

    kind: StoryKind
    told: str
    author: Someone | None
    product: str = ""
    """What it was about, where the author said so."""


@dataclass(frozen=True, slots=True)
class Heard:
    """Of those who were shown a story and said so, how many it `helped`, and for how many it was not."""

    helped: int = 0
    not_for_me: int = 0

    @property
    def worth(self) -> float:
        """From 0 to 1; a half while nobody has said anything, and never far from it after one voice."""
        return (self.helped + 1) / (self.helped + self.not_for_me + 2)


@dataclass(frozen=True, slots=True)
class OurAnswer:
    """A teammate's winning story on what a rep has just picked; `id` is that of its showing.

    `story` is None where its author does not share it any more.
    """

    id: int
    tag: str
    story: StoryTold | None
