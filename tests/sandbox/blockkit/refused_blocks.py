"""Blocks that Slack refuses, and what it says of each."""

from tests.sandbox.parts import (
    actions,
    button,
    choice,
    context,
    mrkdwn,
    option,
    options,
    picture,
    plain,
    section,
    select,
    table,
    typed_in,
)

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
