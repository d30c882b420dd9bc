"""A person in the workspace. Every verb goes over the wire to the bot and returns what the person then sees."""

import re
from datetime import datetime

from bot.sandbox import payloads
from bot.sandbox.courier import Kind
from bot.sandbox.people.actor import Actor
from bot.sandbox.people.answers import Reply, error_of, reply_to_command
from bot.sandbox.state import Channel, File, Json, Message, View
from bot.sandbox.wire import file_json, message_json, view_json


class Member(Actor):
    """Not to be used on the server's own thread: the verbs wait for the bot."""

    def says(self, channel: Channel | None, text: str, thread_ts: str | None = None) -> Message:
        """A message in the channel, or (None) to the bot; the app hears of it if it has subscribed."""
        there = channel or self.dm_channel
        message = self._post(Message(self._new_ts(), there.id, self.id, text, thread_ts=thread_ts))
        extra = {"thread_ts": thread_ts} if thread_ts else {}
        self._sandbox.tell_of(message, there, **extra)
        return message

    def uploads(self, content: bytes, name: str, text: str = "", thread_ts: str | None = None) -> Message:
        """A file for the bot, in the direct message or in a thread of it."""
        there = self.dm_channel
        file = File(self._workspace.new_id("F"), name, name, self.id, len(content), content, True, [there.id])
        with self._workspace.lock:
            self._workspace.files[file.id] = file
        message = self._post(
            Message(self._new_ts(), there.id, self.id, text, thread_ts=thread_ts, files=[file])
        )
        extra = {"thread_ts": thread_ts} if thread_ts else {}
        self._sandbox.tell_of(
            message, there, subtype="file_share", files=[file_json(file, self._sandbox.url)], **extra
        )
        return message

    def _post(self, message: Message) -> Message:
        with self._workspace.lock:
            self._workspace.channels[message.channel].messages.append(message)
            self._workspace.changed()
        return message

    def commands(self, line: str, channel: Channel | None = None) -> Reply:
        """A slash command, typed in the direct message with the bot unless a channel is given."""
        there = channel or self.dm_channel
        name, _, text = line.partition(" ")
        known = self._sandbox.app.commands
        if known is not None and name not in known:
            return Reply(text=f"{name} is not a valid command.", error="not_a_command")
        with self._workspace.lock:
            payload = payloads.command(
                self._sandbox.app, self.person, there, name, self._escaped(text.strip())
            )
            payload |= self._rights(there)
        delivery = self._sandbox.courier.deliver(Kind.COMMAND, name, payload)
        with self._workspace.lock:
            reply = reply_to_command(self._workspace, there, self.person, delivery)
            self._workspace.changed()
        return reply

    def _escaped(self, text: str) -> str:
        """People and channels named with @ and # become ids, as `should_escape` has it."""
        people = {f"@{p.name}": f"<@{p.id}|{p.username}>" for p in self._workspace.people.values()}
        people |= {f"@{p.username}": f"<@{p.id}|{p.username}>" for p in self._workspace.people.values()}
        channels = {f"#{c.name}": f"<#{c.id}|{c.name}>" for c in self._workspace.channels.values()}
        names = people | channels
        longest_first = sorted(map(re.escape, names), key=len, reverse=True)
        return re.sub(rf"({'|'.join(longest_first)})(?!\w)", lambda match: names[match[0]], text)

    def opens_home(self, wait: float | None = None) -> View | None:
        """Opens the app's Home tab and waits so many seconds at most for the app to publish it anew.

        None: the sandbox's patience, three seconds at least.
        """
        with self._workspace.lock:
            before = self.person.home.hash if self.person.home else ""
            event: Json = {
                "type": "app_home_opened",
                "user": self.id,
                "channel": self.dm_channel.id,
                "tab": "home",
            }
            if self.person.home:
                event["view"] = view_json(self.person.home, self._sandbox.app)
        self._sandbox.hear(event)
        seconds = max(3.0, self._sandbox.patience) if wait is None else wait
        self._workspace.wait_until(
            lambda: bool(self.person.home and self.person.home.hash != before), seconds
        )
        return self.person.home

    def shortcut(self, callback_id: str) -> Reply:
        """A global shortcut, from the menu beside the message box."""
        payload = payloads.interaction("shortcut", self._sandbox.app, self.person)
        return self._invokes(payload | {"trigger_id": self._sandbox.tickets.trigger(self.id)}, callback_id)

    def message_shortcut(self, callback_id: str, message: Message) -> Reply:
        """A shortcut from a message's own menu."""
        channel = self._workspace.channels[message.channel]
        payload = payloads.interaction("message_action", self._sandbox.app, self.person) | self._rights(
            channel, message
        )
        about = {
            "message_ts": message.ts,
            "channel": {"id": channel.id, "name": payloads.channel_name(channel)},
            "message": message_json(message, self._sandbox.url),
        }
        return self._invokes(payload | about, callback_id)

    def _invokes(self, payload: Json, callback_id: str) -> Reply:
        payload |= {"callback_id": callback_id, "action_ts": self._new_ts()}
        return Reply(error=error_of(self._sandbox.courier.deliver(Kind.INTERACTION, callback_id, payload)))

    def pauses_notifications(self, start: datetime, end: datetime) -> None:
        """Do-not-disturb between two aware instants; what the app sees with `dnd.info`."""
        with self._workspace.lock:
            self.person.undisturbed = (start, end)
            self._workspace.changed()
