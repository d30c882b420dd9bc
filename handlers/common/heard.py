"""One interaction as a listener is given it: who did what, how to answer, and the way to the workspace's books.

Bolt hands every listener its arguments by name; `typed`, `clicked` and `submitted` gather them into one value.
What a listener raises before it has acknowledged is Bolt's to answer (`handlers.common.errors`); what it raises
afterwards is told here, for Bolt looks for an acknowledgement a hundred times a second, and one whose listener fails
before it has looked is taken back.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from slack_bolt import Ack, Respond
from slack_sdk import WebClient

from bot.core.clock import Clock
from handlers.common import errors
from handlers.common.late import PatientAck
from storage.books import Books
from storage.collisions import came_second
from storage.database import Database, DatabaseError


@dataclass(frozen=True, slots=True)
class Heard:
    """`now` is the moment at which it was heard; `client` speaks as the bot."""

    ack: Ack
    body: dict[str, Any]
    client: WebClient
    respond: Respond
    db: Database
    workspace_id: int
    now: datetime

    @property
    def slack_user(self) -> str:
        """Slack's id of whoever did it; a slash command tells it in a place of its own."""
        return str(self.body["user_id"] if "command" in self.body else self.body["user"]["id"])

    @property
    def trigger_id(self) -> str:
        """What a form is opened with, within three seconds."""
        return str(self.body["trigger_id"])

    def reading(self) -> AbstractContextManager[Books]:
        return self.db.reading(self.workspace_id, self.now)

    def writing(self) -> AbstractContextManager[Books]:
        return self.db.writing(self.workspace_id, self.now, by=self.slack_user)


_H = TypeVar("_H", bound=Heard)


@dataclass(frozen=True, slots=True)
class Typed(Heard):
    """A slash command, or a shortcut, which says no words."""

    @property
    def text(self) -> str:
        """What stands after the command."""
        return str(self.body.get("text") or "")

    @property
    def parts(self) -> tuple[Ack, dict[str, Any], WebClient, Respond, Database, int, datetime]:
        """What one of a kind of its own is made of."""
        return self.ack, self.body, self.client, self.respond, self.db, self.workspace_id, self.now


@dataclass(frozen=True, slots=True)
class Click(Heard):
    """A button was pressed, or something picked from a menu."""

    action: dict[str, Any]

    @property
    def value(self) -> str:
        return str(self.action["value"])

    @property
    def id(self) -> int:
        """The button's value, where it is the id of a row."""
        return int(self.value)

    @property
    def block_id(self) -> int:
        """The id of a row at the end of the block's: a menu or a picker has no value of its own."""
        return int(str(self.action["block_id"]).split()[-1])

    @property
    def is_in_view(self) -> bool:
        """Whether it was pressed in Home or in a form, and not in a message."""
        return bool(self.body["container"]["type"] == "view")


@dataclass(frozen=True, slots=True)
class Submission(Heard):
    """A form was sent; `handlers.common.forms` reads what was entered in its `view`."""

    view: dict[str, Any]

    @property
    def metadata(self) -> str:
        return str(self.view["private_metadata"])

    @property
    def id(self) -> int:
        """The form's metadata, where it is the id of a row."""
        return int(self.metadata)


def typed(answer: Callable[[Typed], None]) -> Callable[..., None]:
    """A listener to a slash command or a shortcut."""

    def listener(
        ack: Ack,
        body: dict[str, Any],
        client: WebClient,
        respond: Respond,
        db: Database,
        clock: Clock,
        workspace_id: int,
    ) -> None:
        _answered(answer, Typed(ack, body, client, respond, db, workspace_id, clock()))

    return listener


def clicked(answer: Callable[[Click], None]) -> Callable[..., None]:
    """A listener to a button or a menu."""

    def listener(
        ack: Ack,
        body: dict[str, Any],
        action: dict[str, Any],
        client: WebClient,
        respond: Respond,
        db: Database,
        clock: Clock,
        workspace_id: int,
    ) -> None:
        _answered(answer, Click(ack, body, client, respond, db, workspace_id, clock(), action))

    return listener


def submitted(answer: Callable[[Submission], None]) -> Callable[..., None]:
    """A listener to a form that was sent."""

    def listener(
        ack: Ack,
        body: dict[str, Any],
        view: dict[str, Any],
        client: WebClient,
        respond: Respond,
        db: Database,
        clock: Clock,
        workspace_id: int,
    ) -> None:
        _answered(answer, Submission(ack, body, client, respond, db, workspace_id, clock(), view))

    return listener


def _answered(answer: Callable[[_H], None], heard: _H) -> None:
    try:
        _begun(answer, heard)
    except Exception as error:
        if heard.ack.response is None:
            raise
        errors.tell_later(error, heard.body, heard.client)


TRIES = 4


def _begun(answer: Callable[[_H], None], heard: _H) -> None:
    """Who is second in the very same moment, as where a form is sent twice, is undone and begins anew: then they meet
    what the first has written, as if they had come a little later."""
    for _again in range(TRIES - 1):
        try:
            answer(heard)
        except DatabaseError as error:
            if not came_second(error) or _has_answered(heard.ack):
                raise
        else:
            return
    answer(heard)


def _has_answered(ack: Ack) -> bool:
    return ack.is_used if isinstance(ack, PatientAck) else ack.response is not None
