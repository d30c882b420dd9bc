"""What a person has before them, and where in it the thing is that they mean."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.sandbox.blockkit.blocks import elements_of
from bot.sandbox.people.text import text_of
from bot.sandbox.people.values import KINDS, NotOnScreen
from bot.sandbox.state import Json, Message, Person, View, Workspace

Surface = Message | View

BUTTONS = frozenset({"button", "icon_button", "workflow_button"})
MENUS = frozenset(KINDS) | {"overflow"}
MOST_SHOWN = 5


@dataclass(frozen=True, slots=True)
class Control:
    """One element a person can act on, with the surface and block it stands in."""

    surface: Surface
    block: Json
    element: Json
    row: str
    """The text beside it: its own block's and the one above."""

    @property
    def names(self) -> list[str]:
        """All a person, or a test, may call it by."""
        texts = [
            self.element.get("text"),
            self.block.get("label"),
            self.element.get("placeholder"),
            self.block.get("text"),
        ]
        named = [str(text["text"]) for text in texts if isinstance(text, dict)]
        return [*named, str(self.element.get("action_id", "")), str(self.block["block_id"])]

    def is_called(self, name: str) -> bool:
        return any(normal(name) == normal(known) for known in self.names)


def normal(name: str) -> str:
    """Names compared as words: `how_it_ended` is "How it ended?"."""
    return re.sub(r"\W+", "_", name.casefold()).strip("_")


def messages_of(workspace: Workspace, person: Person) -> list[Message]:
    """Every message this person can read, ephemeral ones for them included, oldest first."""
    found = [
        message
        for channel in workspace.channels.values()
        if person.id in channel.members
        for message in channel.messages
        if message.seen_only_by in (None, person.id)
    ]
    return sorted(found, key=lambda message: message.ts)


def in_front(workspace: Workspace, person: Person) -> list[Surface]:
    """What this person can act on, newest first. An open modal covers everything else."""
    if person.modals:
        return [person.modals[-1]]
    surfaces: list[Surface] = list(messages_of(workspace, person))
    if person.home:
        surfaces.append(person.home)
    return sorted(surfaces, key=shown_at, reverse=True)


def shown_at(surface: Surface) -> str:
    return surface.ts if isinstance(surface, Message) else surface.shown_at


def controls(surface: Surface, kinds: frozenset[str]) -> Iterator[Control]:
    """The elements of these kinds, top to bottom."""
    above = ""
    for block in surface.blocks:
        own = text_of([block])
        for element in elements_of(block):
            if element.get("type") in kinds:
                yield Control(surface, block, element, f"{above}\n{own}")
        above = own


def find(surfaces: list[Surface], kinds: frozenset[str], name: str, beside: str = "") -> Control | None:
    """The one so called on the newest surface that has it; raises `NotOnScreen` where that has several."""
    for surface in surfaces:
        called = [c for c in controls(surface, kinds) if c.is_called(name) and beside in c.row]
        if len(called) > 1:  # what stands in the same block counts for more than what stands above it
            called = [c for c in called if beside and beside in text_of([c.block])] or called
        if len(called) > 1:
            rows = "; ".join(control.row.strip().replace("\n", " / ") for control in called)
            raise NotOnScreen(f"{len(called)} things are called {name!r}: say which with beside=… ({rows})")
        if called:
            return called[0]
    return None


def described(surfaces: list[Surface]) -> str:
    """What is visible, for the sentence that says why something was not found."""
    shown = [f"--- {_title(surface)}\n{text_of(surface)}" for surface in surfaces[:MOST_SHOWN]]
    return "\n".join(shown) or "(nothing)"


def _title(surface: Surface) -> str:
    if isinstance(surface, View):
        return str(surface.body["type"])
    return f"{'only visible to you, ' if surface.seen_only_by else ''}message in {surface.channel}"
