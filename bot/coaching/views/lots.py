"""Who was drawn for a coach's scarce places, as managers read it."""

from collections.abc import Sequence

from bot.blocks import kit
from bot.coaching.domain.plans import PlannedLot
from bot.core.i18n import gettext as _
from bot.people.domain.someone import Someone
from bot.scorecards.views.amounts import title
from bot.tabular.cells import name

PEOPLE_LIMIT = 600


def lot_drawn(lot: PlannedLot) -> str:
    """Who has a place, and whose turn is next, in the order drawn."""
    return _(
        "🎲 Drawn by lot, for like need in {metric}: {drawn}. Next: {waiting}. Pins take no part in a draw."
    ).format(metric=title(lot.metric), drawn=_people(lot.placed), waiting=_people(lot.waiting))


def lots_set(*, wanted: bool) -> str:
    if wanted:
        return _("✓ From the next pairs on, places that learners of like need want are drawn by lot.")
    return _("✓ No lots are drawn any more: the largest shortfall goes first, however small the difference.")


def _people(some: Sequence[Someone]) -> str:
    return kit.shortened(", ".join(name(one.name) for one in some), PEOPLE_LIMIT)
