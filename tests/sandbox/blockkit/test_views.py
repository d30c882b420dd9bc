"""What Slack refuses in forms and in the Home tab, rule by rule, and what it takes."""

from typing import Any

import pytest

from bot.sandbox.blockkit.blocks import is_too_large, problems_in_view
from tests.sandbox.parts import (
    Json,
    plain,
    section,
    table,
    typed_in,
)


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Title"), "blocks": list(blocks), **more}


REFUSED_VIEWS = {
    "a title too long": (modal(section()) | {"title": plain("x" * 25)}, "must be less than 25 characters"),
    "no title": ({"type": "modal", "blocks": [section()]}, "missing required field: title"),
    "no blocks": (modal(), "no fewer than 1 items allowed"),
    "101 blocks": (modal(*[section()] * 101), "no more than 100 items allowed"),
    "an input without submit": (modal(typed_in()), "submit is required when there is an input block"),
    "private metadata too long": (
        modal(section(), private_metadata="x" * 3001),
        "must be less than 3001 characters",
    ),
    "a callback id too long": (modal(section(), callback_id="x" * 256), "must be less than 256 characters"),
    "a submit too long": (modal(section(), submit=plain("x" * 25)), "must be less than 25 characters"),
    "a table in a modal": (modal(table()), "unsupported type: table"),
    "a table on Home": ({"type": "home", "blocks": [table()]}, "unsupported type: table"),
    "an alert of 201 characters": (modal({"type": "alert", "text": plain("x" * 201)}), "less than 201"),
    "a home with a title": (
        {"type": "home", "title": plain("x"), "blocks": []},
        "invalid additional property: title",
    ),
    "no known type": ({"type": "page", "blocks": []}, "unsupported type: page"),
    "one block id twice": (modal(section(block_id="a"), section(block_id="a")), "block_id already exists: a"),
}


@pytest.mark.parametrize(("view", "said"), REFUSED_VIEWS.values(), ids=REFUSED_VIEWS.keys())
def test_slack_refuses_a_view(view: Json, said: str) -> None:
    assert any(said in problem for problem in problems_in_view(view))


def test_slack_takes_a_form_and_a_home() -> None:
    assert problems_in_view(modal(typed_in(), submit=plain("Save"), notify_on_close=True)) == []
    assert problems_in_view({"type": "home", "blocks": [section()]}) == []


def test_a_view_may_have_250_kilobytes() -> None:
    rows = [section("x" * 2900, block_id=str(number)) for number in range(82)]

    assert not is_too_large(modal(*rows))
    assert is_too_large(modal(*rows, *[section("x" * 3000)] * 4))
