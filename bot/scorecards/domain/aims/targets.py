"""What a rep should reach: targets as people write them, what to suggest, and what they come to over a period."""

import re
from collections.abc import Mapping
from datetime import date, datetime

import numpy as np

from bot.calendar.periods import DAYS_PER_MONTH, Period
from bot.calendar.wallclock import local_date
from bot.calendar.working_hours import Presence
from bot.core.enums import Metric, Role
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.scorecards.domain.definitions import DEFINITIONS, Good, Unit, compared
from bot.scorecards.domain.evidence import RoleEvidence
from bot.scorecards.domain.metrics import prorated

WEEKS = 12
"""How far back a suggestion looks."""
STRONG = 0.80
"""A suggestion is what four of five of the role stay short of."""
_NUMBER = re.compile(r"-?\d{1,9}(\.\d{1,9})?")


def day_reached(period: Period, as_of: datetime) -> date:
    """The period's last day, or the one it has reached: what is in force then is in force for all of it."""
    return local_date(period.until(as_of).last, period.zone)


def over(target: float, metric: Metric, presence: Presence) -> float | None:
    """What a target asks of one rep in a period: totals, kept per month, by the days the rep was there."""
    if not DEFINITIONS[metric].is_total:
        return target
    return prorated(target * presence.days / DAYS_PER_MONTH, presence)


def suggested(evidence: RoleEvidence, days: int) -> dict[Metric, float]:
    """What the role's strongest fifth reached, raw, among those past ramp-up; totals per month.

    `days` are the calendar days of the evidence. Metrics of which nobody has a figure are left out.
    """
    found = {}
    for metric, shown in evidence.metrics.items():
        raw = shown.raw[shown.known & ~evidence.ramping]
        if len(raw):
            is_low = DEFINITIONS[metric].direction is Good.DOWN
            value = float(np.quantile(raw, 1 - STRONG if is_low else STRONG))
            found[metric] = value / days * DAYS_PER_MONTH if DEFINITIONS[metric].is_total else value
    return found


def number(metric: Metric, typed: str) -> float:
    """A number of 0 or more as a form gives it; raises BadInput under the metric's own field."""
    if not _NUMBER.fullmatch(typed):
        raise BadInput(_("Please give a number, such as 40 or 2.5."), field=metric)
    if typed.startswith("-") and float(typed):
        raise BadInput(_negative(metric), field=metric)
    return abs(float(typed))


def _negative(metric: Metric) -> str:
    if DEFINITIONS[metric].least < 0:
        return _("This cannot be less than 0. If the accounts may shrink, set a target for net retention.")
    return _("This cannot be less than 0.")


def read(metric: Metric, typed: str) -> float | None:
    """A target in the metric's own unit; shares are typed in percent, a blank is no target."""
    if not typed:
        return None
    value = number(metric, typed)
    if DEFINITIONS[metric].unit is not Unit.SHARE:
        return value
    if value > 100 and not DEFINITIONS[metric].is_of_value:
        raise BadInput(_("This is a share: it cannot be more than 100%."), field=metric)
    return value / 100


def written(metric: Metric, value: float) -> str:
    """As one would type it; `read` gives it back, to a tenth."""
    typed = value * 100 if DEFINITIONS[metric].unit is Unit.SHARE else value
    return f"{round(typed, 1):.1f}".removesuffix(".0")


def require_known(role: Role, given: Mapping[Metric, object]) -> None:
    """Raises BadInput for a metric that is not on the role's scorecard."""
    unknown = given.keys() - set(compared(role))
    if unknown:
        title = _(DEFINITIONS[min(unknown)].title)
        raise BadInput(_("{metric} is not on the scorecard of this role.").format(metric=title))
