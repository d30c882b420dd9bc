"""What Slack refuses in blocks and views, rule by rule, and what it takes."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.sandbox.blockkit.blocks import is_too_large, problems_in_message, problems_in_view
from tests.support.judged import against
from tests.support.properties import examples

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: str = "Yes", value: str = "yes", **more: Any) -> Json:
    return {"text": plain(text), "value": value, **more}


def options(count: int) -> list[Json]:
    return [option(value=str(number)) for number in range(count)]


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def button(text: str = "Go", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), **more}


def section(text: str = "Hello", **more: Any) -> Json:
    return {"type": "section", "text": mrkdwn(text), **more}


def select(**more: Any) -> Json:
    return {"type": "static_select", **more}


def typed_in(**more: Any) -> Json:
    return {"type": "input", "label": plain("Why"), "element": {"type": "plain_text_input", **more}}


def table(rows: int = 2, columns: int = 2, text: str = "x") -> Json:
    return {"type": "table", "rows": [[{"type": "raw_text", "text": text}] * columns] * rows}


def words(*, of: str) -> Json:
    return {
        "type": "rich_text",
        "elements": [{"type": "rich_text_section", "elements": [{"type": "text", "text": of}]}],
    }


def picture(**source: Any) -> Json:
    return {"type": "image", "alt_text": "x", **source}


def confirm(text: str) -> Json:
    return {"title": plain("Sure?"), "text": plain(text), "confirm": plain("Yes"), "deny": plain("No")}


def choice(kind: str, count: int, **more: Any) -> Json:
    return section(accessory={"type": kind, "options": options(count), **more})


def context(*elements: Json) -> Json:
    return {"type": "context", "elements": list(elements)}


def modal(*blocks: Json, **more: Any) -> Json:
    return {"type": "modal", "title": plain("Title"), "blocks": list(blocks), **more}


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

REFUSED = {
    "a section too long": ([section("x" * 3001)], "must be less than 3001 characters", "/blocks/0/text/text"),
    "an empty section": ([section("")], "must be more than 0 characters", "/blocks/0/text/text"),
    "a section of nothing": ([{"type": "section"}], "text or fields is needed", "/blocks/0"),
    "eleven fields": (
        [{"type": "section", "fields": [mrkdwn("x")] * 11}],
        "no more than 10 items allowed",
        "/fields",
    ),
    "a field too long": (
        [{"type": "section", "fields": [mrkdwn("x" * 2001)]}],
        "less than 2001",
        "/fields/0/text",
    ),
    "a header too long": ([{"type": "header", "text": plain("x" * 151)}], "less than 151", "/text/text"),
    "a header in mrkdwn": (
        [{"type": "header", "text": mrkdwn("x")}],
        "unsupported type: mrkdwn",
        "/text/type",
    ),
    "an empty context": ([context()], "no fewer than 1 items", "/elements"),
    "eleven in a context": (
        [context(*[mrkdwn("x")] * 11)],
        "no more than 10 items",
        "/elements",
    ),
    "no actions": ([actions()], "no fewer than 1 items allowed", "/elements"),
    "26 actions": ([actions(*[button()] * 26)], "no more than 25 items allowed", "/elements"),
    "a button too long": (
        [actions(button("x" * 76))],
        "must be less than 76 characters",
        "/elements/0/text/text",
    ),
    "a button value too long": (
        [actions(button(value="x" * 2001))],
        "must be less than 2001 characters",
        "/value",
    ),
    "a button in no known style": (
        [actions(button(style="loud"))],
        "must be one of: primary, danger",
        "/style",
    ),
    "an action id too long": (
        [actions(button(action_id="x" * 256))],
        "must be less than 256 characters",
        "/action_id",
    ),
    "a block id too long": ([section(block_id="x" * 256)], "must be less than 256 characters", "/block_id"),
    "a field nobody knows": ([section(colour="red")], "invalid additional property: colour", "/blocks/0"),
    "a block nobody knows": ([{"type": "banner"}], "unsupported type: banner", "/blocks/0/type"),
    "an element out of place": (
        [actions({"type": "plain_text_input"})],
        "unsupported type: plain_text_input",
        "/type",
    ),
    "101 options": ([actions(select(options=options(101)))], "no more than 100 items allowed", "/options"),
    "a menu of nothing": (
        [actions(select())],
        "exactly one of these fields is needed: options, option_groups",
        "",
    ),
    "an option too long": (
        [actions(select(options=[option("x" * 76)]))],
        "less than 76 characters",
        "/text/text",
    ),
    "an option value too long": (
        [actions(select(options=[option(value="x" * 151)]))],
        "less than 151",
        "/value",
    ),
    "options of one value": (
        [actions(select(options=[option(), option()]))],
        "option values must be unique",
        "",
    ),
    "a choice not offered": (
        [actions(select(options=options(2), initial_option=option()))],
        "the initial option is not among the options",
        "/blocks/0/elements/0",
    ),
    "eleven radio buttons": (
        [choice("radio_buttons", 11)],
        "more than 10",
        "/options",
    ),
    "eleven checkboxes": (
        [choice("checkboxes", 11)],
        "no more than 10 items",
        "/options",
    ),
    "six in an overflow": (
        [choice("overflow", 6)],
        "more than 5",
        "/options",
    ),
    "a placeholder too long": (
        [actions(select(options=options(1), placeholder=plain("x" * 151)))],
        "than 151",
        "",
    ),
    "a confirmation too long": (
        [
            actions(
                button(
                    confirm={
                        "title": plain("x"),
                        "text": plain("x" * 301),
                        "confirm": plain("y"),
                        "deny": plain("n"),
                    }
                )
            )
        ],
        "must be less than 301 characters",
        "/confirm/text/text",
    ),
    "an input without a limit": (
        [typed_in(max_length=3001)],
        "must be between 1 and 3000",
        "/element/max_length",
    ),
    "a picture twice": (
        [picture(image_url="u", slack_file={"id": "F1"})],
        "exactly one",
        "",
    ),
    "a picture without words": (
        [{"type": "image", "image_url": "u"}],
        "missing required field: alt_text",
        "/blocks/0",
    ),
    "a 101st row": ([table(101)], "no more than 100 items allowed", "/rows"),
    "a 21st column": ([table(columns=21)], "no more than 20 items allowed", "/rows/0"),
    "an empty cell": ([table(text="")], "must be more than 0 characters", "/rows/0/0/text"),
    "a second table": ([table(), table()], "only 1 allowed: table", "/blocks"),
    "51 blocks": ([{"type": "divider"}] * 51, "no more than 50 items allowed", "/blocks"),
    "one block id twice": (
        [section(block_id="a"), section(block_id="a")],
        "block_id already exists: a",
        "/blocks",
    ),
    "one action id twice": (
        [actions(button(action_id="a"), button(action_id="a"))],
        "action_id already exists",
        "",
    ),
    "markdown too long in sum": (
        [{"type": "markdown", "text": "x" * 6001}] * 2,
        "less than 12001",
        "/blocks",
    ),
    "a card with a fourth button": (
        [{"type": "card", "title": plain("x"), "actions": [button(action_id=str(n)) for n in range(4)]}],
        "no more than 3 items allowed",
        "/blocks/0/actions",
    ),
    "an alert in a message": (
        [{"type": "alert", "text": plain("x")}],
        "unsupported type: alert",
        "/blocks/0/type",
    ),
    "no list at all": ({"type": "divider"}, "must be an array", "/blocks"),
    "a null among the blocks": ([None], "unsupported type", "/blocks/0/type"),
}

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


@pytest.mark.parametrize("blocks", TAKEN.values(), ids=TAKEN.keys())
def test_slack_takes(blocks: list[Json]) -> None:
    assert problems_in_message(blocks) == []


@pytest.mark.parametrize(("blocks", "said", "where"), REFUSED.values(), ids=REFUSED.keys())
def test_slack_refuses(blocks: Any, said: str, where: str) -> None:
    problems = problems_in_message(blocks)

    assert any(said in problem and f"{where}]" in problem for problem in problems), problems


@pytest.mark.parametrize(("view", "said"), REFUSED_VIEWS.values(), ids=REFUSED_VIEWS.keys())
def test_slack_refuses_a_view(view: Json, said: str) -> None:
    assert any(said in problem for problem in problems_in_view(view))


def test_slack_takes_a_form_and_a_home() -> None:
    assert problems_in_view(modal(typed_in(), submit=plain("Save"), notify_on_close=True)) == []
    assert problems_in_view({"type": "home", "blocks": [section()]}) == []


@pytest.mark.parametrize("blocks", TAKEN.values(), ids=TAKEN.keys())
def test_slacks_own_library_takes_what_we_take(blocks: list[Json]) -> None:
    assert list(against(blocks)) == []


def test_slacks_own_library_is_asked() -> None:
    assert list(against([section("x" * 3001)])) == ["section: text attribute cannot exceed 3000 characters"]


def test_a_view_may_have_250_kilobytes() -> None:
    rows = [section("x" * 2900, block_id=str(number)) for number in range(82)]

    assert not is_too_large(modal(*rows))
    assert is_too_large(modal(*rows, *[section("x" * 3000)] * 4))


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
