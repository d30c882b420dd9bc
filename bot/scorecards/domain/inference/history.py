"""The windows of a role that priors are made of."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bot.core.enums import Metric
from bot.scorecards.domain.evidence import RoleEvidence
from bot.scorecards.domain.inference.priors import Spread, prior, spread
from bot.scorecards.domain.inference.samples import Rates
from bot.scorecards.domain.inference.shrinkage import Core, Prior, Sample

Sampled = Callable[[Metric, RoleEvidence], Sample | None]
"""What is taken of a metric in a window; None where there is nothing."""


@dataclass(frozen=True, slots=True, eq=False)
class History:
    """What priors are made of: windows of a role, each as long as the one that is estimated.

    `before` are those of the year before it; `now` is the window itself, as it was when the history was read.
    """

    before: tuple[RoleEvidence, ...]
    now: RoleEvidence
    _spreads: dict[tuple[Metric, Sampled], Spread] = field(default_factory=dict, init=False, repr=False)

    def prior(self, metric: Metric, shown: Core, sampled: Sampled | None = None) -> Prior:
        """Of a metric, or of what else is `sampled` of it; `shown` is that of the window which is estimated."""
        chosen = sampled or _whole
        before = [] if metric in _SINCE_TAKEN_OVER else _cores(self.before, metric, chosen)
        key = metric, chosen
        if key not in self._spreads:  # fitted once: it takes longer than all else of a card
            told = [*before, *_cores([self.now], metric, chosen)]
            self._spreads[key] = spread(told or [shown])
        return prior(self._spreads[key], shown, before)

    def judges(self, metric: Metric) -> bool:
        """Whether anybody ever showed the other outcome; where all deals are won, winning tells nobody apart."""
        told = [
            one
            for one in _cores([*self.before, self.now], _OUTCOME.get(metric, metric), _whole)
            if one.size.any()
        ]
        if not all(isinstance(one, Rates) for one in told):
            return True
        rates = [one for one in told if isinstance(one, Rates)]
        return any((one.successes < one.trials).any() for one in rates) or not rates


_SINCE_TAKEN_OVER = frozenset({Metric.UPSELL_RATE})
"""Growth since an AM took an account over: last quarter's is a part of this one's, and no other observation of it."""
_OUTCOME = {Metric.CLOSE_RATE: Metric.WIN_RATE}
"""Whose other outcome a metric needs: who marks no deal as lost closes as many as they please."""


def _whole(metric: Metric, window: RoleEvidence) -> Sample | None:
    return window.metrics[metric].sample if metric in window.metrics else None


def _cores(windows: Iterable[RoleEvidence], metric: Metric, sampled: Sampled) -> list[Core]:
    return [sample.core for one in windows if (sample := sampled(metric, one)) is not None]
