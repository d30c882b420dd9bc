"""What each metric is called, whom it measures and how it is made, in words: the text beside every number."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType

from bot.words import SELLING_ROLES, Metric, Role


class Unit(StrEnum):
    SHARE = "share"
    COUNT = "count"
    PER_MONTH = "per_month"
    PER_DAY = "per_day"
    MINUTES = "minutes"
    DAYS = "days"
    MONEY = "money"


class Good(StrEnum):
    """The direction in which a metric gets better."""

    UP = "up"
    DOWN = "down"
    NONE = "none"


class Kind(StrEnum):
    """Whether a metric tells of effort saved, results reached, coaching given and taken, or money."""

    EFFECTIVENESS = "effectiveness"
    EFFICIENCY = "efficiency"
    COACHING = "coaching"
    COST = "cost"


@dataclass(frozen=True, slots=True)
class Definition:
    key: Metric
    roles: tuple[Role, ...]
    title: str
    unit: Unit
    direction: Good
    kind: Kind
    formula: str

    @property
    def is_total(self) -> bool:
        """Whether the figure adds up over days, so that its target shrinks with absence; a rate's never does."""
        return self.unit is Unit.MINUTES


_SDR, _AE, _AM = (Role.SDR,), (Role.AE,), (Role.AM,)
_ALL = tuple(Role)

_DEFINITIONS = (
    Definition(
        Metric.LEADS_PER_MONTH,
        _SDR,
        "Leads per month",
        Unit.PER_MONTH,
        Good.UP,
        Kind.EFFECTIVENESS,
        "handoffs passed ÷ (days in the period ÷ 30.4375 × working days present ÷ working days)",
    ),
    Definition(
        Metric.QUALIFIED_RATE,
        _SDR,
        "Qualified leads",
        Unit.SHARE,
        Good.UP,
        Kind.EFFECTIVENESS,
        "qualified ÷ decided, over handoffs passed in the period; undecided ones wait",
    ),
    Definition(
        Metric.QUALIFICATION_EFFICIENCY,
        _SDR,
        "Qualified leads per call",
        Unit.SHARE,
        Good.UP,
        Kind.EFFICIENCY,
        "qualified handoffs passed in the period ÷ calls completed",
    ),
    Definition(
        Metric.CLOSE_RATE,
        _AE,
        "Close rate",
        Unit.SHARE,
        Good.UP,
        Kind.EFFECTIVENESS,
        "won in the period ÷ deals open at any moment of it",
    ),
    Definition(
        Metric.WIN_RATE,
        _AE,
        "Win rate",
        Unit.SHARE,
        Good.UP,
        Kind.EFFECTIVENESS,
        "won ÷ (won + lost), over deals closed in the period",
    ),
    Definition(
        Metric.CYCLE_DAYS,
        _AE,
        "Days to win",
        Unit.DAYS,
        Good.DOWN,
        Kind.EFFICIENCY,
        "median calendar days from opened to won, over deals won in the period",
    ),
    Definition(
        Metric.DISCERNMENT,
        _AE,
        "Discernment",
        Unit.SHARE,
        Good.UP,
        Kind.EFFECTIVENESS,
        "won ÷ closed, over deals closed in the period that came from handoffs the AE accepted",
    ),
    Definition(
        Metric.HANDOFF_FEEDBACK_RATE,
        _AE,
        "Handoff feedback",
        Unit.SHARE,
        Good.UP,
        Kind.COACHING,
        "decisions on handoffs whose reason teaches ÷ decisions; a reason teaches with 20 characters or more "
        "(8 in scripts without spaces) that repeat no earlier reason",
    ),
    Definition(
        Metric.UPSELL_RATE,
        _AM,
        "Upsell",
        Unit.SHARE,
        Good.UP,
        Kind.EFFECTIVENESS,
        "(value at the end − first value) ÷ first value, summed over accounts held at the end of the period; "
        "first value: the account's value when this AM took it over",
    ),
    Definition(
        Metric.NET_RETENTION,
        _AM,
        "Net retention",
        Unit.SHARE,
        Good.UP,
        Kind.EFFECTIVENESS,
        "value at the end ÷ value at the start, summed over accounts held at the start; lost ones count 0",
    ),
    Definition(
        Metric.CALLS_PER_DAY,
        _ALL,
        "Calls per day",
        Unit.PER_DAY,
        Good.UP,
        Kind.EFFICIENCY,
        "calls completed ÷ working days present",
    ),
    Definition(
        Metric.TALK_MINUTES,
        _ALL,
        "Talk time",
        Unit.MINUTES,
        Good.NONE,
        Kind.EFFICIENCY,
        "minutes of all completed calls together",
    ),
    Definition(
        Metric.EFFECTIVE_RATE,
        _ALL,
        "Effective calls",
        Unit.SHARE,
        Good.UP,
        Kind.EFFECTIVENESS,
        "debriefs of calls that advanced the sale ÷ debriefs",
    ),
    Definition(
        Metric.TIMELINE_RATE,
        _ALL,
        "Timeline agreed",
        Unit.SHARE,
        Good.UP,
        Kind.EFFECTIVENESS,
        "debriefs with a timeline agreed ÷ debriefs that say yes or no",
    ),
    Definition(
        Metric.AUTHORITY_RATE,
        _ALL,
        "Authority reached",
        Unit.SHARE,
        Good.UP,
        Kind.EFFECTIVENESS,
        "debriefs with someone with authority reached ÷ debriefs that say yes or no",
    ),
    Definition(
        Metric.DEBRIEF_RATE,
        _ALL,
        "Calls debriefed",
        Unit.SHARE,
        Good.UP,
        Kind.COACHING,
        "prompted calls debriefed ÷ calls prompted",
    ),
    Definition(
        Metric.COACHING_MINUTES,
        _ALL,
        "Coaching given",
        Unit.MINUTES,
        Good.UP,
        Kind.COACHING,
        "minutes of held sessions that ended in a commitment, as the coach",
    ),
    Definition(
        Metric.COMMITMENTS_KEPT,
        _ALL,
        "Commitments kept",
        Unit.SHARE,
        Good.UP,
        Kind.COACHING,
        "commitments kept ÷ commitments due, as the learner",
    ),
    Definition(
        Metric.COST_PER_RESULT,
        SELLING_ROLES,
        "Tool cost per result",
        Unit.MONEY,
        Good.DOWN,
        Kind.COST,
        "tool cost per month × (days in the period ÷ 30.4375) ÷ results (SDR: qualified leads; AE: deals won; "
        "AM: accounts worth more at the end than at the start)",
    ),
)

DEFINITIONS: Mapping[Metric, Definition] = MappingProxyType({one.key: one for one in _DEFINITIONS})
"""Every metric's definition, in the order in which a scorecard lists them."""


def metrics_of(role: Role) -> tuple[Metric, ...]:
    """The metrics of a role's scorecard, in its order."""
    return tuple(key for key, definition in DEFINITIONS.items() if role in definition.roles)
