"""Stuck deals by name: for their AE with what can be done, for those who lead with whose they are."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block, DatePickerElement, DateTimePickerElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.pipeline.domain.feeds import Silence
from bot.pipeline.domain.losses import Reason
from bot.pipeline.domain.plunger import Clog
from bot.pipeline.domain.stuck import StuckReason
from bot.pipeline.views import stuck
from bot.pipeline.views.deal import loss_inputs
from bot.pipeline.views.feeds import missing
from bot.pipeline.views.stuck import reason_label

MOST_OWN = 5
MOST_LISTED = 30


def own(clogs: Sequence[Clog], reader: Reader, silence: Silence | None = None) -> list[Block]:
    """For the AE, each with its buttons; `silence`: no news of deals has come since."""
    blocks = _with_buttons(clogs, reader, silence) if clogs else []
    if len(clogs) > MOST_OWN:
        more = _("The {n} largest are shown; `/scorecard stuck` lists them all.").format(n=MOST_OWN)
        blocks.append(kit.context(more))
    return blocks


def own_list(clogs: Sequence[Clog], reader: Reader, silence: Silence | None = None) -> Words:
    if not clogs:
        text = _("None of your deals is stuck.")
        return Words(text, [kit.section(text)])
    rest = [_line(one, reader) for one in clogs[MOST_OWN:MOST_LISTED]]
    shown = _with_buttons(clogs, reader, silence)
    beyond = [kit.context(_largest())] if len(clogs) > MOST_LISTED else []
    return Words(_("Your stuck deals"), [*shown, *(kit.listed(rest) if rest else []), *beyond])


def _with_buttons(clogs: Sequence[Clog], reader: Reader, silence: Silence | None) -> list[Block]:
    """How many there are, and the largest of them."""
    n = len(clogs)
    title = ngettext("{n} of your deals is stuck", "{n} of your deals are stuck", n).format(n=n)
    blocks: list[Block] = [kit.header(title), *_may_have_moved(silence, reader)]
    for one in clogs[:MOST_OWN]:
        blocks += [kit.section(f"{_headline(one, reader)}\n{_why(one, reader)}"), _buttons(one)]
    return blocks


def of_team(
    team: str, clogs: Sequence[Clog], today: date, reader: Reader, silence: Silence | None = None
) -> Words:
    """For those who lead it, the largest sums first."""
    if not clogs:
        text = _("No open deal of {team} is stuck.").format(team=said(team, limit=80))
        return Words(text, [kit.section(text)])
    n = len(clogs)
    title = ngettext("{team}: {n} stuck deal", "{team}: {n} stuck deals", n).format(team=team, n=n)
    lines = [_line(one, reader, today) for one in clogs[:MOST_LISTED]]
    notes = [_("The largest sums first. Their AEs have buttons to move, meet or close each, in Home.")]
    notes += [_largest()] if n > MOST_LISTED else []
    moved = _may_have_moved(silence, reader)
    return Words(title, [kit.header(title), *moved, *kit.listed(lines), kit.context(*notes)])


def _may_have_moved(silence: Silence | None, reader: Reader) -> list[Block]:
    if silence is None:
        return []
    told = _("🔇 {missing}, so what stands here may have moved.")
    return [kit.context(told.format(missing=missing([silence], reader)))]


def _largest() -> str:
    return _("The {n} largest are shown.").format(n=MOST_LISTED)


def lost_form(deal_id: int, reasons: Sequence[Reason]) -> Modal:
    asked = loss_inputs(reasons)
    return kit.modal(View.STUCK_LOST, _("Lost"), asked, submit=_("Save"), about=deal_id)


def date_form(deal_id: int, *, has_moved: bool) -> Modal:
    """`has_moved`: once before, so that it is asked what changed."""
    asked = [kit.ask(_("Expected to close"), Input.EXPECTED_CLOSE, DatePickerElement(), optional=False)]
    asked += [stuck.question(optional=False)] if has_moved else []
    return kit.modal(View.STUCK_DATE, _("New date"), asked, submit=_("Save"), about=deal_id)


def meeting_form(deal_id: int) -> Modal:
    asked = kit.ask(_("Next meeting"), Input.NEXT_MEETING, DateTimePickerElement(), optional=False)
    return kit.modal(View.STUCK_MEETING, _("Booked a meeting"), [asked], submit=_("Save"), about=deal_id)


def _buttons(one: Clog) -> Block:
    return kit.buttons(
        kit.button(_("New date"), Action.STUCK_DATE, one.deal_id),
        kit.button(_("Booked a meeting"), Action.STUCK_MEETING, one.deal_id),
        kit.button(_("Lost"), Action.STUCK_LOST, one.deal_id),
        kit.button(_("Leave it this week"), Action.STUCK_LEAVE, one.deal_id),
    )


def _headline(one: Clog, reader: Reader, owner: str = "") -> str:
    name = said(one.company, limit=80) or _("a deal without a name")
    parts = [f"*{name}*" + (f" ({owner})" if owner else "")]
    if one.amount is not None:
        parts.append(reader.money(one.amount, one.currency))
    parts.append(
        ngettext("open for {n} day", "open for {n} days", one.days).format(n=reader.number(one.days))
    )
    return " · ".join(parts)


def _why(one: Clog, reader: Reader) -> str:
    days = {StuckReason.PAST_CLOSE: one.expected_close}
    return ", ".join(
        reason_label(reason) + (f" ({reader.short_day(day)})" if (day := days.get(reason)) else "")
        for reason in one.reasons
    )


def clog_line(one: Clog, reader: Reader) -> str:
    return f"{_headline(one, reader)}: {_why(one, reader)}"


def _line(one: Clog, reader: Reader, today: date | None = None) -> str:
    """`today` where it is told whose it is, to those who lead."""
    line = f"• {_headline(one, reader, said(one.owner, limit=80) if today else '')}: {_why(one, reader)}"
    if today and one.left_until and one.left_until > today:
        line += " · " + _("left until {day}").format(day=reader.weekday(one.left_until))
    return line
