"""What stands on the page for one person: who they could be, where they could look, and what is to be seen there."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.sandbox.people.screen import Surface
from bot.sandbox.people.values import initial_values
from bot.sandbox.state import Channel, ChannelKind, Message, Person, Values, View, Workspace

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox

HOME = "home"
MOST_MESSAGES = 100


@dataclass(frozen=True, slots=True)
class Where:
    """Whose eyes, on which channel (or `HOME`), with which thread open beside it ("": none)."""

    person: Person
    at: str
    thread: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """An entry of the list at the left."""

    id: str
    label: str
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    """A message as it is set: `new_day` puts the date above it, `goes_on` leaves out its author, who wrote the last."""

    message: Message
    author: Person
    at: datetime
    new_day: bool
    goes_on: bool
    replies: int


class Eyes:
    """Reads the workspace; remembers what was seen, and what Slack said under the inputs. Its lock must be held."""

    def __init__(self, sandbox: "Sandbox") -> None:
        self.sandbox = sandbox
        self.complaints: dict[str, dict[str, str]] = {}
        """View id -> block id -> what is wrong there."""
        self._seen: dict[tuple[str, str], str] = {}

    @property
    def workspace(self) -> Workspace:
        return self.sandbox.workspace

    def people(self) -> list[Person]:
        return [p for p in self.workspace.people.values() if not (p.is_bot or p.deleted)]

    def where(self, person: str, at: str, thread: str) -> Where | None:
        """What an address means: unknown people are the first, unknown places the direct message with the app."""
        people = {one.id: one for one in self.people()}
        if not people or self.workspace.installation is None:
            return None
        who = people.get(person) or next(iter(people.values()))
        channel = self.workspace.channels.get(at)
        if at == HOME or (channel and who.id in channel.members):
            return Where(who, at, thread)
        return Where(who, self._with_app(who).id)

    def _with_app(self, person: Person) -> Channel:
        return self.workspace.conversation_of(self.sandbox.app.bot_user, person.id)

    def visible(self, person: Person, channel: Channel) -> list[Message]:
        return [m for m in channel.messages if m.seen_only_by in (None, person.id)]

    def unread(self, person: Person) -> int:
        """Over all places."""
        return sum(self._unread(person, channel) for channel in self._channels_of(person))

    def _unread(self, person: Person, channel: Channel) -> int:
        since = self._seen.get((person.id, channel.id), "")
        return sum(m.ts > since and m.user != person.id for m in self.visible(person, channel))

    def _channels_of(self, person: Person) -> list[Channel]:
        return [c for c in self.workspace.channels.values() if person.id in c.members and not c.archived]

    def app_places(self, person: Person) -> list[Place]:
        messages = self._with_app(person)
        return [Place(HOME, "Home"), Place(messages.id, "Messages", self._unread(person, messages))]

    def channels(self, person: Person) -> list[Place]:
        shown = (ChannelKind.PUBLIC, ChannelKind.PRIVATE)
        return [self._place(person, c) for c in self._channels_of(person) if c.kind in shown]

    def conversations(self, person: Person) -> list[Place]:
        """Those with people; the one with the app stands apart."""
        hidden, direct = self._with_app(person), (ChannelKind.IM, ChannelKind.MPIM)
        return [
            self._place(person, c)
            for c in self._channels_of(person)
            if c.kind in direct and c.id != hidden.id
        ]

    def _place(self, person: Person, channel: Channel) -> Place:
        return Place(channel.id, self.title(person, channel), self._unread(person, channel))

    def title(self, person: Person, channel: Channel) -> str:
        if channel.kind in (ChannelKind.PUBLIC, ChannelKind.PRIVATE):
            return f"# {channel.name}"
        others = [self.workspace.people[id_].name for id_ in channel.members if id_ != person.id]
        return ", ".join(others) or person.name

    def conversation(self, where: Where) -> list[Line]:
        """The channel's own messages, the newest last; they count as seen from now on."""
        channel = self.workspace.channels[where.at]
        messages = self.visible(where.person, channel)
        if messages:
            self._seen[where.person.id, channel.id] = max(m.ts for m in messages)
        own = [m for m in messages if m.thread_ts in (None, m.ts)]
        return list(self._lines(where.person, channel, own[-MOST_MESSAGES:]))

    def thread(self, where: Where) -> list[Line]:
        """The open thread's first message and its answers."""
        channel = self.workspace.channels.get(where.at)
        if channel is None or not where.thread:
            return []
        found = [m for m in self.visible(where.person, channel) if where.thread in (m.ts, m.thread_ts)]
        return list(self._lines(where.person, channel, found))

    def _lines(self, person: Person, channel: Channel, messages: list[Message]) -> Iterator[Line]:
        zone, last = ZoneInfo(person.tz), None
        for message in messages:
            at = datetime.fromtimestamp(float(message.ts), zone)
            new_day = last is None or last.at.date() != at.date()
            follows = last is not None and last.message.user == message.user and (at - last.at).seconds < 300
            alone = message.seen_only_by is not None or (last and last.message.seen_only_by is not None)
            last = Line(
                message=message,
                author=self.workspace.people[message.user],
                at=at,
                new_day=new_day,
                goes_on=follows and not new_day and not alone,
                replies=sum(m.thread_ts == message.ts != m.ts for m in channel.messages),
            )
            yield last

    def surface(self, person: Person, ref: str) -> Surface | None:
        """What `ref_of` named, if this person still has it before them."""
        views = [view for view in (*person.modals[-1:], person.home) if view]
        if view := next((view for view in views if view.id == ref), None):
            return view
        channel = self.workspace.channels.get(ref.partition("/")[0])
        if channel is None or person.id not in channel.members:
            return None
        return next((m for m in self.visible(person, channel) if ref_of(m) == ref), None)


def ref_of(surface: Surface) -> str:
    return surface.id if isinstance(surface, View) else f"{surface.channel}/{surface.ts}"


def held(surface: Surface, person: Person) -> Values:
    """What stands in its inputs for this person."""
    if isinstance(surface, View):
        return surface.values
    return initial_values(surface.blocks, surface.entered.get(person.id))
