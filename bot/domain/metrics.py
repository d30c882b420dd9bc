"""The arithmetic of every metric. Nothing measured is None, never 0; every rate keeps what it was divided from."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from bot.domain.definitions import Good, metrics_of
from bot.domain.periods import DAYS_PER_MONTH
from bot.domain.portfolio import by_currency
from bot.domain.tally import HeldAccount, Presence, Tally
from bot.words import Metric, Role


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure of one rep in one period.

    `value` is a share, a count per month or day, minutes, days or money, as the metric's definition says; None where
    there is no data. It is `numerator ÷ denominator` where both are kept; a median keeps the number of its items as
    the denominator, a total keeps neither. `awaiting` counts what is still undecided, for metrics that wait.
    """

    key: Metric
    value: float | None
    numerator: float | None = None
    denominator: float | None = None
    awaiting: int | None = None


@dataclass(frozen=True, slots=True)
class _Given:
    role: Role
    tally: Tally
    presence: Presence
    monthly_tool_cost: Decimal


def measures(role: Role, tally: Tally, presence: Presence, *, monthly_tool_cost: Decimal) -> list[Measure]:
    """The role's metrics, in the order of its scorecard; the tool cost is per rep and month."""
    given = _Given(role, tally, presence, monthly_tool_cost)
    return [_FORMULAS[key](key, given) for key in metrics_of(role)]


def side_by_side(tally: Tally) -> dict[Metric, dict[str, Measure]]:
    """The figures in money by currency, where the currencies cannot be added up; else empty."""
    if not tally.currencies.unrated:
        return {}
    held = by_currency(tally.accounts)
    return {key: {one: of(key, held[one]) for one in held} for key, of in _IN_MONEY.items()}


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


def results(role: Role, tally: Tally) -> int | None:
    """What the role is there for, counted: qualified leads, deals won, accounts grown; None for managers."""
    match role:
        case Role.SDR:
            return tally.qualified
        case Role.AE:
            return tally.won
        case Role.AM:
            return sum(account.end > account.start for account in tally.accounts if account.start is not None)
        case Role.MANAGER:
            return None


def _ratio(key: Metric, numerator: float, denominator: float, *, awaiting: int | None = None) -> Measure:
    value = numerator / denominator if denominator else None
    return Measure(key, value, numerator, denominator, awaiting)


def _share(count: Callable[[Tally], int], of: Callable[[Tally], int]) -> "_Formula":
    return lambda key, given: _ratio(key, count(given.tally), of(given.tally))


def _leads_per_month(key: Metric, given: _Given) -> Measure:
    days = given.presence
    months = days.days / DAYS_PER_MONTH * days.present / days.working if days.working else 0
    return _ratio(key, given.tally.passed, months)


def _qualified_rate(key: Metric, given: _Given) -> Measure:
    tally = given.tally
    return _ratio(key, tally.qualified, tally.decided, awaiting=tally.passed - tally.decided)


def _cycle_days(key: Metric, given: _Given) -> Measure:
    days = given.tally.won_after_days
    return Measure(key, float(median(days)) if days else None, denominator=len(days))


def _upsell_rate(key: Metric, accounts: Iterable[HeldAccount]) -> Measure:
    held = [account for account in accounts if account.end > 0]
    first = sum((account.first for account in held), Decimal())
    gained = sum((account.end for account in held), Decimal()) - first
    return _ratio(key, float(gained), float(first))


def _net_retention(key: Metric, accounts: Iterable[HeldAccount]) -> Measure:
    def start(account: HeldAccount) -> Decimal:
        return account.start or Decimal()

    held = [account for account in accounts if start(account) > 0]
    kept = sum((account.end for account in held), Decimal())
    return _ratio(key, float(kept), float(sum(map(start, held), Decimal())))


_IN_MONEY: Mapping[Metric, Callable[[Metric, Iterable[HeldAccount]], Measure]] = {
    Metric.UPSELL_RATE: _upsell_rate,
    Metric.NET_RETENTION: _net_retention,
}


def _in_money(key: Metric, given: _Given) -> Measure:
    """Nothing is added up across currencies."""
    tally = given.tally
    return Measure(key, None) if tally.currencies.unrated else _IN_MONEY[key](key, tally.accounts)


def _calls_per_day(key: Metric, given: _Given) -> Measure:
    return _ratio(key, given.tally.calls, given.presence.present)


def _talk_minutes(key: Metric, given: _Given) -> Measure:
    return Measure(key, given.tally.talk_seconds / 60)


def _coaching_minutes(key: Metric, given: _Given) -> Measure:
    return Measure(key, float(sum(given.tally.coached_minutes)))


def _cost_per_result(key: Metric, given: _Given) -> Measure:
    cost = float(given.monthly_tool_cost) * given.presence.days / DAYS_PER_MONTH
    return _ratio(key, cost, results(given.role, given.tally) or 0)


_Formula = Callable[[Metric, _Given], Measure]

_FORMULAS: Mapping[Metric, _Formula] = {
    Metric.LEADS_PER_MONTH: _leads_per_month,
    Metric.QUALIFIED_RATE: _qualified_rate,
    Metric.QUALIFICATION_EFFICIENCY: _share(lambda t: t.qualified, of=lambda t: t.calls),
    Metric.CLOSE_RATE: _share(lambda t: t.won, of=lambda t: t.worked),
    Metric.WIN_RATE: _share(lambda t: t.won, of=lambda t: t.won + t.lost),
    Metric.CYCLE_DAYS: _cycle_days,
    Metric.DISCERNMENT: _share(lambda t: t.won_from_accepted, of=lambda t: t.closed_from_accepted),
    Metric.HANDOFF_FEEDBACK_RATE: _share(lambda t: t.teaching_decisions, of=lambda t: t.decisions),
    Metric.UPSELL_RATE: _in_money,
    Metric.NET_RETENTION: _in_money,
    Metric.CALLS_PER_DAY: _calls_per_day,
    Metric.TALK_MINUTES: _talk_minutes,
    Metric.EFFECTIVE_RATE: _share(lambda t: t.advanced, of=lambda t: t.debriefs),
    Metric.TIMELINE_RATE: _share(lambda t: t.timeline_yes, of=lambda t: t.timeline_yes + t.timeline_no),
    Metric.AUTHORITY_RATE: _share(lambda t: t.authority_yes, of=lambda t: t.authority_yes + t.authority_no),
    Metric.DEBRIEF_RATE: _share(lambda t: t.prompted_debriefed, of=lambda t: t.prompted),
    Metric.COACHING_MINUTES: _coaching_minutes,
    Metric.COMMITMENTS_KEPT: _share(lambda t: t.commitments_kept, of=lambda t: t.commitments_due),
    Metric.COST_PER_RESULT: _cost_per_result,
}
