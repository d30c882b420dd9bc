"""People, channels, messages, views and files as Slack writes them in JSON."""

import hashlib
import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.sandbox.state import SANDBOX, Channel, ChannelKind, File, Installation, Json, Message, Person, View


def person_json(
    person: Person, *, email: bool = True, locale: bool = True, at: datetime | None = None
) -> Json:
    """A user object; `email` and `locale` say whether the asker may know them and asked for them."""
    names = {"real_name": person.name, "display_name": person.name}
    profile = {**names, "title": person.title, "team": person.team_id}
    if email and person.email:
        profile["email"] = person.email
    now = at or datetime.now(UTC)
    offset = now.astimezone(ZoneInfo(person.tz)).utcoffset()
    out: Json = {
        "id": person.id,
        "team_id": person.team_id,
        "name": person.username,
        "real_name": person.name,
        "deleted": person.deleted,
        "tz": person.tz,
        "tz_label": person.tz,
        "tz_offset": int(offset.total_seconds()) if offset else 0,
        "profile": profile,
        "is_admin": person.is_admin,
        "is_owner": person.is_admin,
        "is_bot": person.is_bot,
        "is_app_user": False,
        "updated": int(now.timestamp()),
    }
    if locale:
        out["locale"] = person.locale
    return out


def channel_json(channel: Channel, *, seen_by: str) -> Json:
    out: Json = {
        "id": channel.id,
        "created": 0,
        "is_archived": channel.archived,
        "is_channel": channel.kind is ChannelKind.PUBLIC,
        "is_group": channel.kind is ChannelKind.PRIVATE,
        "is_im": channel.kind is ChannelKind.IM,
        "is_mpim": channel.kind is ChannelKind.MPIM,
        "is_private": channel.kind is not ChannelKind.PUBLIC,
        "is_member": seen_by in channel.members,
        "num_members": len(channel.members),
    }
    if channel.kind is ChannelKind.IM:
        out["user"] = next((member for member in channel.members if member != seen_by), seen_by)
    else:
        out |= {"name": channel.name, "name_normalized": channel.name}
    return out


def message_json(message: Message, url: str, *, all_metadata: bool = False) -> Json:
    """A message; of its metadata only the event type unless `all_metadata`, as Slack does."""
    out: Json = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": message.app.team.id if message.app else SANDBOX.id,
    }
    if message.app:
        out |= {"bot_id": message.app.bot_id, "app_id": message.app.app_id}
    if message.blocks:
        out["blocks"] = message.blocks
    if message.thread_ts:
        out["thread_ts"] = message.thread_ts
    if message.edited:
        out["edited"] = {"user": message.user, "ts": message.ts}
    if message.files:
        out["files"] = [file_json(file, url) for file in message.files]
    if message.metadata:
        known = message.metadata if all_metadata else {"event_type": message.metadata["event_type"]}
        out["metadata"] = known
    return out


def file_json(file: File, url: str) -> Json:
    private = f"{url}/files/{file.id}/{file.name}"
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title,
        "user": file.owner,
        "size": file.length,
        "filetype": file.name.rpartition(".")[2],
        "url_private": private,
        "url_private_download": private,
        "permalink": f"https://{SANDBOX.domain}.slack.com/files/{file.owner}/{file.id}/{file.name}",
        "channels": [channel for channel in file.channels if channel.startswith("C")],
        "ims": [channel for channel in file.channels if channel.startswith("D")],
        "groups": [channel for channel in file.channels if channel.startswith("G")],
    }


def view_json(view: View, app: Installation) -> Json:
    body = {"private_metadata": "", "callback_id": "", "external_id": "", **view.body}
    if view.body["type"] == "modal":
        body = {"close": None, "submit": None, "clear_on_close": False, "notify_on_close": False, **body}
    return body | {
        "id": view.id,
        "team_id": app.team.id,
        "hash": view.hash,
        "state": {"values": view.values},
        "root_view_id": view.root_id or view.id,
        "previous_view_id": view.previous_id,
        "app_id": app.app_id,
        "app_installed_team_id": app.team.id,
        "bot_id": app.bot_id,
    }


def hash_of(body: Json, ts: str) -> str:
    """The hash that `views.update` may send back: a new one for every change."""
    digest = hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()
    return f"{ts.partition('.')[0]}.{digest[:8]}{ts[-6:]}"
