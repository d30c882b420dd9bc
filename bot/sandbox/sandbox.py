"""The workspace as tests and the demo hold it: people, channels, the app that is installed, events that are sent."""

import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

from bot.sandbox import payloads
from bot.sandbox.courier import Courier, Delivery
from bot.sandbox.installation import Installing
from bot.sandbox.page.controls import Control, Progress, TourStep
from bot.sandbox.page.routes import Page
from bot.sandbox.people.member import Member
from bot.sandbox.people.other_app import OtherApp
from bot.sandbox.server import RecordedCall, Server, Slack
from bot.sandbox.sockets import Sockets
from bot.sandbox.state import (
    SANDBOX,
    Channel,
    ChannelKind,
    Json,
    Message,
    Registered,
    Team,
    UserGroup,
    Workspace,
)
from bot.sandbox.tickets import Tickets
from bot.sandbox.wire import person_json

SUBSCRIBED = frozenset(
    {
        "app_home_opened",
        "app_uninstalled",
        "function_executed",
        "message_metadata_posted",
        "tokens_revoked",
        "user_change",
    }
)
MESSAGE_EVENTS = {
    ChannelKind.PUBLIC: "message.channels",
    ChannelKind.PRIVATE: "message.groups",
    ChannelKind.IM: "message.im",
    ChannelKind.MPIM: "message.mpim",
}


def now() -> datetime:
    return datetime.now(UTC)


