"""A conversation in numbers: who spoke how much and how long at a stretch, what was asked, and what seems to have been
named. Never a score.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from statistics import median

from bot.calls.domain.transcript import Turn
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _

_END = r"(?=[\s\"'”’»)\]]|$)"
_LATIN = re.compile(rf"[?？][?!？！]*{_END}")
"""Also of Cyrillic, Hebrew, Devanagari, Hangul and most others; a `?` inside an address is none."""
_SIGNS: dict[str, re.Pattern[str] | None] = {
    "greek": re.compile(rf"[;;?]+{_END}"),
    "arabic": re.compile(r"[؟?]+"),
    "armenian": re.compile(r"[՞?]+"),
    "ethiopic": re.compile(r"[፧?]+"),
    "han": re.compile(r"[？?]+"),
    "thai": None,
    "lao": None,
    "khmer": None,
    "myanmar": None,
    "tibetan": None,
}
_RANGES = (
    (0x0370, 0x03FF, "greek"),
    (0x1F00, 0x1FFF, "greek"),
    (0x0530, 0x058F, "armenian"),
    (0x0600, 0x06FF, "arabic"),
    (0x0750, 0x077F, "arabic"),
    (0x0E00, 0x0E7F, "thai"),
    (0x0E80, 0x0EFF, "lao"),
    (0x0F00, 0x0FFF, "tibetan"),
    (0x1000, 0x109F, "myanmar"),
    (0x1200, 0x139F, "ethiopic"),
    (0x1780, 0x17FF, "khmer"),
    (0x3040, 0x30FF, "han"),
    (0x3400, 0x9FFF, "han"),
)


def questions(text: str) -> int | None:
    """By the script that most of its letters are of."""
    pattern = _SIGNS.get(_script(text), _LATIN)
    return None if pattern is None else len(pattern.findall(text))


def _script(text: str) -> str:
    letters = Counter(_of(ord(sign)) for sign in text if sign.isalpha())
    return letters.most_common(1)[0][0] if letters else "latin"


def _of(code: int) -> str:
    if code < 0x0370:
        return "latin"
    return next((name for first, last, name in _RANGES if first <= code <= last), "latin")


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


_MONTH = (
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"januar|februar|märz|mai|juni|juli|oktober|dezember"
)
_DAY = r"monday|tuesday|wednesday|thursday|friday|montag|dienstag|mittwoch|donnerstag|freitag"
_DATE = re.compile(
    rf"\b(?:by|before|until|on|in|end of|start of|bis|vor|am|im|ende|anfang)\s+(?:the\s+)?(?:end\s+of\s+|ende\s+)?"
    rf"(?:(?:next|nächsten?)\s+)?(?:{_MONTH}|{_DAY}|q[1-4]|the quarter|next (?:week|month|quarter|year))\b"
    r"|\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?(?:" + _MONTH + r")\b"
    r"|\b(?:" + _MONTH + r")\s+\d{1,2}(?:st|nd|rd|th)?\b"
    r"|\b\d{4}-\d{2}-\d{2}\b|\b(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.(?:\d{4}\b)?|\b\d{1,2}/\d{1,2}/\d{2,4}\b",
    re.IGNORECASE,
)
_AUTHORITY = re.compile(
    r"\b(?:ceo|cfo|coo|cto|cio|cro|cmo|vice president|vp of|managing director|head of|chief \w+ officer|"
    r"signs? (?:off|for)|sign-off|decision[- ]maker|economic buyer|final (?:say|decision)|"
    r"geschäftsführ\w+|vorstand|entscheider\w*|leiter\w* (?:der|des|von)|unterschreib\w+)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Named:
    timeline: bool
    authority: bool

    def __bool__(self) -> bool:
        return self.timeline or self.authority


def named(turns: Sequence[Turn]) -> Named:
    """Whoever said it; a question is no answer, so what ends in a question mark does not count."""
    said = [part for turn in turns for part in _statements(turn.text)]
    return Named(any(map(_DATE.search, said)), any(map(_AUTHORITY.search, said)))


def _statements(text: str) -> list[str]:
    parts = re.findall(r"[^.!?…]+(?:\.(?=\d)[^.!?…]*)*[.!?…]?", text)
    return [part for part in parts if not part.rstrip().endswith("?")]
