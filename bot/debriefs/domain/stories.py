"""A story that somebody told in a debrief, as others read it, and how a teammate's story is found."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.core.enums import StoryKind
from bot.debriefs.domain.debrief import TAGS
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


KINDS = {
    **dict.fromkeys(("win", "wins", "won"), StoryKind.WIN),
    **dict.fromkeys(("loss", "losses", "lost", "lesson", "lessons"), StoryKind.LOSS),
}
"""Words that ask for how it ended."""
MOST_ON_SHELF = 6


@dataclass(frozen=True, slots=True)
class Shelved:
    """A story as it is looked for. `worth` is from 0 to 1, by what those said who were shown it."""

    id: int
    kind: StoryKind
    told: str
    product: str
    tags: tuple[str, ...]
    worth: float

    def speaks_of(self, word: str) -> bool:
        """Whether a word of the story, its product, its tags or their labels begins with it."""
        labels = (f"{tag.replace('_', ' ')} {TAGS.get(tag, '')}" for tag in self.tags)
        return any(own.startswith(word) for own in _words(" ".join((self.told, self.product, *labels))))


def found(stories: Iterable[Shelved], asked: Sequence[str]) -> list[Shelved]:
    """Those that every word is said of, wins before lessons, then what helped most; given the latest first."""
    words = [word for text in asked for word in _words(text)]
    kinds = {KINDS[word] for word in words if word in KINDS}
    others = [word for word in words if word not in KINDS]
    meant = [
        story
        for story in stories
        if (not kinds or story.kind in kinds) and all(story.speaks_of(word) for word in others)
    ]
    return _ranked(meant)


def shelf(stories: Iterable[Shelved]) -> list[Shelved]:
    """What to read first: the most helpful, each of another topic than those before it while there is another."""
    left, chosen = sorted(stories, key=lambda story: -story.worth), list[Shelved]()
    read: set[str] = set()
    while left and len(chosen) < MOST_ON_SHELF:
        best = next((story for story in left if _is_new(story, read)), None)
        if best is None:
            break
        chosen.append(best)
        left.remove(best)
        read.update(best.tags)
    return [*chosen, *left[: MOST_ON_SHELF - len(chosen)]]


def _is_new(story: Shelved, read: set[str]) -> bool:
    return bool(story.tags) and read.isdisjoint(story.tags)


def _ranked(stories: Iterable[Shelved]) -> list[Shelved]:
    return sorted(stories, key=lambda story: (story.kind is not StoryKind.WIN, -story.worth))


def _words(text: str) -> list[str]:
    """Folded, without what stands around them; `next_step` is two."""
    spaced = "".join(c if c.isalnum() or c in "'’-" else " " for c in text.casefold())
    return [word for part in spaced.split() if (word := part.strip("'’-"))]
