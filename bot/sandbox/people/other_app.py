"""Another company's app in the same workspace: all it does is post."""

from typing import TYPE_CHECKING

from bot.sandbox.state import Channel, Installation, Json, Message

if TYPE_CHECKING:
    from bot.sandbox.sandbox import Sandbox


class OtherApp:
    """An app that is not ours. Metadata it posts may reach our app as `message_metadata_posted`."""

    def __init__(self, sandbox: "Sandbox", app_id: str) -> None:
        self._sandbox = sandbox
        workspace = sandbox.workspace
        user = workspace.new_person(app_id, email="", tz="UTC", locale="en-US", is_bot=True)
        self._app = Installation(app_id, app_id, user.id, workspace.new_id("B"))

    def posts(self, channel: Channel, text: str, metadata: Json | None = None) -> Message:
        """A message; of its metadata our app hears if it may (`metadata.message:read`) and is in the channel."""
        workspace, app = self._sandbox.workspace, self._app
        with workspace.lock:
            message = Message(workspace.ts(), channel.id, app.bot_user, text, app=app, metadata=metadata)
            channel.messages.append(message)
            workspace.changed()
        ours = self._sandbox.app
        if metadata and "metadata.message:read" in ours.scopes and ours.bot_user in channel.members:
            self._sandbox.hear(self._event(message))
        return message

    def _event(self, message: Message) -> Json:
        return {
            "type": "message_metadata_posted",
            "app_id": self._app.app_id,
            "bot_id": self._app.bot_id,
            "user_id": self._app.bot_user,
            "team_id": self._sandbox.workspace.team.id,
            "channel_id": message.channel,
            "metadata": message.metadata,
            "message_ts": message.ts,
        }
