"""Trigger ids and response URLs: rights to act that run out."""

import secrets
import time
from dataclasses import dataclass

from bot.sandbox.state import Workspace


@dataclass(slots=True)
class Trigger:
    person: str
    view: str | None
    """The modal it was pressed in, if any: only such a trigger may push another."""
    good_until: float
    used: bool = False


@dataclass(slots=True)
class ResponseUrl:
    person: str
    channel: str
    message: str | None
    good_until: float
    uses_left: int


class Tickets:
    """What was handed out in one workspace, and how much of it is left."""

    RESPONSE_SECONDS = 30 * 60
    RESPONSE_USES = 5

    def __init__(self, workspace: Workspace) -> None:
        self.trigger_seconds = 3.0
        self._workspace = workspace
        self._triggers: dict[str, Trigger] = {}
        self._responses: dict[str, ResponseUrl] = {}
        self._sockets: set[str] = set()

    def trigger(self, person: str, view: str | None = None, seconds: float | None = None) -> str:
        """A trigger id that works once, within so many seconds of the machine's own time, or `trigger_seconds`."""
        key = f"{self._workspace.new_id('')}.{self._workspace.team.id}.{person}"
        good_for = self.trigger_seconds if seconds is None else seconds
        self._triggers[key] = Trigger(person, view, time.monotonic() + good_for)
        return key

    def exchange(self, key: str) -> Trigger | str:
        """What the trigger stands for, or the name of Slack's error."""
        trigger = self._triggers.get(key)
        if trigger is None:
            return "invalid_trigger_id"
        if trigger.used:
            return "exchanged_trigger_id"
        if time.monotonic() >= trigger.good_until:
            return "expired_trigger_id"
        trigger.used = True
        return trigger

    def response(self, person: str, channel: str, message: str | None = None) -> str:
        """The last part of a response URL; good for five uses within half an hour of the workspace's clock."""
        key = secrets.token_urlsafe(16)  # or any page in the browser could guess it and write here
        good_until = self._workspace.clock().timestamp() + self.RESPONSE_SECONDS
        self._responses[key] = ResponseUrl(person, channel, message, good_until, self.RESPONSE_USES)
        return key

    def use_response(self, key: str) -> ResponseUrl | str:
        """Where the answer goes, one use taken; or the name of Slack's error."""
        response = self._responses.get(key)
        if response is None:
            return "invalid_url"
        if self._workspace.clock().timestamp() > response.good_until:
            return "expired_url"
        if response.uses_left == 0:
            return "used_url"
        response.uses_left -= 1
        return response

    def socket(self) -> str:
        """The right to open one Socket Mode connection."""
        key = self._workspace.new_id("S")
        self._sockets.add(key)
        return key

    def use_socket(self, key: str) -> bool:
        known = key in self._sockets
        self._sockets.discard(key)
        return known
