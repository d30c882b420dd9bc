"""One call of a Web API method: who calls, with which arguments, and what every method asks of it."""

import base64
import binascii
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from bot.sandbox.state import Channel, ChannelKind, Installation, Json, Message, Person, Workspace
from bot.sandbox.tickets import Tickets

FALSE = ("", "0", "false", "False", "null")

READ_SCOPES = {
    ChannelKind.PUBLIC: "channels",
    ChannelKind.PRIVATE: "groups",
    ChannelKind.IM: "im",
    ChannelKind.MPIM: "mpim",
}


class SlackError(Exception):
    """The answer `{"ok": false, "error": code}`, with whatever else Slack adds to it."""

    def __init__(self, code: str, **extra: Any) -> None:
        super().__init__(code)
        self.code = code
        self.extra = extra

    @classmethod
    def with_messages(cls, code: str, messages: list[str]) -> "SlackError":
        return cls(code, errors=messages, response_metadata={"messages": messages})


class Token(Enum):
    """Which token a method wants."""

    BOT = auto()
    APP = auto()
    NONE = auto()


@dataclass(frozen=True, slots=True)
class Call:
    """A call in hand. The workspace's lock is held while it is answered."""

    workspace: Workspace
    tickets: Tickets
    app: Installation
    args: Json

    @property
    def url(self) -> str:
        return self.workspace.url

    def text(self, name: str) -> str:
        """The argument as a string, "" where it is not given."""
        value = self.args.get(name)
        return "" if value is None else str(value)

    def flag(self, name: str) -> bool:
        value = self.args.get(name)
        return value is not None and str(value) not in FALSE

    def needed(self, name: str) -> str:
        if not (value := self.text(name)):
            raise SlackError.with_messages("invalid_arguments", [f"[ERROR] missing required field: {name}"])
        return value

    def names(self, name: str) -> list[str]:
        """A list given as a JSON array or with commas."""
        value = self.args.get(name) or []
        return (
            [str(one) for one in value]
            if isinstance(value, list)
            else [s for s in str(value).split(",") if s]
        )

    def json(self, name: str, error: str = "invalid_json") -> Any:
        """The argument as JSON, decoded if it came as a form field; None where it is not given."""
        value = self.args.get(name)
        if not isinstance(value, str) or value == "":
            return value or None
        try:
            return json.loads(value)
        except json.JSONDecodeError:
            raise SlackError(error) from None

    def need_scope(self, *scopes: str) -> None:
        """Refuses, as Slack does, an app that was not given every one of these scopes."""
        missing = [scope for scope in scopes if scope not in self.app.scopes]
        if missing:
            raise SlackError(
                "missing_scope", needed=",".join(missing), provided=",".join(sorted(self.app.scopes))
            )

    def person(self, name: str = "user") -> Person:
        person = self.workspace.people.get(self.text(name))
        if person is None:
            raise SlackError("user_not_found")
        return person

    def channel(self, name: str = "channel") -> Channel:
        """The channel named by id, if this app may know that it exists."""
        channel = self.workspace.channels.get(self.text(name))
        if channel is None or not self.sees(channel):
            raise SlackError("channel_not_found")
        return channel

    def sees(self, channel: Channel) -> bool:
        return channel.kind is ChannelKind.PUBLIC or self.app.bot_user in channel.members

    def own_message(self, error: str) -> Message:
        """The app's own message named by channel and ts; `error` if it is somebody else's."""
        message = self.workspace.message(self.channel(), self.needed("ts"))
        if message is None or message.seen_only_by:
            raise SlackError("message_not_found")
        if message.app is None or message.app.app_id != self.app.app_id:
            raise SlackError(error)
        return message

    def page(self, items: Sequence[Any], default: int = 100, most: int = 1000) -> tuple[list[Any], Json]:
        """The part of `items` that limit and cursor ask for, and the `response_metadata` that leads on."""
        limit = int(self.text("limit") or default)
        if not 1 <= limit <= most:
            raise SlackError("invalid_limit")
        start = _offset(self.text("cursor"))
        more = start + limit < len(items)
        cursor = base64.b64encode(f"next:{start + limit}".encode()).decode() if more else ""
        return list(items[start : start + limit]), {"next_cursor": cursor}


def _offset(cursor: str) -> int:
    if not cursor:
        return 0
    try:
        return int(base64.b64decode(cursor, validate=True).decode().removeprefix("next:"))
    except (binascii.Error, UnicodeDecodeError, ValueError):
        raise SlackError("invalid_cursor") from None


@dataclass(frozen=True, slots=True)
class Method:
    """A Web API method: what answers it, the token it wants and the scope it always needs."""

    answer: Callable[[Call], Json]
    scope: str = ""
    token: Token = Token.BOT
