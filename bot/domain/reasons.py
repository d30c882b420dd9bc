"""Whether the reason an AE gives with a decision teaches the SDR anything."""

import unicodedata
from collections.abc import Collection, Iterable

ENOUGH = 20
ENOUGH_WITHOUT_SPACES = 8
"""Characters that say something; fewer are enough where one character is a syllable or a word."""

_SCRIPTS_WITHOUT_SPACES = (
    "THAI",
    "LAO",
    "KHMER",
    "MYANMAR",
    "TIBETAN",
    "JAVANESE",
    "BALINESE",
    "NEW TAI LUE",
    "TAI",
    "CJK",
    "HIRAGANA",
    "KATAKANA",
    "HALFWIDTH KATAKANA",
    "BOPOMOFO",
    "YI",
)


def teaches(reason: str, earlier: Collection[str]) -> bool:
    """Whether the reason is long enough to say something and repeats none of the AE's earlier ones.

    A repeat is one whatever its case, spaces and punctuation.
    """
    said = reason_key(reason)
    return _is_long_enough(reason) and bool(said) and said not in map(reason_key, earlier)


def count_teaching(reasons: Iterable[str], *, earlier: Iterable[str] = ()) -> int:
    """How many of one AE's reasons, oldest first, teach, each compared with all that came before it."""
    said = {reason_key(reason) for reason in earlier} | {""}
    count = 0
    for reason in reasons:
        key = reason_key(reason)
        count += _is_long_enough(reason) and key not in said
        said.add(key)
    return count


def reason_key(reason: str) -> str:
    """The letters, marks and digits of a reason without their case: what two reasons must differ in."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", reason).casefold())
    return "".join(filter(in_a_word, folded))


def in_a_word(character: str) -> bool:
    """Whether the character is a letter, a mark on one, or a digit, in any script."""
    return unicodedata.category(character)[0] in "LMN"


def _is_long_enough(reason: str) -> bool:
    text = " ".join(unicodedata.normalize("NFC", reason).split())
    letters = [character for character in text if in_a_word(character)]
    dense = sum(_stands_without_spaces(letter) for letter in letters)
    return len(text) >= (ENOUGH_WITHOUT_SPACES if dense * 2 > len(letters) else ENOUGH)


def _stands_without_spaces(letter: str) -> bool:
    return unicodedata.name(letter, "").startswith(_SCRIPTS_WITHOUT_SPACES)
