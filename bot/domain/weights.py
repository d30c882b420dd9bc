"""What a role's score is made of, as managers may change it."""

from collections.abc import Mapping

from bot.domain.definitions import DEFINITIONS, Good, metrics_of
from bot.domain.ranking import Weights
from bot.errors import BadInput
from bot.language import gettext as _
from bot.words import Metric, Role


def weighable(role: Role) -> tuple[Metric, ...]:
    """The metrics that a score can be made of: those with a good direction."""
    return tuple(key for key in metrics_of(role) if DEFINITIONS[key].direction is not Good.NONE)


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
