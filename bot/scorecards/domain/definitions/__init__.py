"""Every metric there is. One is added in the module of its subject; everything else finds it here."""

from collections.abc import Mapping
from types import MappingProxyType

from bot.core.enums import Metric, Role
from bot.scorecards.domain.definitions import (
    accounts,
    calls,
    coaching,
    conversations,
    costs,
    deals,
    leads,
    money,
)
from bot.scorecards.domain.definitions.metric import Good, Kind, MetricDefinition, Unit

__all__ = ["DEFINITIONS", "Good", "Kind", "MetricDefinition", "Unit", "compared", "metrics_of", "worked_on"]

_SUBJECTS = (leads, deals, accounts, calls, coaching, money, costs, conversations)

DEFINITIONS: Mapping[Metric, MetricDefinition] = MappingProxyType(
    {one.key: one for subject in _SUBJECTS for one in subject.METRICS}
)
"""Every metric's definition, in the order in which a scorecard lists them."""


def metrics_of(role: Role) -> tuple[Metric, ...]:
    """The metrics of a role's scorecard, in its order."""
    return tuple(key for key, definition in DEFINITIONS.items() if role in definition.roles)


def worked_on(role: Role) -> tuple[Metric, ...]:
    """What a learner of the role may be coached on."""
    return (*metrics_of(role), *(key for key, one in DEFINITIONS.items() if one.is_private))


def compared(role: Role) -> tuple[Metric, ...]:
    """Those by which reps are set beside each other: all but the facts."""
    return tuple(key for key in metrics_of(role) if not DEFINITIONS[key].is_fact)
