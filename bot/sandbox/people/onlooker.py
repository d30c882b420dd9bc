"""What a person in the workspace has before them."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Self, TypeVar, overload

from bot.sandbox.people import screen
from bot.sandbox.people.screen import Surface
from bot.sandbox.people.text import text_of
from bot.sandbox.people.values import NotOnScreen
from bot.sandbox.state import Channel, File, Message, Person, View

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

Found = TypeVar("Found")
AT_LEAST = 5.0


class Onlooker:
    """Reads along; does nothing."""

    def __init__(self, sandbox: "Sandbox", person: Person) -> None:
        self._sandbox = sandbox
        self._workspace = sandbox.workspace
        self.person = person

    def __repr__(self) -> str:
        return f"<{self.person.name} {self.id}>"

    @property
    def id(self) -> str:
        return self.person.id

    @property
    def name(self) -> str:
        return self.person.name

    @property
    def email(self) -> str:
        return self.person.email

    @property
    def dm_channel(self) -> Channel:
        """The direct message with the bot, opened if need be."""
        with self._workspace.lock:
            return self._workspace.conversation_of(self._sandbox.app.bot_user, self.id)

    @property
    def dm(self) -> list[Message]:
        """What stands in the direct message with the bot, oldest first."""
        return self.reads()

    @property
    def modal(self) -> View | None:
        with self._workspace.lock:
            return self.person.modals[-1] if self.person.modals else None

    @property
    def home(self) -> View | None:
        return self.person.home

    @property
    def files(self) -> list[File]:
        """Every file shared where this person reads, oldest first."""
        with self._workspace.lock:
            return [
                file for message in screen.messages_of(self._workspace, self.person) for file in message.files
            ]

    def reads(self, channel: Channel | None = None) -> list[Message]:
        """The messages there, ephemeral ones for this person included, oldest first."""
        there = channel or self.dm_channel
        with self._workspace.lock:
            return [m for m in screen.messages_of(self._workspace, self.person) if m.channel == there.id]

    def sees(self) -> str:
        """All that is in front of this person, as text, newest first."""
        with self._workspace.lock:
            return screen.described(screen.in_front(self._workspace, self.person))

    @overload
    def waits_for(self, what: str, timeout: float | None = None) -> Surface: ...

    @overload
    def waits_for(self, what: Callable[[Self], Found], timeout: float | None = None) -> Found: ...

    def waits_for(self, what: str | Callable[[Self], Found], timeout: float | None = None) -> Surface | Found:
        """Waits for a text to be in front of this person (gives the message or view), or for a true answer.

        `timeout` in seconds; None: the sandbox's patience, five seconds at least.
        """
        seconds = max(AT_LEAST, self._sandbox.patience) if timeout is None else timeout
        found: list[Any] = []

        def true() -> bool:
            found[:] = [self._showing(what) if isinstance(what, str) else what(self)]
            return bool(found[0])

        if not self._workspace.wait_until(true, seconds):
            raise NotOnScreen(f"{self.name} waited {seconds} s for {what!r}, and sees:\n{self.sees()}")
        return found[0]  # type: ignore[no-any-return]

    def _showing(self, text: str) -> Surface | None:
        surfaces = screen.in_front(self._workspace, self.person)
        return next((surface for surface in surfaces if text in text_of(surface)), None)
