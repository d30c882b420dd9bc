"""What a manager reads of pins, blocks and swaps: what came of them, or what stands against them."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.reader import Reader
from bot.coaching.domain.plans import PlannedPair
from bot.coaching.views.reasons import reason
from bot.core.i18n import gettext as _
from bot.people.views.names import short_name

STRONG, FAIR = 1.0, 0.35
"""From where on a pair's worth is called so."""


def nobody_coaches() -> str:
    return _(
        "Nobody has offered to coach yet, so there is nothing to pin. `/coach propose @name` asks somebody; the "
        "person decides."
    )


def pinned(coach: str, learner: str, week: date, reads: Reader) -> str:
    return _("✓ {coach} coaches {learner} in the week of {day}.").format(
        coach=short_name(coach), learner=short_name(learner), day=reads.day(week)
    )


def pinned_now(coach: str, learner: str) -> str:
    return _("✓ I asked {learner} whether {coach} should coach them, and told {coach}.").format(
        coach=short_name(coach), learner=short_name(learner)
    )


def swapped(pair: PlannedPair, week: date, reads: Reader) -> str:
    told = pinned(pair.coach.name, pair.learner.name, week, reads)
    return f"{told} {reason(pair, reads)} {_('Worth: {worth}.').format(worth=worth(pair.value))}"


def no_use(pairs: Sequence[PlannedPair]) -> str:
    """Before a swap that the figures see no use in is made."""
    told = ", ".join(
        _("{coach} with {learner}").format(
            coach=short_name(one.coach.name), learner=short_name(one.learner.name)
        )
        for one in pairs
    )
    return _(
        "By the figures nothing would be taught: {pairs}. If you mean it, choose “Swap all the same”."
    ).format(pairs=told)


def pin_lost(coach: str, learner: str, instead: Sequence[str]) -> str:
    """To a manager, as the week begins."""
    told = _(
        "Your pin of {coach} with {learner} does not hold: a leave, a full place or somebody's own choice came "
        "between. Neither was told."
    ).format(coach=short_name(coach), learner=short_name(learner))
    if not instead:
        return told
    return (
        told
        + " "
        + _("These could coach {learner} now: {coaches}.").format(
            learner=short_name(learner), coaches=", ".join(short_name(one) for one in instead)
        )
    )


def worth(value: float) -> str:
    if value >= STRONG:
        return _("strong")
    if value >= FAIR:
        return _("fair")
    return _("weak") if value > 0 else _("none by the figures")


def blocked(coach: str, learner: str) -> str:
    return _("✓ {coach} does not coach {learner}, until the block is removed. Neither is told why.").format(
        coach=short_name(coach), learner=short_name(learner)
    )


def saved(lines: Sequence[str]) -> Modal:
    again = _("`/scorecard pairs` shows the plan anew.")
    return kit.sentence(_("Change the pairs"), "\n".join([*lines, again]))


def wish(*, is_pin: bool, coach: str, learner: str, by: str | None) -> str:
    text = _("📌 {coach} with {learner}, that week") if is_pin else _("⛔ never {coach} with {learner}")
    told = text.format(coach=short_name(coach), learner=short_name(learner))
    return told + (_(" ({name})").format(name=short_name(by)) if by else "")


def removed() -> str:
    return _("✓ Removed. `/scorecard pairs` shows the plan anew.")
