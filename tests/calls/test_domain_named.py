"""Whether a date and somebody who decides were named: what is not clear is left to the form."""

import pytest

from bot.calls.domain.conversation import named
from bot.calls.domain.transcript import Turn


def said(text: str) -> tuple[bool, bool]:
    found = named([Turn("Dana", 0, 9, text)])
    return found.timeline, found.authority


@pytest.mark.parametrize(
    "text",
    [
        "It has to run before the end of March.",
        "We start on Monday.",
        "By next quarter, I think.",
        "Our deadline is 15 April.",
        "Latest 2026-12-01.",
        "Bis Ende Oktober.",
        "Am 3.12. geht es los.",
    ],
)
def test_a_date_is_a_timeline(text: str) -> None:
    assert said(text) == (True, False)


@pytest.mark.parametrize(
    "text",
    [
        "Our CFO signs.",
        "That is our head of operations.",
        "Mary has the final say.",
        "Das entscheidet unser Geschäftsführer.",
        "She signs off on it.",
    ],
)
def test_a_title_or_a_signature_is_authority(text: str) -> None:
    assert said(text) == (False, True)


@pytest.mark.parametrize(
    "text",
    [
        "Who signs for this on your side?",
        "Would you start by March?",
        "We may march on, on in the same way.",
        "That was a good sign of things.",
        "It took 3.5 days, version 2.0.",
        "",
    ],
)
def test_a_question_and_a_word_that_only_looks_like_it_are_neither(text: str) -> None:
    assert said(text) == (False, False)
