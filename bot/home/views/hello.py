"""The answer to whatever somebody writes to the bot."""

from collections.abc import Set

from bot.blocks import kit
from bot.blocks.words import Words
from bot.core.enums import SELLING_ROLES, Role
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.home.views import own
from bot.people.views.names import short_name


def hello(name: str, roles: Set[Role], *, waiting: int) -> Words:
    """`waiting` calls can be debriefed."""
    lines = [
        _("Hello {name}. I do not read what is written here, and keep none of it.").format(
            name=short_name(next(iter(name.split()), ""))
        ),
        _("What I know is a tap or a command away: `/scorecard help` lists yours."),
    ]
    if waiting:
        calls = ngettext("{n} call waits", "{n} calls wait", waiting).format(n=waiting)
        lines.append(_("{calls} for a word from you in Home.").format(calls=calls))
    text = "\n".join(lines)
    sells = not roles.isdisjoint(SELLING_ROLES)
    return Words(text, [kit.section(text), *([own.doing(roles)] if sells else [])])
