"""The figures of a rep: what each metric of the role counts, and how far its target is reached."""

from decimal import Decimal

from bot.calendar.working_hours import Presence
from bot.core.enums import Metric, Role
from bot.pipeline.domain.portfolio import by_currency
from bot.scorecards.domain.definitions import DEFINITIONS, Good, metrics_of
from bot.scorecards.domain.definitions.counting import Given, Measure
from bot.scorecards.domain.tally import Tally


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
