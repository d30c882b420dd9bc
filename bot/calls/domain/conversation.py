"""A conversation in numbers: who spoke how much and how long at a stretch, and what was asked. Never a score."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from bot.calls.domain.question_signs import questions
from bot.calls.domain.transcript import Turn
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _

FEWEST_REPS = 3
"""Whose calls make a middle: of fewer one could tell whose it is."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """All in seconds but the counts. `questions` is None where the rep's script has no sign for one, and
    `first_question` where there was none; `length` is from the first word to the last."""

    spoken: float
    rep_spoken: float
    length: float
    longest_rep: float
    longest_other: float
    questions: int | None
    first_question: float | None
    turns: int
    speakers: int

    @property
    def share(self) -> float:
        return self.rep_spoken / self.spoken if self.spoken else 0.0

    @property
    def questions_an_hour(self) -> float | None:
        return None if self.questions is None or not self.length else self.questions * 3600 / self.length

    @property
    def turns_a_minute(self) -> float:
        return self.turns * 60 / self.length if self.length else 0.0


def measured(turns: Sequence[Turn], rep_names: Iterable[str]) -> Conversation:
    """`rep_names` is what the rep may be called, the likeliest first. Raises BadInput, with a sentence for the rep."""
    rep = _speaker(turns, list(rep_names))
    ordered = sorted(turns, key=lambda turn: turn.start)
    began, ended = ordered[0].start, max(turn.end for turn in ordered)
    spoken = Counter[bool]()
    stretches: dict[bool, float] = {True: 0.0, False: 0.0}
    groups = 0
    for speaker, group in groupby(ordered, key=lambda turn: turn.speaker):
        seconds = sum(turn.seconds for turn in group)
        spoken[speaker == rep] += seconds  # type: ignore[assignment]
        stretches[speaker == rep] = max(stretches[speaker == rep], seconds)
        groups += 1
    asked, first = _asked([turn for turn in ordered if turn.speaker == rep], began)
    return Conversation(
        spoken=float(spoken.total()),
        rep_spoken=float(spoken[True]),
        length=ended - began,
        longest_rep=stretches[True],
        longest_other=stretches[False],
        questions=asked,
        first_question=first,
        turns=groups,
        speakers=len({turn.speaker for turn in turns}),
    )


def middle(shares: Iterable[Sequence[float]]) -> float | None:
    """The middle of a role: the median of its reps' medians, one list of shares each; None of too few reps."""
    reps = [median(those) for those in shares if those]
    return median(reps) if len(reps) >= FEWEST_REPS else None


def _asked(mine: Sequence[Turn], began: float) -> tuple[int | None, float | None]:
    counts = [(turn, questions(turn.text)) for turn in mine]
    if any(count is None for turn, count in counts):
        return None, None
    first = next((turn.start - began for turn, count in counts if count), None)
    return sum(count or 0 for _turn, count in counts), first


def _speaker(turns: Sequence[Turn], names: Sequence[str]) -> str:
    speakers = list(dict.fromkeys(turn.speaker for turn in turns))
    for name in names:
        found = [one for one in speakers if _words(one) == _words(name)]
        found = found or [one for one in speakers if _words(one) & _words(name)]
        if len(found) == 1:
            return found[0]
    listed = ", ".join(speakers[:5])
    raise BadInput(
        _(
            "I cannot tell which of the speakers is you: {speakers}. Write your name as it stands here, {name}, "
            "into the file and drop it again."
        ).format(speakers=listed, name=names[0])
    )


def _words(name: str) -> frozenset[str]:
    """Without what is said in brackets: `Ana Sample (Acme)`."""
    plain = name.partition("(")[0].partition("|")[0].casefold()
    return frozenset(plain.replace(".", " ").replace("_", " ").replace(",", " ").split())
