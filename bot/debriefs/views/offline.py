"""The offline sheet, as its rep hears of it."""

from collections.abc import Sequence

from bot.blocks.kit import said
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext

MOST_REFUSED = 10


def sent(calls: int) -> str:
    return ngettext(
        "Here is {n} open call to debrief offline. Fill in the white cells, then send the file back to me here.",
        "Here are {n} open calls to debrief offline. Fill in the white cells, then send the file back to me here.",
        calls,
    ).format(n=calls)


def nothing_open() -> str:
    return _("No call of yours waits for a debrief, so there is nothing to take along.")


def taken_in(written: int, unchanged: int, refused: Sequence[str]) -> str:
    lines = (
        [ngettext("✓ {n} debrief saved.", "✓ {n} debriefs saved.", written).format(n=written)]
        if written
        else []
    )
    if unchanged:
        lines.append(
            ngettext("{n} was saved already.", "{n} were saved already.", unchanged).format(n=unchanged)
        )
    if not (written or unchanged or refused):
        lines.append(_("Nothing is filled in yet: one cell, the outcome, is a debrief already."))
    lines += [said(one, limit=400) for one in refused[:MOST_REFUSED]]
    if len(refused) > MOST_REFUSED:
        lines.append(_("And {n} more rows.").format(n=len(refused) - MOST_REFUSED))
    return "\n".join(lines)


def broke(name: str, quote: str) -> str:
    return _(
        "Something broke on our side while I read {name}. Please send it again; if it stays, quote {quote} "
        "to your admin."
    ).format(name=said(name, limit=80), quote=quote)


def not_fetched(name: str) -> str:
    return _("I could not fetch {name} from Slack. Please send it again, or give it to your admin.").format(
        name=said(name, limit=80)
    )
