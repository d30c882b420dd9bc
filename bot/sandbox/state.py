"""What a workspace is made of: people, channels, messages, views, files, and what may be remembered of each.

Nothing here knows HTTP. Whoever reads or changes a `Workspace` holds its lock (`with workspace.lock:`), and tells
`changed()` afterwards, so that others can wait for what they expect to see.
"""

import itertools
import secrets
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

Json = dict[str, Any]
Values = dict[str, dict[str, Json]]
"""What a person entered: block_id -> action_id -> Slack's state value."""


@dataclass(frozen=True, slots=True)
class Team:
    """Which workspace it is, as Slack names it."""

    id: str
    domain: str
    name: str


SANDBOX = Team("T0SANDBOX", "sandbox", "Sandbox")


@dataclass(frozen=True, slots=True)
class Registered:
    """The app as its maker registered it, the same in every workspace."""

    app_id: str = "A0SANDBOX"
    client_id: str = field(default_factory=lambda: f"{secrets.randbelow(10**12)}.{secrets.randbelow(10**12)}")
    client_secret: str = field(default_factory=lambda: secrets.token_hex(16))
    app_token: str = field(default_factory=lambda: f"xapp-{secrets.token_hex(12)}")
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))


class ChannelKind(StrEnum):
    PUBLIC = "public_channel"
    PRIVATE = "private_channel"
    IM = "im"
    MPIM = "mpim"


@dataclass(slots=True)
class Installation:
    """An app in the workspace. An app without a bot token only posts, as other companies' apps do."""

    app_id: str
    name: str
    bot_user: str
    bot_id: str
    scopes: frozenset[str] = frozenset()
    bot_token: str = ""
    team: Team = SANDBOX
    commands: frozenset[str] | None = None
    """Slash commands the workspace knows, with their slash; None: any."""
    hints: Mapping[str, str] = field(default_factory=dict)
    """What the workspace shows of a command while it is typed."""
    shortcuts: Mapping[str, str] = field(default_factory=dict)
    """Global shortcuts: callback id -> name."""
    workflow_tokens: set[str] = field(default_factory=set)


@dataclass(slots=True)
class File:
    id: str
    name: str
    title: str
    owner: str
    length: int
    content: bytes | None = None
    complete: bool = False
    channels: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Message:
    ts: str
    channel: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    app: Installation | None = None
    metadata: Json | None = None
    thread_ts: str | None = None
    files: list[File] = field(default_factory=list)
    edited: bool = False
    seen_only_by: str | None = None
    """The person an ephemeral message is for."""
    entered: dict[str, Values] = field(default_factory=dict)
    """Per person: what they chose in this message's menus and pickers."""


@dataclass(slots=True)
class View:
    """A modal or a Home tab as the app sent it (`body`, block and action ids filled in), and what is entered in it."""

    id: str
    owner: str
    body: Json
    hash: str
    shown_at: str
    values: Values = field(default_factory=dict)
    root_id: str = ""
    previous_id: str | None = None

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.body["blocks"]
        return blocks

    @property
    def callback_id(self) -> str:
        return str(self.body.get("callback_id", ""))


@dataclass(slots=True)
class Person:
    id: str
    name: str
    username: str
    email: str
    tz: str
    locale: str
    team_id: str = SANDBOX.id
    title: str = ""
    is_admin: bool = False
    is_bot: bool = False
    deleted: bool = False
    undisturbed: tuple[datetime, datetime] | None = None
    """When this person's do-not-disturb begins and ends, if it is set."""
    home: View | None = None
    modals: list[View] = field(default_factory=list)
    """The stack of open modals, the visible one last."""


@dataclass(slots=True)
class Channel:
    id: str
    name: str
    kind: ChannelKind
    members: list[str]
    archived: bool = False
    messages: list[Message] = field(default_factory=list)


@dataclass(slots=True)
class UserGroup:
    id: str
    name: str
    members: list[str]


@dataclass(frozen=True, slots=True)
class Consent:
    """A person agreed that the app be installed: for a code, once, the app learns of it."""

    app: Installation
    by: str
    redirect_uri: str


class Workspace:
    """The one state that the Web API, the people and the page all look at."""

    def __init__(self, clock: Callable[[], datetime], team: Team, registered: Registered) -> None:
        self.clock, self.team, self.registered = clock, team, registered
        self.url = ""
        """Where the sandbox listens, without a slash at the end."""
        self.lock = threading.Condition(threading.RLock())
        self.version = 0
        self.people: dict[str, Person] = {}
        self.channels: dict[str, Channel] = {}
        self.files: dict[str, File] = {}
        self.usergroups: dict[str, UserGroup] = {}
        self.installation: Installation | None = None
        self.consents: dict[str, Consent | None] = {}
        """By code; None once it was used."""
        self._numbers = itertools.count(1)
        self._last_ts = 0

    def changed(self) -> None:
        """Wakes everybody who waits for a change. The lock must be held."""
        self.version += 1
        self.lock.notify_all()

    def wait_until(self, true: Callable[[], bool], timeout: float) -> bool:
        """Waits at most `timeout` seconds for `true()`, asked anew after every change."""
        with self.lock:
            return self.lock.wait_for(true, timeout)

    def new_id(self, prefix: str) -> str:
        return f"{prefix}{next(self._numbers):08d}"

    def ts(self) -> str:
        """The clock's instant as Slack writes it; never the same twice, never going back."""
        self._last_ts = max(int(self.clock().timestamp() * 1_000_000), self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def new_person(self, name: str, **details: Any) -> Person:
        details = {"team_id": self.team.id} | details | {"username": name.casefold().replace(" ", ".")}
        person = Person(id=self.new_id("U"), name=name, **details)
        self.people[person.id] = person
        return person

    def new_channel(self, name: str, kind: ChannelKind, members: list[str]) -> Channel:
        prefix = {"im": "D", "mpim": "G"}.get(kind, "C")
        channel = Channel(self.new_id(prefix), name, kind, members)
        self.channels[channel.id] = channel
        return channel

    def conversation_of(self, *people: str) -> Channel:
        """The direct message (two people) or group message (more) of exactly these people, opened if need be."""
        direct = (ChannelKind.IM, ChannelKind.MPIM)
        for channel in self.channels.values():
            if channel.kind in direct and set(channel.members) == set(people):
                return channel
        kind = ChannelKind.IM if len(people) == 2 else ChannelKind.MPIM
        name = "directmessage" if kind is ChannelKind.IM else "mpdm-" + "--".join(people)
        return self.new_channel(name, kind, list(people))

    def message(self, channel: Channel, ts: str) -> Message | None:
        return next((message for message in channel.messages if message.ts == ts), None)

    def views(self) -> list[View]:
        """Every view that somebody has before them."""
        homes = [person.home for person in self.people.values() if person.home]
        return homes + [view for person in self.people.values() for view in person.modals]
