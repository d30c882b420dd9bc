"""What an element holds: its value when it appears, and how a person's choice becomes Slack's state value."""

import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from bot.sandbox.blockkit.blocks import elements_of
from bot.sandbox.state import Json, Values


class NotOnScreen(AssertionError):
    """The person cannot do this: what they see does not offer it."""


@dataclass(frozen=True, slots=True)
class Kind:
    """The names a state value uses: `key` in the state, `initial` in the block, and whether it is a list."""

    key: str
    initial: str
    many: bool = False


OPTION, OPTIONS = (
    Kind("selected_option", "initial_option"),
    Kind("selected_options", "initial_options", many=True),
)
TYPED = Kind("value", "initial_value")
KINDS: dict[str, Kind] = {
    "plain_text_input": TYPED,
    "email_text_input": TYPED,
    "url_text_input": TYPED,
    "number_input": TYPED,
    "static_select": OPTION,
    "external_select": OPTION,
    "radio_buttons": OPTION,
    "checkboxes": OPTIONS,
    "multi_static_select": OPTIONS,
    "multi_external_select": OPTIONS,
    "users_select": Kind("selected_user", "initial_user"),
    "multi_users_select": Kind("selected_users", "initial_users", many=True),
    "channels_select": Kind("selected_channel", "initial_channel"),
    "multi_channels_select": Kind("selected_channels", "initial_channels", many=True),
    "conversations_select": Kind("selected_conversation", "initial_conversation"),
    "multi_conversations_select": Kind("selected_conversations", "initial_conversations", many=True),
    "datepicker": Kind("selected_date", "initial_date"),
    "timepicker": Kind("selected_time", "initial_time"),
    "datetimepicker": Kind("selected_date_time", "initial_date_time"),
    "rich_text_input": Kind("rich_text_value", "initial_value"),
    "file_input": Kind("files", "", many=True),
}


def with_ids(blocks: list[Json], new_id: Callable[[str], str]) -> list[Json]:
    """The same blocks, a block id and action ids given to those that came without, as Slack does."""
    named = copy.deepcopy(blocks)
    for block in named:
        block["block_id"] = block.get("block_id") or new_id("b")
        for element in elements_of(block):
            if element.get("type") in KINDS or element.get("type") in ("button", "overflow"):
                element.setdefault("action_id", new_id("a"))
    return named


def initial_values(blocks: list[Json], before: Values | None = None) -> Values:
    """What the blocks hold when they appear; what was entered before under the same ids stays."""
    values: Values = {}
    for block, element in stateful(blocks):
        block_id, action_id = block["block_id"], element["action_id"]
        kept = (before or {}).get(block_id, {}).get(action_id)
        values.setdefault(block_id, {})[action_id] = kept or _initial(element)
    return values


def stateful(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every element that holds a value, with its block."""
    for block in blocks:
        for element in elements_of(block):
            if element.get("type") in KINDS:
                yield block, element


def _initial(element: Json) -> Json:
    kind = KINDS[element["type"]]
    return {"type": element["type"], kind.key: element.get(kind.initial, [] if kind.many else None)}


def entered(element: Json, value: Any) -> Json:
    """Slack's state value for what a person entered: plain text, option texts or values, dates, people, channels."""
    kind = KINDS[element["type"]]
    if kind is OPTION or kind is OPTIONS:
        content = _chosen(element, value, many=kind.many)
    elif element["type"] == "file_input":
        content = _as_list(value)
    elif kind.many:
        content = [_plain(one) for one in _as_list(value)]
    elif element["type"] == "datetimepicker":
        content = int(value.timestamp()) if isinstance(value, datetime) else value
    elif element["type"] == "rich_text_input":
        content = _rich(str(value))
    else:
        content = _plain(value)
    return {"type": element["type"], kind.key: content}


def is_empty(state: Json) -> bool:
    return state[KINDS[state["type"]].key] in (None, "", [])


def offered(element: Json) -> list[Json]:
    """The options a menu shows, groups flattened."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(option for group in groups for option in group["options"])]


def option_named(element: Json, name: str) -> Json:
    """The option with this text or value; says what there is where there is none such."""
    for option in offered(element):
        if name in (option["text"]["text"], option["value"]):
            return option
    there = ", ".join(repr(option["text"]["text"]) for option in offered(element))
    raise NotOnScreen(f"no option {name!r}; there are: {there}")


def _chosen(element: Json, value: Any, *, many: bool) -> Any:
    if not many:
        return None if value is None else option_named(element, str(value))
    if value is True:
        return offered(element)
    return [option_named(element, str(one)) for one in _as_list(value)]


def _as_list(value: Any) -> list[Any]:
    if value is None or value is False:
        return []
    return list(value) if isinstance(value, list | tuple | set | frozenset) else [value]


def _plain(value: Any) -> Any:
    if value is None:
        return None
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, date):
        return value.isoformat()
    return str(getattr(value, "id", value))


def _rich(text: str) -> Json | None:
    if not text:
        return None
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": text}]}
    return {"type": "rich_text", "elements": [section]}
