"""Letters and words in any script."""

import unicodedata

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


def folded(text: str) -> str:
    """Without case, and with one form for each character."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())


def in_a_word(character: str) -> bool:
    """Whether the character is a letter, a mark on one, or a digit, in any script."""
    return unicodedata.category(character)[0] in "LMN"


def stands_without_spaces(text: str) -> bool:
    """Whether most of its letters are of a script in which words are not spaced."""
    letters = [character for character in text if in_a_word(character)]
    dense = sum(unicodedata.name(one, "").startswith(_SCRIPTS_WITHOUT_SPACES) for one in letters)
    return dense * 2 > len(letters)
