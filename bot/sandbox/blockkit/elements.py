"""What Slack allows in each block element and composition object: its fields, their limits, what must be there."""

from typing import Any

from bot.sandbox.blockkit.rules import (
    Anything,
    Fields,
    Flag,
    Items,
    Number,
    OneOf,
    Report,
    Rule,
    Shape,
    Str,
    Typed,
    exactly_one,
    text,
)

PLAIN = "plain_text"
ACTION_ID: Fields = {"action_id": Str(255, 1)}
URL = Str(3000, 1)

CONFIRM = Shape(
    {"title": text(100, PLAIN), "text": text(300), "confirm": text(30, PLAIN), "deny": text(30, PLAIN)},
    {"style": OneOf(("primary", "danger"))},
)
SLACK_FILE = Shape({}, {"id": Str(), "url": URL}, exactly_one("id", "url"))


def _option(*kinds: str, url: bool = False) -> Shape:
    extra: dict[str, Rule] = {"description": text(75, *kinds)}
    if url:
        extra["url"] = URL
    return Shape({"text": text(75, *kinds), "value": Str(150, 1)}, extra)


def _offered(element: dict[str, Any]) -> list[Any]:
    groups = element.get("option_groups") or []
    grouped = [option for group in groups if isinstance(group, dict) for option in group.get("options") or []]
    return [*(element.get("options") or []), *grouped]


def _initial_options_are_offered(element: dict[str, Any], at: str, report: Report) -> None:
    offered = _offered(element)
    initial = (
        [element["initial_option"]] if "initial_option" in element else element.get("initial_options") or []
    )
    if any(option not in offered for option in initial):
        report("the initial option is not among the options", at)
    values = [option.get("value") for option in offered if isinstance(option, dict)]
    if len(values) != len(set(values)):
        report("option values must be unique", at)


def _static(element: dict[str, Any], at: str, report: Report) -> None:
    exactly_one("options", "option_groups")(element, at, report)
    _initial_options_are_offered(element, at, report)


PLAIN_OPTION = _option(PLAIN)
TEXT_OPTION = _option()
GROUPS = Items(Shape({"label": text(75, PLAIN), "options": Items(PLAIN_OPTION, 100)}), 100)
INPUT: Fields = {**ACTION_ID, "focus_on_load": Flag()}
WITH_PLACEHOLDER: Fields = {**INPUT, "placeholder": text(150, PLAIN)}
CHOICE: Fields = {**WITH_PLACEHOLDER, "confirm": CONFIRM}
MANY: Fields = {**CHOICE, "max_selected_items": Number(1)}
OPTIONS: Fields = {"options": Items(PLAIN_OPTION, 100), "option_groups": GROUPS}
DISPATCH: Fields = {"dispatch_action_config": Shape({}, {"trigger_actions_on": Items(Str(), 2)})}
FILTER = Shape(
    {}, {"include": Items(Str(), 4), "exclude_external_shared_channels": Flag(), "exclude_bot_users": Flag()}
)
FROM_CONVERSATIONS: Fields = {"filter": FILTER, "default_to_current_conversation": Flag()}
RESPONSE_URL: Fields = {"response_url_enabled": Flag()}

BUTTON = Shape(
    {"text": text(75, PLAIN)},
    {
        **ACTION_ID,
        "url": URL,
        "value": Str(2000),
        "style": OneOf(("primary", "danger")),
        "confirm": CONFIRM,
        "accessibility_label": Str(75),
        "agent_prompt": Str(4000),
        "agent_prompt_display": Str(4000),
        "visible_to_user_ids": Items(Str(), 100),
    },
)
FEEDBACK = Shape({"text": text(75, PLAIN), "value": Str(2000)}, {"accessibility_label": Str(75)})
IMAGE = Shape(
    {"alt_text": Str(2000)},
    {"image_url": URL, "slack_file": SLACK_FILE},
    exactly_one("image_url", "slack_file"),
)


def _typed_in(**limits: Rule) -> Shape:
    return Shape({}, {**WITH_PLACEHOLDER, **DISPATCH, "initial_value": Str(3000), **limits})


