"""Whether the reason an AE gives with a decision teaches the SDR anything."""

import unicodedata
from collections.abc import Iterable

from bot.handoffs.domain.repeats import Said
from bot.handoffs.domain.words import stands_without_spaces

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
