"""What the app may do in a workspace: the scopes that manifest.yml asks for, each with what is off without it."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.core.i18n import gettext as _

NEEDED: Mapping[str, str] = MappingProxyType(
    {
        "commands": _("the slash commands and shortcuts are off"),
        "chat:write": _("nothing can be said: no questions, no digests"),
        "im:write": _("nobody can be written to directly: no questions after calls"),
        "users:read": _("time zones and who has left are not known"),
        "users:read.email": _("people on the roster are not found in Slack by their email"),
        "files:write": _("workbooks are not delivered, and digests have no chart"),
        "metadata.message:read": _("calls that other apps post in Slack are not heard of"),
    }
)
OPTIONAL: Mapping[str, str] = MappingProxyType(
    {
        "channels:read": _("people are not added from a public channel, but by name"),
        "groups:read": _("people are not added from a private channel, but by name"),
        "usergroups:read": _("people are not added from a user group, but by name"),
        "files:read": _("files sent to the bot are not read"),
        "mpim:write": _("a pair is written to one by one, not in a message of their own"),
        "dnd:read": _("do-not-disturb is not respected"),
        "im:history": _("a message whose reply was lost is not looked for, and not said again"),
    }
)


def granted(told: str | None) -> frozenset[str] | None:
    """From Slack's list with commas; None where Slack has not told."""
    return None if told is None else frozenset(scope.strip() for scope in told.split(",") if scope.strip())


def missing(told: str | None, wanted: Mapping[str, str] = NEEDED) -> Mapping[str, str]:
    """The wanted scopes that were not granted, with what is off; none where Slack has not told."""
    have = granted(told)
    return {} if have is None else {scope: off for scope, off in wanted.items() if scope not in have}