ELEMENTS: dict[str, Rule] = {
    "button": BUTTON,
    "image": IMAGE,
    "overflow": Shape({"options": Items(_option(PLAIN, url=True), 5)}, {**ACTION_ID, "confirm": CONFIRM}),
    "workflow_button": Shape(
        {"text": text(75, PLAIN), "workflow": Anything()},
        {**ACTION_ID, "style": OneOf(("primary", "danger")), "accessibility_label": Str(75)},
    ),
    "icon_button": Shape(
        {"text": text(75, PLAIN), "icon": Str()},
        {
            **ACTION_ID,
            "value": Str(2000),
            "confirm": CONFIRM,
            "accessibility_label": Str(75),
            "visible_to_user_ids": Items(Str(), 100),
        },
    ),
    "feedback_buttons": Shape({"positive_button": FEEDBACK, "negative_button": FEEDBACK}, ACTION_ID),
    "checkboxes": Shape(
        {"options": Items(TEXT_OPTION, 10)},
        {**INPUT, "initial_options": Items(TEXT_OPTION, 10), "confirm": CONFIRM},
        _initial_options_are_offered,
    ),
    "radio_buttons": Shape(
        {"options": Items(TEXT_OPTION, 10)},
        {**INPUT, "initial_option": TEXT_OPTION, "confirm": CONFIRM},
        _initial_options_are_offered,
    ),
    "static_select": Shape({}, {**CHOICE, **OPTIONS, "initial_option": PLAIN_OPTION}, _static),
    "multi_static_select": Shape(
        {}, {**MANY, **OPTIONS, "initial_options": Items(PLAIN_OPTION, 100)}, _static
    ),
    "external_select": Shape({}, {**CHOICE, "initial_option": PLAIN_OPTION, "min_query_length": Number(0)}),
    "multi_external_select": Shape(
        {}, {**MANY, "initial_options": Items(PLAIN_OPTION, 100), "min_query_length": Number(0)}
    ),
    "users_select": Shape({}, {**CHOICE, "initial_user": Str(255, 1)}),
    "multi_users_select": Shape({}, {**MANY, "initial_users": Items(Str(255, 1), 1000)}),
    "channels_select": Shape({}, {**CHOICE, **RESPONSE_URL, "initial_channel": Str(255, 1)}),
    "multi_channels_select": Shape({}, {**MANY, "initial_channels": Items(Str(255, 1), 1000)}),
    "conversations_select": Shape(
        {}, {**CHOICE, **RESPONSE_URL, **FROM_CONVERSATIONS, "initial_conversation": Str(255, 1)}
    ),
    "multi_conversations_select": Shape(
        {}, {**MANY, **FROM_CONVERSATIONS, "initial_conversations": Items(Str(255, 1), 1000)}
    ),
    "datepicker": Shape({}, {**CHOICE, "initial_date": Str(10, 10)}),
    "timepicker": Shape({}, {**CHOICE, "initial_time": Str(5, 5), "timezone": Str()}),
    "datetimepicker": Shape(
        {}, {**INPUT, "confirm": CONFIRM, "initial_date_time": Number(10**9, 10**10 - 1)}
    ),
    "plain_text_input": _typed_in(multiline=Flag(), min_length=Number(0, 3000), max_length=Number(1, 3000)),
    "email_text_input": _typed_in(),
    "url_text_input": _typed_in(),
    "number_input": Shape(
        {"is_decimal_allowed": Flag()},
        {**WITH_PLACEHOLDER, **DISPATCH, "initial_value": Str(), "min_value": Str(), "max_value": Str()},
    ),
    "rich_text_input": Shape(
        {},
        {
            **WITH_PLACEHOLDER,
            **DISPATCH,
            "initial_value": Anything(),
            "min_lines": Number(1),
            "max_lines": Number(1),
        },
    ),
    "file_input": Shape({}, {**ACTION_ID, "filetypes": Items(Str(), 100), "max_files": Number(1, 10)}),
}

SELECTS = frozenset(name for name in ELEMENTS if name.endswith("_select"))
PICKERS = frozenset({"datepicker", "timepicker"})
CHOICES = SELECTS | PICKERS | {"checkboxes", "radio_buttons"}
IN_SECTION = CHOICES | {"button", "image", "overflow", "workflow_button"}
IN_ACTIONS = CHOICES | {"button", "datetimepicker", "overflow", "rich_text_input", "workflow_button"}
IN_INPUT = (
    CHOICES
    | {"datetimepicker", "plain_text_input", "email_text_input", "url_text_input", "number_input"}
    | {
        "rich_text_input",
        "file_input",
    }
)
IN_CONTEXT_ACTIONS = frozenset({"feedback_buttons", "icon_button"})


def element(allowed: frozenset[str]) -> Typed:
    """The rule for a place where only these element types may stand."""
    return Typed(ELEMENTS, allowed)