class Sandbox(Installing):
    """A Slack on loopback. Use it as a context manager; `port` 0 takes a free one.

    `clock` gives the aware instant that messages bear. `patience` is how many seconds a person looks for a button or a
    form before giving up. `controls` are the buttons that the page has beside Slack's own, `tour` what it proposes to
    try. With a `neighbour` it is a second workspace of the same Slack: the app is the same there, and so is the address
    of the Web API.
    """

    def __init__(
        self,
        port: int = 0,
        clock: Callable[[], datetime] = now,
        *,
        team: Team = SANDBOX,
        neighbour: "Sandbox | None" = None,
    ) -> None:
        registered = neighbour.workspace.registered if neighbour else Registered()
        self.workspace = Workspace(clock, team, registered)
        self.tickets = Tickets(self.workspace)
        self.sockets: Sockets = neighbour.sockets if neighbour else Sockets(self.workspace)
        self.slack = Slack(self.workspace, self.tickets, self.sockets)
        self.courier = Courier(self.workspace, self.sockets)
        self.faults = self.slack.faults
        self.patience = 2.0
        self.controls: list[Control] = []
        self.tour: list[TourStep] = []
        self.progress: Progress | None = None
        self.subscriptions = set(SUBSCRIBED)
        self.page = Page(self)
        self._neighbour = neighbour
        self._server: Server = (
            neighbour._server if neighbour else Server(self.slack, port, self.page.routes())
        )

    def __enter__(self) -> "Sandbox":
        if self._neighbour:
            self._server.admit(self.slack)
        else:
            self._server.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.page.close()
        if self._neighbour is None:
            self.sockets.drop()
            self._server.stop()
        self.courier.close()

    def wait(self, seconds: float) -> None:
        """How long an app may take for what Slack gives it three seconds, and a person for finding what to press."""
        self.patience = self.courier.ack_seconds = self.tickets.trigger_seconds = seconds

    @property
    def url(self) -> str:
        return self.workspace.url

    @property
    def api_url(self) -> str:
        """The base URL of the Web API, with the slash at its end that slack_sdk wants."""
        return f"{self._neighbour.url if self._neighbour else self.url}/api/"

    @property
    def deliveries(self) -> list[Delivery]:
        """What was sent to the bot and how it answered, one entry an attempt, oldest first."""
        with self.workspace.lock:
            return list(self.courier.log)

    def calls(self, method: str) -> list[RecordedCall]:
        """The calls of this Web API method so far, those that failed included."""
        with self.workspace.lock:
            return [call for call in self.slack.calls if call.method == method]

    def tell_progress(self, progress: Progress | None) -> None:
        """To whoever has the page open; None when it is over."""
        with self.workspace.lock:
            self.progress = progress
            self.workspace.changed()

    # The app

    def deliver_over_http(self, request_url: str) -> None:
        """Where to send what happens while no socket is connected."""
        self.courier.request_url = request_url

    def subscribe(self, events: Iterable[str]) -> None:
        """More events for the app, besides those it always has; messages are `message.im`, `message.channels`…"""
        self.subscriptions |= set(events)

    # People and channels

    def add_person(
        self,
        name: str,
        *,
        email: str = "",
        tz: str = "UTC",
        locale: str = "en-US",
        title: str = "",
        is_admin: bool = False,
        **more: Any,
    ) -> Member:
        """`team_id` in `more` makes somebody of another workspace, as Slack Connect brings them."""
        with self.workspace.lock:
            person = self.workspace.new_person(
                name, email=email, tz=tz, locale=locale, title=title, is_admin=is_admin, **more
            )
            self.workspace.changed()
        return Member(self, person)

    def change(self, member: Member, **what: Any) -> None:
        """Other `name`, `email`, `tz`, `locale`, `title`, `is_admin` or `deleted`; the app hears a `user_change`."""
        with self.workspace.lock:
            for name, value in what.items():
                setattr(member.person, name, value)
            email = "users:read.email" in self.app.scopes
            user = person_json(member.person, email=email, at=self.workspace.clock())
            self.workspace.changed()
        self.hear({"type": "user_change", "user": user})

    def add_channel(self, name: str, members: Iterable[Member] = (), *, private: bool = False) -> Channel:
        kind = ChannelKind.PRIVATE if private else ChannelKind.PUBLIC
        with self.workspace.lock:
            channel = self.workspace.new_channel(name, kind, [member.id for member in members])
            self.workspace.changed()
        return channel

    def add_usergroup(self, name: str, members: Iterable[Member]) -> UserGroup:
        with self.workspace.lock:
            group = UserGroup(self.workspace.new_id("S"), name, [member.id for member in members])
            self.workspace.usergroups[group.id] = group
        return group

    def invite_bot(self, channel: Channel) -> None:
        with self.workspace.lock:
            channel.members.append(self.app.bot_user)
            self.workspace.changed()
        self.hear({"type": "member_joined_channel", "user": self.app.bot_user, "channel": channel.id})

    def archive(self, channel: Channel) -> None:
        with self.workspace.lock:
            channel.archived = True
            self.workspace.changed()

    # Events

    def hear(self, event: Json) -> Delivery | None:
        """Sends the event if the app has subscribed to it."""
        return self.emit(event) if event["type"] in self.subscriptions else None

    def emit(self, event: Json, times: int = 1) -> Delivery:
        """Sends this inner event, subscribed or not; `times` over with one and the same event id. Gives the last."""
        with self.workspace.lock:
            payload = payloads.event(self.workspace, self.app, event)
        deliveries = [self.courier.deliver_event(str(event["type"]), payload) for _ in range(times)]
        return deliveries[-1]

    def run_step(self, callback_id: str, inputs: Json) -> str:
        """Somebody's workflow reaches this custom step of ours; gives the function execution id."""
        execution, token = self.workspace.new_id("Fx"), f"xwfp-{secrets.token_hex(12)}"
        self.app.workflow_tokens.add(token)
        ids = {"function_execution_id": execution, "workflow_execution_id": self.workspace.new_id("Wx")}
        self.hear(payloads.step(self.app, callback_id, inputs) | ids | {"bot_access_token": token})
        return execution

    def tell_of(self, message: Message, channel: Channel, **extra: Any) -> None:
        """A person's message, to an app that has subscribed and is there to hear it."""
        if MESSAGE_EVENTS[channel.kind] not in self.subscriptions or self.app.bot_user not in channel.members:
            return
        kind = {"public_channel": "channel", "private_channel": "group"}.get(channel.kind, str(channel.kind))
        said = {"user": message.user, "text": message.text, "ts": message.ts, "event_ts": message.ts}
        self.emit({"type": "message", "channel": channel.id, "channel_type": kind, **said, **extra})

    def other_app(self, app_id: str) -> OtherApp:
        """Another company's app in the same workspace."""
        with self.workspace.lock:
            return OtherApp(self, app_id)
