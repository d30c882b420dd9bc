"""conversations.* and reactions.get: what channels there are, who is in them, what was said."""

from bot.sandbox.api.call import READ_SCOPES, Call, Method, SlackError
from bot.sandbox.state import Channel, ChannelKind, Json, Message
from bot.sandbox.wire import channel_json, message_json

MOST_IN_A_CONVERSATION = 8


def open_(call: Call) -> Json:
    channel = call.channel() if call.text("channel") else _with(call, call.names("users"))
    shown = channel_json(channel, seen_by=call.app.bot_user) if call.flag("return_im") else {"id": channel.id}
    return {"channel": shown}


def _with(call: Call, people: list[str]) -> Channel:
    if not people:
        raise SlackError("users_list_not_supplied")
    if len(people) > MOST_IN_A_CONVERSATION:
        raise SlackError("too_many_users")
    call.need_scope("im:write" if len(people) == 1 else "mpim:write")
    for id_ in people:
        if id_ not in call.workspace.people:
            raise SlackError("user_not_found")
        if call.workspace.people[id_].deleted:
            raise SlackError("user_disabled")
    return call.workspace.conversation_of(call.app.bot_user, *people)


def info(call: Call) -> Json:
    channel = call.channel()
    call.need_scope(f"{READ_SCOPES[channel.kind]}:read")
    return {"channel": channel_json(channel, seen_by=call.app.bot_user)}


def list_(call: Call) -> Json:
    kinds = call.names("types") or [ChannelKind.PUBLIC]
    if unknown := set(kinds) - set(READ_SCOPES):
        raise SlackError.with_messages("invalid_types", [f"[ERROR] unknown type: {name}" for name in unknown])
    call.need_scope(*(f"{READ_SCOPES[ChannelKind(kind)]}:read" for kind in kinds))
    channels = [
        channel_json(channel, seen_by=call.app.bot_user)
        for channel in call.workspace.channels.values()
        if channel.kind in kinds
        and call.sees(channel)
        and not (channel.archived and call.flag("exclude_archived"))
    ]
    shown, onward = call.page(channels)
    return {"channels": shown, "response_metadata": onward}


def members(call: Call) -> Json:
    channel = call.channel()
    call.need_scope(f"{READ_SCOPES[channel.kind]}:read")
    shown, onward = call.page(channel.members)
    return {"members": shown, "response_metadata": onward}


def _readable(call: Call) -> Channel:
    channel = call.channel()
    call.need_scope(f"{READ_SCOPES[channel.kind]}:history")
    if call.app.bot_user not in channel.members:
        raise SlackError("not_in_channel")
    return channel


def _answer(call: Call, messages: list[Message]) -> Json:
    oldest, latest = call.text("oldest") or "0", call.text("latest") or "inf"
    inclusive = call.flag("inclusive")
    wanted = [
        m for m in messages if not m.seen_only_by and _between(m.ts, oldest, latest, inclusive=inclusive)
    ]
    shown, onward = call.page(wanted)
    all_metadata = call.flag("include_all_metadata")
    return {
        "messages": [message_json(message, call.url, all_metadata=all_metadata) for message in shown],
        "has_more": bool(onward["next_cursor"]),
        "response_metadata": onward,
    }


def _between(ts: str, oldest: str, latest: str, *, inclusive: bool) -> bool:
    if float(ts) in (float(oldest), float(latest)):
        return inclusive
    return float(oldest) < float(ts) < float(latest)


def history(call: Call) -> Json:
    """Newest first; answers in threads are not in it."""
    channel = _readable(call)
    return _answer(call, [m for m in reversed(channel.messages) if m.thread_ts in (None, m.ts)])


def replies(call: Call) -> Json:
    """The thread's first message and its answers, oldest first."""
    channel, ts = _readable(call), call.needed("ts")
    thread = [message for message in channel.messages if ts in (message.ts, message.thread_ts)]
    if not thread:
        raise SlackError("thread_not_found")
    return _answer(call, thread)


def join(call: Call) -> Json:
    channel = call.channel()
    if channel.kind is not ChannelKind.PUBLIC:
        raise SlackError("method_not_supported_for_channel_type")
    if channel.archived:
        raise SlackError("is_archived")
    if call.app.bot_user not in channel.members:
        channel.members.append(call.app.bot_user)
    return {"channel": channel_json(channel, seen_by=call.app.bot_user)}


def reactions(call: Call) -> Json:
    """Nobody reacts in this workspace: the message comes without reactions, as Slack gives it then."""
    message = call.workspace.message(call.channel(), call.text("timestamp"))
    if message is None:
        raise SlackError("message_not_found")
    return {"type": "message", "channel": message.channel, "message": message_json(message, call.url)}


METHODS = {
    "conversations.open": Method(open_),
    "conversations.info": Method(info),
    "conversations.list": Method(list_),
    "conversations.members": Method(members),
    "conversations.history": Method(history),
    "conversations.replies": Method(replies),
    "conversations.join": Method(join, "channels:join"),
    "reactions.get": Method(reactions, "reactions:read"),
}
