"""What a role's score is made of, as managers may change it."""

from collections.abc import Mapping

from bot.core.enums import Metric, Role
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.scorecards.domain.definitions import DEFINITIONS, Good, compared
from bot.scorecards.domain.ranking import Weights


def weighable(role: Role) -> tuple[Metric, ...]:
    """The metrics that a score can be made of: those with a good direction that are not the rep's own word."""
    return tuple(
        key
        for key in compared(role)
        if DEFINITIONS[key].direction is not Good.NONE and not DEFINITIONS[key].is_told_by_the_rep
    )


def without_own_word(given: Weights) -> Weights:
    """Weights as they were set before that rule, without what it leaves out; empty where nothing is left."""
    kept = {metric: weight for metric, weight in given.items() if not DEFINITIONS[metric].is_told_by_the_rep}
    total = sum(kept.values())
    return given if len(kept) == len(given) else {metric: weight / total for metric, weight in kept.items()}


def shares(role: Role, given: Mapping[Metric, float]) -> Weights:
    """Weights in any measure as shares that add up to 1, without the metrics of weight 0. Raises BadInput."""
    for metric, weight in given.items():
        if metric not in weighable(role):
            title = _(DEFINITIONS[metric].title)
            raise BadInput(_("{metric} cannot be a part of this role's score.").format(metric=title))
        if weight < 0:
            raise BadInput(_("A weight cannot be less than 0."), field=metric)
    total = sum(given.values())
    if not total:
        raise BadInput(_("At least one weight must be more than 0."), field=next(iter(given), None))
    return {metric: weight / total for metric, weight in given.items() if weight > 0}
