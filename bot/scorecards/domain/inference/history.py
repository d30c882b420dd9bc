"""The windows of a role that priors are made of."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.core.enums import Metric
from bot.scorecards.domain.evidence import RoleEvidence
from bot.scorecards.domain.inference.priors import Spread, spread
from bot.scorecards.domain.inference.samples import Rates
from bot.scorecards.domain.inference.shrinkage import Core


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """What priors are made of: windows of a role, each as long as the one that is estimated.

    `before` are those of the year before it; `now` is the window itself, as it was when the history was read.
    """

    before: tuple[RoleEvidence, ...]
    now: RoleEvidence
    _spreads: dict[Metric, Spread] = field(default_factory=dict, init=False, repr=False)

    def spread(self, metric: Metric, shown: Core) -> Spread:
        """Fitted once: it takes longer than all else of a card. `shown` is for a role that shows nothing else."""
        if metric not in self._spreads:
            told = [*self.cores(metric), *_cores([self.now], metric)]
            self._spreads[metric] = spread(told or [shown])
        return self._spreads[metric]

    def cores(self, metric: Metric) -> list[Core]:
        """Of the windows before; none for what each of them counts from the same first day on."""
        return [] if metric in _SINCE_TAKEN_OVER else _cores(self.before, metric)

    def judges(self, metric: Metric) -> bool:
        """Whether anybody ever showed the other outcome; where all deals are won, winning tells nobody apart."""
        told = [
            one for one in _cores([*self.before, self.now], _OUTCOME.get(metric, metric)) if one.size.any()
        ]
        if not all(isinstance(one, Rates) for one in told):
            return True
        rates = [one for one in told if isinstance(one, Rates)]
        return any((one.successes < one.trials).any() for one in rates) or not rates


_SINCE_TAKEN_OVER = frozenset({Metric.UPSELL_RATE})
"""Growth since an AM took an account over: last quarter's is a part of this one's, and no other observation of it."""
_OUTCOME = {Metric.CLOSE_RATE: Metric.WIN_RATE}
"""Whose other outcome a metric needs: who marks no deal as lost closes as many as they please."""


def _cores(windows: Iterable[RoleEvidence], metric: Metric) -> list[Core]:
    return [one.metrics[metric].sample.core for one in windows if metric in one.metrics]
