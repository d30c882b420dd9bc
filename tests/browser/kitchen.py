"""One of every element that the page draws, as an app would send them."""

from typing import Any

from tests.sandbox.parts import Json, plain


def options(*names: str) -> list[Json]:
    return [{"text": plain(name), "value": name.lower()} for name in names]


def field(name: str, kind: str, **more: Any) -> Json:
    element = {"type": kind, "action_id": f"the_{name}", **more}
    return {"type": "input", "block_id": name, "label": plain(name.title()), "element": element}


FORM: Json = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("Everything"),
    "submit": plain("Save"),
    "blocks": [
        field("words", "plain_text_input", multiline=True),
        field("email", "email_text_input"),
        field("number", "number_input", is_decimal_allowed=False),
        field("radio", "radio_buttons", options=options("North", "South")),
        field("boxes", "checkboxes", options=options("Red", "Green", "Blue")),
        field("menu", "static_select", options=options("One", "Two")),
        field("many", "multi_static_select", options=options("Cat", "Dog", "Cow")),
        field("person", "users_select"),
        field("people", "multi_users_select"),
        field("channel", "channels_select"),
        field("day", "datepicker"),
        field("time", "timepicker"),
        field("moment", "datetimepicker"),
        field("left", "plain_text_input", initial_value="as it was") | {"optional": True},
    ],
}

CONFIRM = {
    "title": plain("Really?"),
    "text": plain("It is gone then."),
    "confirm": plain("Erase"),
    "deny": plain("Keep"),
}
GROUPS = [
    {"label": plain("Old"), "options": options("Ann")},
    {"label": plain("New"), "options": options("Bob")},
]
ACTIONS = [
    {"type": "button", "action_id": "press", "text": plain("Press me"), "value": "7"},
    {"type": "button", "action_id": "erase", "text": plain("Erase it"), "value": "8", "confirm": CONFIRM},
    {
        "type": "static_select",
        "action_id": "choose",
        "placeholder": plain("Choose one"),
        "option_groups": GROUPS,
    },
    {"type": "datepicker", "action_id": "date", "placeholder": plain("Pick a day")},
    {"type": "checkboxes", "action_id": "tick", "options": options("Tea", "Cake")},
    {"type": "overflow", "action_id": "more", "options": options("Archive", "Mute")},
]
MESSAGE: list[Json] = [
    {"type": "header", "text": plain("A header")},
    {"type": "section", "text": {"type": "mrkdwn", "text": "*bold* and <@U0>"}, "accessory": ACTIONS[0]},
    {"type": "divider"},
    {"type": "actions", "elements": ACTIONS[1:]},
    {"type": "image", "image_url": "https://pictures.example/cat.png", "alt_text": "A cat far away"},
    {"type": "table", "rows": [[{"type": "raw_text", "text": "Rep"}], [{"type": "raw_text", "text": "Ana"}]]},
    {"type": "markdown", "text": "# Not drawn"},
]
