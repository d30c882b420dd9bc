"""What became of a lead, as its SDR reads it."""

from collections.abc import Sequence

from bot.blocks import kit
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.core.enums import DealStatus, Unasked
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.people.views import unasked
from bot.pipeline.domain.deal import LeadNews

MOST = 8


def told(news: Sequence[LeadNews], reader: Reader) -> Words:
    """All that has become known since the last time, in one message."""
    parts = [_one(one, reader) for one in news[:MOST]]
    if len(news) > MOST:
        more = ngettext("… and {n} more of your leads.", "… and {n} more of your leads.", len(news) - MOST)
        parts.append(more.format(n=len(news) - MOST) + " " + _("`/handoff list` shows the latest ten."))
    return Words("\n\n".join(parts), [*map(kit.section, parts), unasked.stop_row(Unasked.LEAD_NEWS)])


def _one(news: LeadNews, reader: Reader) -> str:
    who = ", ".join(said(name, limit=80) for name in (news.contact, news.company) if name.strip())
    worth = reader.money(news.amount, news.currency) if news.amount is not None else ""
    text = {
        DealStatus.OPEN: _("Your lead *{who}* is a deal now: {ae} works on it."),
        DealStatus.WON: _("🎉 Your lead *{who}* was won by {ae}. It began with you."),
        DealStatus.LOST: _("The deal with your lead *{who}* was lost. {ae} worked on it."),
    }[news.status].format(who=who, ae=said(news.ae, limit=80))
    lines = [text]
    if worth:
        lines.append(_("Amount: {amount}").format(amount=worth))
    if news.status is DealStatus.LOST and news.reason.strip():
        lines.append(_("Why: {reason}").format(reason=said(news.reason, limit=500)))
    return "\n".join(lines)
