"""Whether the coaching worked, for a manager and for a script."""

from collections.abc import Sequence
from typing import Any

from bot.domain.effect import Effect, Lack, Missing
from bot.language import gettext as _
from bot.views.amounts import amount, title
from bot.views.reader import Reader


def lines(effects: Sequence[Effect], reads: Reader) -> list[str]:
    """One line a metric, and what no number can show."""
    if not effects:
        return [_("No coaching session has been recorded yet.")]
    caveat = _(
        "Coached reps were chosen, not drawn by lot; whoever chose them may have known what numbers do not."
    )
    return [*(_line(one, reads) for one in effects), caveat]


def answers(effects: Sequence[Effect]) -> list[dict[str, Any]]:
    """The JSON of `effect`; positive is better."""
    return [
        {
            "metric": one.metric.value,
            "learners": one.learners,
            "comparison": one.comparison,
            "difference": one.difference,
            "interval": list(one.interval) if one.interval else None,
            "enough": one.enough,
            "missing": [_lacks(lack) for lack in one.missing],
            "cost": one.cost,
        }
        for one in effects
    ]


def _line(one: Effect, reads: Reader) -> str:
    if one.difference is None or one.interval is None:
        lacks = "; ".join(_lacks(lack) for lack in one.missing)
        return _("{metric}: not enough data yet ({lacks}).").format(metric=title(one.metric), lacks=lacks)
    low, high = one.interval
    line = _(
        "{metric}: {n} coached reps gained {difference} more than {others} others (95% sure of {low} to {high})."
    ).format(
        metric=title(one.metric),
        difference=amount(one.metric, one.difference, reads),
        n=one.learners,
        others=one.comparison,
        low=amount(one.metric, low, reads),
        high=amount(one.metric, high, reads),
    )
    return line if low > 0 or high < 0 else line + " " + _("That may well be chance.")


def _lacks(lack: Missing) -> str:
    words = {
        Lack.COACHED: _("{have} of {need} coached reps"),
        Lack.UNCOACHED: _("{have} of {need} uncoached reps"),
        Lack.WEEKS: _("{have} of {need} weeks after the first session"),
        Lack.OVERLAP: _("coached and uncoached reps were too far apart before to compare"),
    }
    return words[lack.lack].format(have=lack.have, need=lack.need)
