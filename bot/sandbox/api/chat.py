"""chat.*: messages posted, changed and taken back."""

from typing import Any

from bot.sandbox.api.call import Call, Method, SlackError
from bot.sandbox.blockkit.blocks import elements_of, problems_in_message
from bot.sandbox.people.values import with_ids
from bot.sandbox.state import Channel, ChannelKind, Json, Message, Workspace
from bot.sandbox.wire import message_json

MOST_TEXT = 40_000
MOST_EVENT_TYPE = 50


def checked_blocks(workspace: Workspace, blocks: Any) -> list[Json]:
    """The blocks with their ids filled in; raises `invalid_blocks` for what Slack would refuse."""
    if blocks is None:
        return []
    problems = problems_in_message(blocks) or _unknown_files(workspace, blocks)
    if problems:
        raise SlackError.with_messages("invalid_blocks", problems)
    return with_ids(blocks, workspace.new_id)


def _unknown_files(workspace: Workspace, blocks: list[Json]) -> list[str]:
    shown = [
        block["slack_file"]
        for block in [*blocks, *(e for b in blocks for e in elements_of(b))]
        if "slack_file" in block
    ]
    complete = {file.id for file in workspace.files.values() if file.complete}
    return [
        f"[ERROR] invalid slack file [json-pointer:/blocks] {file['id']}"
        for file in shown
        if "id" in file and file["id"] not in complete
    ]


def target(call: Call) -> Channel:
    """The channel to write into: an id, a name, or a person, whose direct message is meant."""
    name = call.text("channel")
    if name in call.workspace.people:
        return call.workspace.conversation_of(call.app.bot_user, name)
    for channel in call.workspace.channels.values():
        if name in (channel.id, channel.name, f"#{channel.name}") and call.sees(channel):
            return _writable(call, channel)
    raise SlackError("channel_not_found")


def _writable(call: Call, channel: Channel) -> Channel:
    if channel.archived:
        raise SlackError("is_archived")
    anywhere = channel.kind is ChannelKind.PUBLIC and "chat:write.public" in call.app.scopes
    if call.app.bot_user not in channel.members and not anywhere:
        raise SlackError("not_in_channel")
    return channel


def _metadata(call: Call) -> Json | None:
    metadata = call.json("metadata", "invalid_metadata_format")
    if metadata is None:
        return None
    sound = isinstance(metadata, dict) and isinstance(metadata.get("event_payload"), dict)
    if not sound or not 0 < len(str(metadata.get("event_type", ""))) <= MOST_EVENT_TYPE:
        raise SlackError("invalid_metadata_format")
    return {"event_type": metadata["event_type"], "event_payload": metadata["event_payload"]}


def composed(call: Call, channel: Channel) -> Message:
    """The message that the arguments describe, not yet shown to anybody."""
    blocks = checked_blocks(call.workspace, call.json("blocks", "invalid_blocks_format"))
    if not (call.text("text") or blocks or call.json("attachments")):
        raise SlackError("no_text")
    return Message(
        ts=call.workspace.ts(),
        channel=channel.id,
        user=call.app.bot_user,
        text=call.text("text")[:MOST_TEXT],
        blocks=blocks,
        app=call.app,
        metadata=_metadata(call),
        thread_ts=call.text("thread_ts") or None,
    )


def post_message(call: Call) -> Json:
    channel = target(call)
    message = composed(call, channel)
    if message.thread_ts and call.workspace.message(channel, message.thread_ts) is None:
        raise SlackError("thread_not_found")
    channel.messages.append(message)
    shown = message_json(message, call.url, all_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def post_ephemeral(call: Call) -> Json:
    channel, person = target(call), call.person()
    if person.id not in channel.members:
        raise SlackError("user_not_in_channel")
    message = composed(call, channel)
    message.seen_only_by = person.id
    channel.messages.append(message)
    return {"message_ts": message.ts}


def update(call: Call) -> Json:
    """Text without blocks takes the old blocks away, as Slack does."""
    message = call.own_message("cant_update_message")
    new = composed(call, call.channel())
    message.text, message.blocks, message.edited = new.text, new.blocks, not new.blocks
    message.metadata = new.metadata or message.metadata
    shown = message_json(message, call.url, all_metadata=True)
    return {"channel": message.channel, "ts": message.ts, "text": message.text, "message": shown}


def delete(call: Call) -> Json:
    message = call.own_message("cant_delete_message")
    call.channel().messages.remove(message)
    return {"channel": message.channel, "ts": message.ts}


def get_permalink(call: Call) -> Json:
    channel = call.channel()
    message = call.workspace.message(channel, call.text("message_ts"))
    if message is None or message.seen_only_by:
        raise SlackError("message_not_found")
    stamp = message.ts.replace(".", "")
    return {"channel": channel.id, "permalink": f"{call.url}/archives/{channel.id}/p{stamp}"}


METHODS = {
    "chat.postMessage": Method(post_message, "chat:write"),
    "chat.postEphemeral": Method(post_ephemeral, "chat:write"),
    "chat.update": Method(update, "chat:write"),
    "chat.delete": Method(delete, "chat:write"),
    "chat.getPermalink": Method(get_permalink),
}
