"""Filling a modal: which input is meant, and what Slack says before it sends anything."""

import re
from collections.abc import Callable
from typing import Any

from bot.sandbox.people.screen import Control, controls
from bot.sandbox.people.values import KINDS, TYPED, entered, is_empty
from bot.sandbox.state import Json, View

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = re.compile(r"https?://\S+")


def inputs(view: View) -> list[Control]:
    """Everything in the view that holds a value."""
    return list(controls(view, frozenset(KINDS)))


def input_named(view: View, name: str) -> Control | None:
    """The input with this block id, action id or label, looked for in that order."""
    for key in (_block_id, _action_id):
        for control in inputs(view):
            if key(control) == name:
                return control
    return next((control for control in inputs(view) if control.is_called(name)), None)


def _block_id(control: Control) -> str:
    return str(control.block["block_id"])


def _action_id(control: Control) -> str:
    return str(control.element["action_id"])


def enter(view: View, control: Control, value: Any) -> Json:
    """The state value now held."""
    state = entered(control.element, value)
    view.values[control.block["block_id"]][control.element["action_id"]] = state
    return state


def held(view: View, control: Control) -> Json:
    """The state value as it stands."""
    return view.values[control.block["block_id"]][control.element["action_id"]]


def tells_at_once(control: Control) -> bool:
    """Whether a change is sent without a press of the button; of a typed one, only where each character counts."""
    if not control.block.get("dispatch_action"):
        return False
    wanted = (control.element.get("dispatch_action_config") or {}).get("trigger_actions_on")
    return KINDS[control.element["type"]] is not TYPED or "on_character_entered" in (wanted or ())


def complaints(view: View) -> dict[str, str]:
    """What Slack itself says under the inputs, by block id; the app hears nothing while there is anything."""
    found = {}
    for control in inputs(view):
        if control.block["type"] != "input":
            continue
        state = view.values[control.block["block_id"]][control.element["action_id"]]
        if said := _complaint(control, state):
            found[_block_id(control)] = said
    return found


def _complaint(control: Control, state: Json) -> str:
    if is_empty(state):
        return "" if control.block.get("optional") else "Please complete this required field."
    check = CHECKS.get(control.element["type"])
    return check(control.element, state[KINDS[control.element["type"]].key]) if check else ""


def _length(element: Json, value: str) -> str:
    if len(value) > element.get("max_length", 3000):
        return f"Please use no more than {element.get('max_length', 3000)} characters."
    if len(value) < element.get("min_length", 0):
        return f"Please use at least {element['min_length']} characters."
    return ""


def _email(_: Json, value: str) -> str:
    return "" if EMAIL.fullmatch(value) else "Please enter a valid email address."


def _url(_: Json, value: str) -> str:
    return "" if URL.fullmatch(value) else "Please enter a valid URL."


def _number(element: Json, value: str) -> str:
    pattern = r"-?\d+(\.\d+)?" if element.get("is_decimal_allowed") else r"-?\d+"
    if not re.fullmatch(pattern, value):
        return "Please enter a valid number."
    least, most = float(element.get("min_value", "-inf")), float(element.get("max_value", "inf"))
    return "" if least <= float(value) <= most else "Please enter a number within the limits."


def _count(element: Json, value: list[Any]) -> str:
    most = element.get("max_selected_items") or element.get("max_files")
    return f"Please choose no more than {most}." if most and len(value) > most else ""


CHECKS: dict[str, Callable[[Json, Any], str]] = {
    "plain_text_input": _length,
    "email_text_input": _email,
    "url_text_input": _url,
    "number_input": _number,
    "file_input": _count,
    **{kind: _count for kind in KINDS if kind.startswith("multi_")},
}
