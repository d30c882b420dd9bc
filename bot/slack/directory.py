"""Who is in Slack: the people of a channel or of a user group, as `users.list` tells them."""

from collections.abc import Iterator
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from bot.core.errors import BadInput
from bot.core.i18n import gettext as _

MOST_MEMBERS = 1000
"""Of a channel; a bigger one is no sales team."""


def user_groups(client: WebClient) -> list[tuple[str, str]]:
    """Id and name of each; none where the scope was declined."""
    try:
        return [(group["id"], group["name"]) for group in client.usergroups_list()["usergroups"]]
    except SlackApiError:
        return []


def require_membership(client: WebClient, channel: str) -> None:
    """Raises BadInput where the bot is not in the channel, with what to do; where it may not ask, it believes so."""
    try:
        is_in = client.conversations_info(channel=channel)["channel"].get("is_member", True)
    except SlackApiError as error:
        is_in = error.response["error"] != "channel_not_found"
    if not is_in:
        raise BadInput(
            _("I am not in that channel yet. Write `/invite @Cornerman` there, then press Save again."),
            field="channel",
        )


def users(client: WebClient, picked: list[str], *, channel: str, group: str) -> list[dict[str, Any]]:
    """Those picked, the channel's members and the group's; raises BadInput where Slack does not tell them."""
    try:
        ids = {*picked, *_members(client, channel), *_in_group(client, group)}
        return [user for user in _everybody(client) if user["id"] in ids]
    except SlackApiError as error:
        why = str(error.response["error"]).replace("_", " ")
        raise BadInput(
            _(
                "Slack did not tell me who they are ({why}), so nobody was added. Invite me to the channel, or pick "
                "the people by name."
            ).format(why=why)
        ) from error


def _members(client: WebClient, channel: str) -> list[str]:
    return (
        list(client.conversations_members(channel=channel, limit=MOST_MEMBERS)["members"]) if channel else []
    )


def _in_group(client: WebClient, group: str) -> list[str]:
    return list(client.usergroups_users_list(usergroup=group)["users"]) if group else []


def _everybody(client: WebClient) -> Iterator[dict[str, Any]]:
    cursor: str | None = ""
    while cursor is not None:
        page = client.users_list(cursor=cursor, limit=200, include_locale=True)
        yield from page["members"]
        cursor = (page.get("response_metadata") or {}).get("next_cursor") or None
