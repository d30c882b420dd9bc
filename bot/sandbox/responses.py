"""Messages that come back without the Web API: acknowledgements with a body, and response URLs."""

from bot.sandbox.api.call import SlackError
from bot.sandbox.api.chat import MOST_TEXT, checked_blocks
from bot.sandbox.state import Json, Message, Workspace
from bot.sandbox.tickets import Tickets


def respond(workspace: Workspace, tickets: Tickets, key: str, body: Json) -> str:
    """Does what was sent to a response URL; the name of Slack's error, or "". The lock must be held."""
    where = tickets.use_response(key)
    if isinstance(where, str):
        return where
    channel = workspace.channels[where.channel]
    source = workspace.message(channel, where.message) if where.message else None
    if body.get("delete_original") and source:
        channel.messages.remove(source)
        return ""
    try:
        if body.get("replace_original") and source:
            source.text, source.blocks = _content(workspace, body)
        else:
            say_to(workspace, channel.id, where.person, body)
    except SlackError as error:
        return error.code
    return ""


def say_to(workspace: Workspace, channel_id: str, person: str, body: Json) -> Message:
    """A message to one person alone, or to all where the body says `in_channel`; raises `SlackError`."""
    text, blocks = _content(workspace, body)
    app = workspace.installation
    message = Message(
        ts=workspace.ts(),
        channel=channel_id,
        user=app.bot_user if app else "",
        text=text,
        blocks=blocks,
        app=app,
        thread_ts=body.get("thread_ts"),
        seen_only_by=None if body.get("response_type") == "in_channel" else person,
    )
    workspace.channels[channel_id].messages.append(message)
    return message


def _content(workspace: Workspace, body: Json) -> tuple[str, list[Json]]:
    text, blocks = str(body.get("text") or ""), checked_blocks(workspace, body.get("blocks"))
    if not (text or blocks or body.get("attachments")):
        raise SlackError("no_text")
    return text[:MOST_TEXT], blocks
