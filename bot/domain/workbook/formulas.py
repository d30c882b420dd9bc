"""The formulas by which Excel finds every figure again, in Excel's own notation: `[@Rep]` is this row's Rep.

A rate's numerator and denominator are counted from the tables of records, between the row's From and To.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from bot.words import Metric, Role

MOST_COUNTED = 100_000
"""Rows of a table up to which formulas count it; a longer one would make every change of a cell a wait."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How a figure is found: `count` ÷ `out_of`, unless `value` says otherwise; `table` holds the rows counted."""

    table: str
    count: str = ""
    out_of: str = ""
    value: str = ""
    is_array: bool = False


@dataclass(frozen=True, slots=True)
class _Records:
    """The rows of a table that are a rep's, and of the rep's days."""

    table: str
    who: str
    when: str

    def count(self, *conditions: str) -> str:
        return f"COUNTIFS({self._rows(conditions)})"

    def total(self, column: str, *conditions: str) -> str:
        return f"SUMIFS({self.table}[{column}],{self._rows(conditions)})"

    def _rows(self, conditions: Collection[str]) -> str:
        dated = f"{self.table}[{self.when}]"
        own = f'{self.table}[{self.who}],[@Rep],{dated},">="&[@From],{dated},"<"&[@To]+1'
        return ",".join((own, *(self._condition(condition) for condition in conditions)))

    def _condition(self, condition: str) -> str:
        """`Status=won` as a pair of arguments; `<>`, `>` and `=` compare as they do in Excel."""
        column, comparison, wanted = re.split(r"(<>|>|=)", condition, maxsplit=1)
        sign = "" if comparison == "=" else comparison
        return f'{self.table}[{column}],"{sign}{wanted}"'


_passed = _Records("Handoffs", "SDR", "Passed")
_decided = _Records("Handoffs", "AE", "Decided")
_closed = _Records("Deals", "AE", "Closed")
_calls = _Records("Activity", "Rep", "Day")
_debriefs = _Records("Debriefs", "Rep", "Call")
_coached = _Records("Sessions", "Coach", "Held")
_due = _Records("Sessions", "Learner", "Due")

_QUALIFIED = _passed.count("Qualified=yes")
_WON = _closed.count("Status=won")
_WORKED = (
    'COUNTIFS(Deals[AE],[@Rep],Deals[Open since],"<"&[@To]+1,Deals[Status],"open")'
    '+COUNTIFS(Deals[AE],[@Rep],Deals[Open since],"<"&[@To]+1,Deals[Closed],">="&[@From])'
)
_MEDIAN_DAYS = (
    'IFERROR(MEDIAN(IF((Deals[AE]=[@Rep])*(Deals[Status]="won")*(Deals[Closed]>=[@From])*(Deals[Closed]<[@To]+1)'
    '*ISNUMBER(Deals[Days to win]),Deals[Days to win])),"")'
)
_GREW = 'COUNTIFS(Accounts[AM],[@Rep],Accounts[Grew],"yes")'
_RESULTS = {Role.SDR: ("Handoffs", _QUALIFIED), Role.AE: ("Deals", _WON), Role.AM: ("Accounts", _GREW)}


def _of_rep(column: str) -> str:
    return f"SUMIFS(Reps[{column}],Reps[Rep],[@Rep])"


def _yes_or_no(column: str) -> Recipe:
    yes, no = (_debriefs.count(f"{column}={answer}") for answer in ("yes", "no"))
    return Recipe("Debriefs", yes, f"{yes}+{no}")


def _accounts(total: str, at_least: str) -> str:
    return f'SUMIFS(Accounts[{total}],Accounts[AM],[@Rep],Accounts[{at_least}],">0")'


_RECIPES: Mapping[Metric, Recipe] = MappingProxyType(
    {
        Metric.LEADS_PER_MONTH: Recipe(
            "Handoffs",
            _passed.count(),
            f"IFERROR({_of_rep('Days')}/days_per_month*{_of_rep('Days present')}/{_of_rep('Working days')},0)",
        ),
        Metric.QUALIFIED_RATE: Recipe("Handoffs", _QUALIFIED, _passed.count("Decision<>")),
        Metric.QUALIFICATION_EFFICIENCY: Recipe("Handoffs", _QUALIFIED, _calls.total("Calls")),
        Metric.CLOSE_RATE: Recipe("Deals", _WON, _WORKED),
        Metric.WIN_RATE: Recipe("Deals", _WON, f"{_WON}+{_closed.count('Status=lost')}"),
        Metric.CYCLE_DAYS: Recipe(
            "Deals",
            out_of=_closed.count("Status=won", "Days to win>-1"),
            value=_MEDIAN_DAYS,
            is_array=True,
        ),
        Metric.DISCERNMENT: Recipe(
            "Deals", _closed.count("Status=won", "Accepted lead=yes"), _closed.count("Accepted lead=yes")
        ),
        Metric.HANDOFF_FEEDBACK_RATE: Recipe("Handoffs", _decided.count("Teaches=yes"), _decided.count()),
        Metric.UPSELL_RATE: Recipe(
            "Accounts",
            f"{_accounts('Value at end', 'Value at end')}-{_accounts('First value', 'Value at end')}",
            _accounts("First value", "Value at end"),
        ),
        Metric.NET_RETENTION: Recipe(
            "Accounts",
            _accounts("Value at end", "Value at start"),
            _accounts("Value at start", "Value at start"),
        ),
        Metric.CALLS_PER_DAY: Recipe("Activity", _calls.total("Calls"), _of_rep("Days present")),
        Metric.TALK_MINUTES: Recipe("Activity", value=_calls.total("Talk minutes")),
        Metric.EFFECTIVE_RATE: Recipe("Debriefs", _debriefs.count("Outcome=advanced"), _debriefs.count()),
        Metric.TIMELINE_RATE: _yes_or_no("Timeline agreed"),
        Metric.AUTHORITY_RATE: _yes_or_no("Authority reached"),
        Metric.DEBRIEF_RATE: Recipe("Activity", _calls.total("Debriefed"), _calls.total("Prompted")),
        Metric.COACHING_MINUTES: Recipe("Sessions", value=_coached.total("Minutes", "Commitment agreed=yes")),
        Metric.COMMITMENTS_KEPT: Recipe(
            "Sessions",
            _due.count("Commitment agreed=yes", "Due passed=yes", "Kept=yes"),
            _due.count("Commitment agreed=yes", "Due passed=yes"),
        ),
    }
)


def recipe(metric: Metric, role: Role) -> Recipe:
    """How a metric of the role's scorecard is found from the tables of records."""
    if metric is not Metric.COST_PER_RESULT:
        return _RECIPES[metric]
    table, results = _RESULTS[role]
    return Recipe(table, f"tool_cost*{_of_rep('Days')}/days_per_month", results)


def awaiting() -> str:
    """Handoffs passed that nobody has decided yet."""
    return f"{_passed.count()}-{_passed.count('Decision<>')}"


def stored(formula: str, table: str) -> str:
    """The formula as files keep it: `[@Rep]` or `[@[Out of]]` with its table, and an equals sign before it."""
    return "=" + re.sub(r"\[@\[?([^\[\]]+)\]?\]", rf"{table}[[#This Row],[\1]]", formula)
