"""The pipeline in a sentence."""

from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.pipeline.domain.stuck import Pipeline, StuckReason


def plunger(pipeline: Pipeline) -> str:
    """The pipeline in one line."""
    if is_blind(pipeline):
        return _blind(pipeline)
    line = _("🪠 {stuck} of {open} open deals stuck").format(stuck=pipeline.stuck, open=pipeline.open)
    unpinned = pipeline.slipped_without_timeline_or_authority
    if pipeline.slipped and unpinned is not None:
        line += _("; {few} of {n} whose closing day passed lacked a timeline or authority").format(
            few=unpinned, n=pipeline.slipped
        )
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
