"""The pipeline in a sentence; and where an expected close moves again, the question what changed."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, InputBlock, RadioButtonsElement
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.core.enums import SlipCause
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.pipeline.domain.plunger import Moved
from bot.pipeline.domain.stuck import Pipeline, StuckReason


def plunger(pipeline: Pipeline, *, in_a_week: bool) -> str:
    """The pipeline in one line; what slipped is of the time that stands above it, which is a week or longer."""
    if is_blind(pipeline):
        return _blind(pipeline)
    line = _("🪠 {stuck} of {open} open deals stuck").format(stuck=pipeline.stuck, open=pipeline.open)
    unpinned = pipeline.slipped_without_timeline_or_authority
    if pipeline.slipped and unpinned is not None:
        passed = (
            _("; of {n} whose closing day passed that week, {few} had no timeline or nobody with authority")
            if in_a_week
            else _(
                "; of {n} whose closing day passed in that time, {few} had no timeline or nobody with authority"
            )
        )
        line += passed.format(few=unpinned, n=pipeline.slipped)
    return line


def clogged(pipeline: Pipeline) -> str:
    """One rep's, with the reasons; blank without open deals."""
    if not pipeline.open:
        return ""
    if is_blind(pipeline):
        return _blind(pipeline)
    told = ngettext("{stuck} of {n} open deal is stuck", "{stuck} of {n} open deals are stuck", pipeline.open)
    line = "🪠 " + told.format(stuck=pipeline.stuck, n=pipeline.open)
    return line + (f": {_reasons(pipeline)}." if pipeline.stuck else ".")


def is_blind(pipeline: Pipeline) -> bool:
    """Whether nothing is recorded by which a deal could be told to be stuck."""
    return len(pipeline.not_applied) == len(StuckReason)


def _blind(pipeline: Pipeline) -> str:
    told = ngettext(
        "🪠 {n} open deal. Whether it is stuck one cannot tell: {why}",
        "🪠 {n} open deals. How many are stuck one cannot tell: {why}",
        pipeline.open,
    )
    why = _("there is no activity, expected close or timeline in your data")
    return told.format(n=pipeline.open, why=why)


def reason_label(reason: StuckReason) -> str:
    return {
        StuckReason.PAST_CLOSE: _("past the expected close"),
        StuckReason.NO_TIMELINE_NO_AUTHORITY: _("no timeline and nobody with authority"),
        StuckReason.NO_ACTIVITY: _("nothing happened lately"),
    }[reason]


def _reasons(pipeline: Pipeline) -> str:
    counts = {reason: sum(reason in deal.reasons for deal in pipeline.stuck_deals) for reason in StuckReason}
    return ", ".join(f"{reason_label(reason)} ({n})" for reason, n in counts.items() if n)


MOST = 3


def rows(moved: Sequence[Moved], reader: Reader) -> list[Block]:
    blocks: list[Block] = []
    for one in moved[:MOST]:
        button = kit.button(_("What changed?"), Action.STUCK_WHY, one.deal_id)
        blocks.append(kit.section(_moved(one, reader), accessory=button, block_id=f"moved {one.deal_id}"))
    return blocks


def form(one: Moved, reader: Reader) -> Modal:
    asked = [kit.section(_moved(one, reader)), question(optional=False)]
    return kit.modal(View.STUCK_WHY, _("What changed?"), asked, submit=_("Save"), about=one.deal_id)


def question(*, optional: bool) -> InputBlock:
    causes = [kit.option(label, cause) for cause, label in _causes().items()]
    return kit.ask(
        _("It moves again: what changed?"),
        Input.CAUSE,
        RadioButtonsElement(options=causes),
        optional=optional,
    )


def _moved(one: Moved, reader: Reader) -> str:
    day = reader.day(one.expected_close) if one.expected_close else ""
    told = ngettext(
        "The expected close of *{deal}* has moved {n} time, to {day}.",
        "The expected close of *{deal}* has moved {n} times, to {day} now.",
        one.times,
    )
    return told.format(deal=said(one.company, limit=80), n=one.times, day=day)


def _causes() -> dict[SlipCause, str]:
    return {
        SlipCause.TIMELINE: _("There was no timeline, or theirs changed"),
        SlipCause.AUTHORITY: _("Somebody else has to agree"),
        SlipCause.PRICE: _("Price or terms"),
        SlipCause.COMPETITOR: _("A competitor came in"),
        SlipCause.SILENCE: _("They went silent"),
    }
