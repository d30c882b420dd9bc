"""Forms and their inputs, as short as they can be written."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

from tests.sandbox.parts import Json, plain


def button(text: str, action_id: str = "press", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def typed_in(block_id: str, label: str, **more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "text", **more.pop("element", {})}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


OUTCOMES = [{"text": plain(text), "value": text.casefold()} for text in ("Advanced", "Lost")]
OUTCOME = {
    "type": "input",
    "block_id": "outcome",
    "label": plain("How did it end?"),
    "element": {"type": "static_select", "action_id": "choice", "options": OUTCOMES},
}
DUE = {
    "type": "input",
    "block_id": "due",
    "optional": True,
    "label": plain("Next step on"),
    "element": {"type": "datepicker", "action_id": "day"},
}


def form(*blocks: Json, **more: Any) -> Json:
    body = {"type": "modal", "callback_id": "debrief", "title": plain("Debrief"), "submit": plain("Save")}
    return body | {"blocks": list(blocks)} | more


Start = Callable[[Json], AbstractContextManager[None]]
