"""What is off because the app was granted less than it needs."""

from collections.abc import Mapping

from slack_sdk.models.blocks import Block

from bot.language import gettext as _
from bot.language import ngettext
from bot.views import kit


def off(missing: Mapping[str, str]) -> list[Block]:
    """By scope what is off without it; nothing to say where nothing is missing."""
    if not missing:
        return []
    title = ngettext("Cornerman lacks {n} permission", "Cornerman lacks {n} permissions", len(missing))
    lines = "\n".join(f"• `{scope}`: {without}" for scope, without in missing.items())
    mend = _("Add them on the app's page OAuth & Permissions, then install it again.")
    return [kit.header(title.format(n=len(missing))), kit.section(f"{lines}\n{mend}")]
