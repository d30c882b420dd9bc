"""Whether the reason an AE gives with a decision teaches the SDR anything, and says more than an earlier one did."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from math import ceil

from bot.handoffs.domain.words import folded, in_a_word, stands_without_spaces

ALIKE = 0.7
"""The share of all their words from which two reasons are one: of ten words, one replaced is alike, two are not."""

_DIGITS = re.compile(r"\d+")


class Said:
    """What was said so far. Of what is nearly a repeat only the first is kept, so that a template stays one entry."""

    def __init__(self, reasons: Iterable[str] = ()) -> None:
        self._keys: set[str] = set()
        self._words: list[frozenset[str]] = []
        self._by_word: dict[str, list[int]] = defaultdict(list)
        for reason in reasons:
            self.add(reason)

    def add(self, reason: str) -> bool:
        """Whether it is new; what is blank is not."""
        key, words = reason_key(reason), words_of(reason)
        is_new = bool(key) and key not in self._keys and not self._is_alike(words)
        self._keys.add(key)
        if is_new:
            for word in _telling(words):
                self._by_word[word].append(len(self._words))
            self._words.append(words)
        return is_new

    def _is_alike(self, words: frozenset[str]) -> bool:
        near = {at for word in _telling(words) for at in self._by_word.get(word, ())}
        return any(_likeness(words, self._words[at]) >= ALIKE for at in near)


def reason_key(reason: str) -> str:
    """The letters, marks and digits of a reason without their case: what two reasons must differ in."""
    return "".join(filter(in_a_word, folded(reason)))


def words_of(reason: str) -> frozenset[str]:
    """Its words, numbers all alike; where a script has no spaces, each two neighbouring characters."""
    spaced = "".join(character if in_a_word(character) else " " for character in folded(reason))
    return frozenset(part for word in _DIGITS.sub("0", spaced).split() for part in _parts(word))


def _parts(word: str) -> Iterable[str]:
    if stands_without_spaces(word):
        return (word[at : at + 2] for at in range(max(len(word) - 1, 1)))
    return (word,)


def _likeness(one: frozenset[str], other: frozenset[str]) -> float:
    """Jaccard's: what both have, of all that either has."""
    return len(one & other) / len(one | other)


def _telling(words: frozenset[str]) -> list[str]:
    """So many of the words, the longest ones, that two alike sets must share one of them (prefix filtering).

    Long words are rare, so few earlier reasons have to be looked at.
    """
    ranked = sorted(words, key=lambda word: (-len(word), word))
    return ranked[: len(ranked) - ceil(ALIKE * len(ranked)) + 1]


ENOUGH = 20
ENOUGH_WITHOUT_SPACES = 8
"""Characters that say something; fewer are enough where one character is a syllable or a word."""


def teaches(reason: str, earlier: Iterable[str]) -> bool:
    """Whether the reason is long enough to say something and nearly repeats none of the earlier ones, of anybody.

    A repeat is one whatever its case, spaces, punctuation and numbers, and with a word or two changed; see `Said`.
    """
    return teaches_anew(reason, Said(earlier))


def teaches_anew(reason: str, said: Said) -> bool:
    """The same, one reason after the other: it is added to what was said."""
    return said.add(reason) and says_something(reason)


def says_something(reason: str) -> bool:
    text = " ".join(unicodedata.normalize("NFC", reason).split())
    return len(text) >= (ENOUGH_WITHOUT_SPACES if stands_without_spaces(text) else ENOUGH)
