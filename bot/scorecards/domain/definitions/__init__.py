"""Every metric there is, and what it comes to for a rep. One is added in the module of its subject."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from types import MappingProxyType

from bot.calendar.working_hours import Presence
from bot.core.enums import Metric, Role
from bot.pipeline.domain.feeds import Silence
from bot.pipeline.domain.portfolio import by_currency
from bot.scorecards.domain.definitions import accounts, calls, coaching, deals, leads, money
from bot.scorecards.domain.definitions.counting import Given, Measure
from bot.scorecards.domain.definitions.metric import Good, Kind, MetricDefinition, Unit
from bot.scorecards.domain.tally import Tally

__all__ = [
    "DEFINITIONS",
    "Good",
    "Kind",
    "MetricDefinition",
    "Unit",
    "attainment",
    "compared",
    "measures",
    "metrics_of",
    "prorated",
    "side_by_side",
    "stopped",
    "worked_on",
]

_SUBJECTS = (
    leads.METRICS,
    deals.METRICS,
    accounts.METRICS,
    calls.METRICS,
    coaching.METRICS,
    money.METRICS,
    money.COST_METRICS,
    calls.TRANSCRIPT_METRICS,
)

DEFINITIONS: Mapping[Metric, MetricDefinition] = MappingProxyType(
    {one.key: one for subject in _SUBJECTS for one in subject}
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


def stopped(role: Role, metrics: Iterable[Metric], silences: Collection[Silence]) -> bool:
    """Whether one of the figures rests on records that have stopped coming: it tells of a time that is over."""
    quiet = {one.feed for one in silences}
    return any(not quiet.isdisjoint(DEFINITIONS[metric].feeds_of(role)) for metric in metrics)


def measures(role: Role, tally: Tally, presence: Presence, *, monthly_tool_cost: Decimal) -> list[Measure]:
    """The role's metrics, in the order of its scorecard; the tool cost is per rep and month."""
    given = Given(role, tally, presence, monthly_tool_cost)
    return [DEFINITIONS[key].counted(key, given) for key in metrics_of(role)]


def side_by_side(tally: Tally) -> dict[Metric, dict[str, Measure]]:
    """The figures in money by currency, where the currencies cannot be added up; else empty."""
    held = by_currency(tally.accounts) if tally.currencies.unrated else {}
    found: dict[Metric, dict[str, Measure]] = {}
    for key, one in DEFINITIONS.items():
        if one.of_accounts and tally.currencies.unrated:
            found[key] = {currency: one.of_accounts(key, accounts) for currency, accounts in held.items()}
        elif one.of_currencies and (apart := one.of_currencies(key, tally)):
            found[key] = dict(apart)
    return found


def attainment(value: float | None, target: float | None, direction: Good) -> float | None:
    """How far a target is reached: 1 is exactly; for metrics that are good when low, target ÷ value."""
    if value is None or not target:
        return None
    if direction is Good.DOWN:
        return target / value if value else None
    return value / target


def prorated(target: float, presence: Presence) -> float | None:
    """A total's target for the days the rep was there; None for a period without working days."""
    return target * presence.present / presence.working if presence.working else None
