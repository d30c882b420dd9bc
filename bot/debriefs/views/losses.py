"""A team's losses by reason, for those who lead it."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.debriefs.domain.debrief import label as tag_label
from bot.debriefs.domain.losses import Losses, Row
from bot.debriefs.views.stories import line
from bot.people.views.names import short_name

WORDS = 120


def told(team: str, period: str, found: Losses, reader: Reader) -> Words:
    head = _("{team}: what was lost, {period}").format(team=team, period=period)
    if not found.rows and not found.unsaid:
        text = _("{team} has lost no deal and no call in this time, as far as was told: {period}.")
        plain = text.format(team=said(team, limit=80), period=said(period))
        return Words(plain, [kit.section(plain)])
    blocks: list[Block] = [kit.header(head)]
    blocks += kit.listed(_row(row, reader) for row in found.rows) if found.rows else []
    if found.unsaid:
        n = found.unsaid
        why = ngettext("Of {n} more nobody said why.", "Of {n} more nobody said why.", n)
        blocks.append(kit.context(why.format(n=n)))
    if counted := [line for line in (_competitors(found, reader), _stages(found, reader)) if line]:
        blocks.append(kit.section("\n".join(counted)))
    if others := _others(found):
        blocks.append(kit.section(others))
    note = _(
        "A deal is lost on the day it was closed, a call on its own; a deal's last call may count as both."
    )
    return Words(head, [*blocks, kit.context(note)])


def _competitors(found: Losses, reader: Reader) -> str:
    if not found.competitors:
        return ""
    return _("*Lost to*: {names}").format(names=_with_counts(found.competitors, reader))


def _stages(found: Losses, reader: Reader) -> str:
    if not found.stages:
        return ""
    return _("*At which stage*: {names}").format(names=_with_counts(found.stages, reader))


def _with_counts(names: Sequence[tuple[str, int]], reader: Reader) -> str:
    return ", ".join(f"{said(name, limit=60)} ({reader.number(n)})" for name, n in names)


def _row(row: Row, reader: Reader) -> str:
    name = said(row.reason.label) if row.reason else _("In own words")
    deals = ngettext("{n} deal", "{n} deals", row.deals).format(n=reader.number(row.deals))
    worth = " + ".join(reader.money(pile.total, currency) for currency, pile in row.worth.piles.items())
    calls = ngettext("{n} call", "{n} calls", row.calls).format(n=reader.number(row.calls))
    parts = [deals + (f" ({worth})" if worth else "")] if row.deals else []
    parts += [calls] if row.calls else []
    words = " · ".join(f"“{said(one, limit=WORDS)}”" for one in row.words)
    return f"• *{name}*: {', '.join(parts)}" + (f"\n    {words}" if words else "")


def _others(found: Losses) -> str:
    """What others did about the first of them, and who offers to help."""
    reason = found.rows[0].reason if found.rows else None
    if reason is None or not (found.story or found.coaches):
        return ""
    lines = [_("*What others did about “{cause}”*").format(cause=said(reason.label))]
    lines += [line(found.story)] if found.story else []
    if found.coaches:
        names = ", ".join(short_name(name) for name in found.coaches)
        topic = _(tag_label(reason.topic))
        lines.append(_("Coaches on {topic}: {names}").format(topic=topic, names=names))
    return "\n".join(lines)
