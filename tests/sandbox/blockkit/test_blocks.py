"""What Slack refuses in blocks, rule by rule, and what it takes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.blockkit.blocks import problems_in_message
from tests.sandbox.blockkit.refused_blocks import REFUSED
from tests.sandbox.parts import (
    Json,
    actions,
    button,
    choice,
    mrkdwn,
    options,
    picture,
    plain,
    section,
    select,
    table,
    typed_in,
)
from tests.support.judged import against
from tests.support.properties import examples

TAKEN = {
    "the longest section": [section("x" * 3000)],
    "a section of fields alone": [{"type": "section", "fields": [mrkdwn("x" * 2000)] * 10}],
    "fifty blocks": [{"type": "divider"}] * 50,
    "a full row of buttons": [actions(*[button("x" * 75, value="y" * 2000, style="primary")] * 25)],
    "a full menu": [actions(select(options=options(100), placeholder=plain("x" * 150)))],
    "a menu of groups": [actions(select(option_groups=[{"label": plain("A"), "options": options(2)}]))],
    "a chosen option": [
        section(accessory={"type": "radio_buttons", "options": options(3), "initial_option": options(3)[1]})
    ],
    "an overflow menu": [choice("overflow", 5)],
    "the largest table": [table(100, 20)],
    "a picture by file": [picture(slack_file={"id": "F1"})],
    "a context": [
        {
            "type": "context",
            "elements": [mrkdwn("x"), {"type": "image", "alt_text": "x", "image_url": "https://x"}],
        }
    ],
    "an input in a message": [typed_in(multiline=True, max_length=3000)],
    "rich text": [
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": "x"}]}],
        }
    ],
    "a header": [{"type": "header", "text": plain("x" * 150)}],
}


@pytest.mark.parametrize("blocks", TAKEN.values(), ids=TAKEN.keys())
def test_slack_takes(blocks: list[Json]) -> None:
    assert problems_in_message(blocks) == []


@pytest.mark.parametrize(("blocks", "said", "where"), REFUSED.values(), ids=REFUSED.keys())
def test_slack_refuses(blocks: Any, said: str, where: str) -> None:
    problems = problems_in_message(blocks)

    assert any(said in problem and f"{where}]" in problem for problem in problems), problems


@pytest.mark.parametrize("blocks", TAKEN.values(), ids=TAKEN.keys())
def test_slacks_own_library_takes_what_we_take(blocks: list[Json]) -> None:
    assert list(against(blocks)) == []


def test_slacks_own_library_is_asked() -> None:
    assert list(against([section("x" * 3001)])) == ["section: text attribute cannot exceed 3000 characters"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["type", "text", "elements", "block_id", "options", "rows"]), inner, max_size=4
        )
    ),
    max_leaves=12,
)
KINDS = st.sampled_from(["section", "actions", "input", "context", "table", "carousel", "container"])


@examples(60)
@given(
    st.lists(st.builds(lambda kind, rest: {**rest, "type": kind}, KINDS, st.dictionaries(st.text(), JSON)))
)
def test_nonsense_is_refused_and_never_breaks_anything(blocks: list[Json]) -> None:
    assert bool(problems_in_message(blocks)) is bool(blocks)


@examples(40)
@given(st.integers(0, 3100))
def test_a_section_is_taken_exactly_up_to_its_limit(length: int) -> None:
    assert (problems_in_message([section("x" * length)]) == []) is (1 <= length <= 3000)
