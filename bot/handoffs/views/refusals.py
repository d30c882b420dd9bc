"""A month of refused leads, for the SDR alone."""

from slack_sdk.models.blocks import ActionsBlock

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.core.enums import Unasked
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.handoffs.domain.refusals import Month, Refused
from bot.people.views import unasked

MOST_REASONS = 3
MOST_LACKED = 5
REASON = 300


def told(month: Month, reader: Reader) -> Words:
    n = len(month.refused)
    head = ngettext(
        "*{month}: {n} of {of} decided lead was not taken.*",
        "*{month}: {n} of {of} decided leads were not taken.*",
        month.decided,
    ).format(month=reader.month(month.first), n=n, of=month.decided)
    lines = [
        _("• {k} of {n} for want of {criterion}").format(k=k, n=n, criterion=said(name, limit=80))
        for name, k in month.lacked[:MOST_LACKED]
    ]
    told = month.telling[:MOST_REASONS]
    parts = [head, *lines, *([_("*What your AEs wrote:*")] if told else [])]
    reasons = [block for one in told for block in (kit.section(_reason(one)), _acts(one))]
    note = _("Only you read this, once a month. `/handoff list` has your leads.")
    return Words(
        "\n".join([*parts, *map(_reason, told)]),
        [*kit.listed(parts), *reasons, unasked.stop_row(Unasked.REFUSALS), kit.context(note)],
    )


def _acts(one: Refused) -> ActionsBlock:
    back = [] if one.was_asked_back else [kit.button(_("Ask back"), Action.ASK_BACK, one.lead_id)]
    return kit.buttons(*back, kit.button(_("This did not help me"), Action.REASON_UNHELPFUL, one.lead_id))


def _reason(one: Refused) -> str:
    reason, ae, company = (said(words, limit=REASON) for words in (one.reason, one.ae, one.company))
    return f"• “{reason}” – {ae}, {company}"
