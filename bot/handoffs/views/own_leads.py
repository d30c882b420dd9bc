"""One's own leads: the list with where each stands, and a month of those refused, for the SDR alone."""

from collections.abc import Iterable

from slack_sdk.models.blocks import ActionsBlock, Block

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.core.enums import Unasked
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.handoffs.domain.refusals import Month, Refused
from bot.handoffs.domain.standing import ListedLead, OwnLeads, Standing
from bot.people.views import unasked

NAME = 80
REASON = 200


def listed(leads: OwnLeads, reader: Reader) -> Words:
    if not (leads.passed or leads.received):
        text = _("No lead has gone from you or come to you yet. `/handoff` passes one.")
        return Words(text, [kit.section(text)])
    blocks: list[Block] = []
    if leads.passed:
        blocks += [
            kit.header(_("Leads you passed")),
            *kit.listed(_line(one, reader, _("to {other}")) for one in leads.passed),
        ]
    if leads.received:
        blocks += [kit.header(_("Leads you received")), *_received(leads.received, reader)]
    return Words(_("Your leads"), [*blocks, kit.context(_("The latest ten of each."))])


def _received(leads: Iterable[ListedLead], reader: Reader) -> list[Block]:
    """What still waits for one's word comes first, with its buttons."""
    in_order = sorted(leads, key=lambda one: one.standing is not Standing.WAITING)
    blocks: list[Block] = []
    for one in (one for one in in_order if one.standing is Standing.WAITING):
        blocks += [
            kit.section(_line(one, reader, _("from {other}"))),
            kit.buttons(
                kit.button(_("Accept"), Action.HANDOFF_ACCEPT, one.id),
                kit.button(_("Reject"), Action.HANDOFF_REJECT, one.id),
            ),
        ]
    decided = [one for one in in_order if one.standing is not Standing.WAITING]
    return [
        *blocks,
        *(kit.listed(_line(one, reader, _("from {other}")) for one in decided) if decided else []),
    ]


def _line(lead: ListedLead, reader: Reader, whose: str) -> str:
    who = ", ".join(said(name, limit=NAME) for name in (lead.contact, lead.company) if name.strip())
    day = reader.weekday(lead.passed_at.astimezone(reader.zone).date())
    line = f"• *{who}* {whose.format(other=said(lead.other, limit=NAME))}, {day}: {_stands(lead.standing)}"
    if not lead.reason.strip():
        return line
    return f"{line} – {_('“{reason}”').format(reason=said(lead.reason, limit=REASON))}"


def _stands(standing: Standing) -> str:
    return {
        Standing.WAITING: _("waits for a decision"),
        Standing.REJECTED: _("not taken"),
        Standing.ACCEPTED: _("accepted, no deal yet"),
        Standing.DEAL: _("a deal now, still open"),
        Standing.WON: _("won 🎉"),
        Standing.LOST: _("the deal was lost"),
    }[standing]


MOST_REASONS = 3
MOST_LACKED = 5
REASON_REFUSED = 300


def refusals_told(month: Month, reader: Reader) -> Words:
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
    reasons = [block for one in told for block in (kit.section(_reason_refused(one)), _acts(one))]
    note = _("Only you read this, once a month. `/handoff list` has your leads.")
    return Words(
        "\n".join([*parts, *map(_reason_refused, told)]),
        [*kit.listed(parts), *reasons, unasked.stop_row(Unasked.REFUSALS), kit.context(note)],
    )


def _acts(one: Refused) -> ActionsBlock:
    back = [] if one.was_asked_back else [kit.button(_("Ask back"), Action.ASK_BACK, one.lead_id)]
    return kit.buttons(*back, kit.button(_("This did not help me"), Action.REASON_UNHELPFUL, one.lead_id))


def _reason_refused(one: Refused) -> str:
    reason, ae, company = (said(words, limit=REASON_REFUSED) for words in (one.reason, one.ae, one.company))
    return f"• “{reason}” – {ae}, {company}"
