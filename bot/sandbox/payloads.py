"""What Slack sends to an app: commands, interactions and events, in its own shape."""

import secrets

from bot.sandbox.people.values import initial_values
from bot.sandbox.state import Channel, ChannelKind, Installation, Json, Message, Person, View, Workspace
from bot.sandbox.wire import message_json, view_json


def event(workspace: Workspace, app: Installation, inner: Json, event_id: str = "") -> Json:
    """The outer callback of an event; its id stays the same over all attempts."""
    authorization = {
        "enterprise_id": None,
        "team_id": app.team.id,
        "user_id": app.bot_user,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": "verification",
        "team_id": app.team.id,
        "api_app_id": app.app_id,
        "event": {"event_ts": workspace.ts(), **inner},
        "type": "event_callback",
        "event_id": event_id or f"Ev{secrets.token_hex(6).upper()}",
        "event_time": int(workspace.clock().timestamp()),
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": "4-sandbox",
    }


def step(app: Installation, callback_id: str, inputs: Json) -> Json:
    """The inner event of a custom step that is reached, without the ids of its run."""
    function = {
        "id": "Fn0SANDBOX",
        "callback_id": callback_id,
        "title": callback_id,
        "type": "app",
        "input_parameters": [],
        "output_parameters": [],
        "app_id": app.app_id,
    }
    return {"type": "function_executed", "function": function, "inputs": inputs}


def interaction(kind: str, app: Installation, person: Person) -> Json:
    """What every interaction has."""
    return {
        "type": kind,
        "team": {"id": app.team.id, "domain": app.team.domain},
        "user": {
            "id": person.id,
            "username": person.username,
            "name": person.username,
            "team_id": person.team_id,
        },
        "api_app_id": app.app_id,
        "token": "verification",
        "enterprise": None,
        "is_enterprise_install": False,
    }


def command(app: Installation, person: Person, channel: Channel, name: str, text: str) -> Json:
    return {
        "token": "verification",
        "team_id": app.team.id,
        "team_domain": app.team.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(channel),
        "user_id": person.id,
        "user_name": person.username,
        "command": name,
        "text": text,
        "api_app_id": app.app_id,
        "is_enterprise_install": "false",
    }


def in_message(message: Message, channel: Channel, person: Person, url: str) -> Json:
    """Where it happened, for an interaction in a message; an ephemeral one does not come along."""
    ephemeral = message.seen_only_by is not None
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": channel.id,
        "is_ephemeral": ephemeral,
    }
    out: Json = {
        "container": container,
        "channel": {"id": channel.id, "name": channel_name(channel)},
        "state": {"values": initial_values(message.blocks, message.entered.get(person.id))},
    }
    return out if ephemeral else out | {"message": message_json(message, url)}


def in_view(view: View, app: Installation) -> Json:
    return {"container": {"type": "view", "view_id": view.id}, "view": view_json(view, app)}


def channel_name(channel: Channel) -> str:
    names = {ChannelKind.IM: "directmessage", ChannelKind.PRIVATE: "privategroup"}
    return names.get(channel.kind, channel.name)
