"""What a person entered, read from a view's state as plain dicts: slack_sdk's typed views refuse newer inputs."""

from datetime import UTC, date, datetime, time
from typing import Any

from bot.blocks.ids import Input
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _

Entered = dict[str, Any]


def text(view: Entered, name: Input) -> str:
    """Blank where nothing was typed or the form has no such input."""
    return str(_element(view, name).get("value") or "").strip()


def choice(view: Entered, name: Input) -> str:
    selected = _element(view, name).get("selected_option")
    return str(selected["value"]) if selected else ""


def choices(view: Entered, name: Input) -> list[str]:
    return [str(option["value"]) for option in _element(view, name).get("selected_options") or []]


def person(view: Entered, name: Input) -> str:
    """The Slack user, blank where nobody was picked."""
    return str(_element(view, name).get("selected_user") or "")


def people(view: Entered, name: Input) -> list[str]:
    """Slack users."""
    return [str(user) for user in _element(view, name).get("selected_users") or []]


def each_choice(view: Entered, name: Input) -> dict[str, str]:
    """What was chosen in each element of that name, by its block's id."""
    values: dict[str, dict[str, Any]] = view["state"]["values"]
    asked = {block: inputs[name] for block, inputs in values.items() if name in inputs}
    return {block: str(given["selected_option"]["value"]) for block, given in asked.items()}


def day(view: Entered, name: Input) -> date | None:
    selected = _element(view, name).get("selected_date")
    return date.fromisoformat(selected) if selected else None


def time_of_day(view: Entered, name: Input) -> time:
    """Raises BadInput where none was picked."""
    selected = str(_element(view, name).get("selected_time") or "")
    if not selected:
        raise BadInput(_("Please pick a time."), field=name)
    return time.fromisoformat(selected)


def conversation(view: Entered, name: Input) -> str:
    """A channel's id, blank where none was picked."""
    return str(_element(view, name).get("selected_conversation") or "")


def moment(view: Entered, name: Input) -> datetime | None:
    """In UTC, to the minute."""
    selected = _element(view, name).get("selected_date_time")
    return datetime.fromtimestamp(selected, UTC) if selected else None


def _element(view: Entered, name: Input) -> dict[str, Any]:
    """The one element in the input's block."""
    found: dict[str, Any] = view["state"]["values"].get(name, {}).get(name, {})
    return found
