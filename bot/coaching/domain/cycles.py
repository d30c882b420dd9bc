"""From the pairs of past weeks to the four-week cycles that still run, and those that ended."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from bot.coaching.domain.pairs import Cycle
from bot.coaching.domain.week import WEEK
from bot.core.enums import AGREED, CALLED_OFF, Metric, PairingStatus
from bot.people.domain.access import CYCLE

Couple = tuple[int, int]
"""A coach and a learner."""


@dataclass(frozen=True, slots=True)
class PastPair:
    """A coach and a learner in the week that began on this Monday."""

    week: date
    coach: int
    learner: int
    metric: Metric
    status: PairingStatus


@dataclass(frozen=True, slots=True)
class Cycles:
    """As seen from one week: cycles in their four weeks, when the others ended, and which couples have said yes.

    `week_of` is the week, 1 to 4, in which a running couple now is.
    """

    running: tuple[Cycle, ...]
    ended: Mapping[Couple, date]
    agreed: frozenset[Couple]
    week_of: Mapping[Couple, int]


@dataclass(frozen=True, slots=True)
class _Span:
    """A couple's last cycle: its first week and its pairs, oldest first; `last` is their last pair of all."""

    began: date
    pairs: tuple[PastPair, ...]
    last: PastPair
    renewed: bool

    @property
    def is_asked(self) -> bool:
        """It waits for the learner's yes, with which its first week begins."""
        return not self.renewed and self.last.status is PairingStatus.PROPOSED

    def ended_by(self, week: date, latest: PastPair) -> date | None:
        """The day on which it was over; None while it runs. A learner paired anew has left the earlier coach."""
        if self.last.status in CALLED_OFF or latest.coach != self.last.coach:
            return self.last.week
        if self.is_asked:
            return None if week <= self.last.week + WEEK else self.last.week
        over = self.began + CYCLE
        return over if over <= week else None


def cycles(past: Iterable[PastPair], week: date, *, renewed: Mapping[Couple, date] | None = None) -> Cycles:
    """The cycles as they stand before `week`, a Monday; pairs of that week and later are not looked at.

    A cycle runs for four weeks from the first that both agreed to, weeks that were missed included; a decline ends it
    at once. A proposal that still waits for its answer holds its place, and its first week is yet to come. Where both
    said that they go on, the cycle begins anew on the Monday that `renewed` gives, the latest up to `week`.
    """
    pairs = sorted((pair for pair in past if pair.week < week), key=lambda pair: pair.week)
    latest = {pair.learner: pair for pair in pairs}
    spans = {
        couple: _last_span(met, (renewed or {}).get(couple)) for couple, met in _by_couple(pairs).items()
    }
    ended = {couple: day for couple, span in spans.items() if (day := span.ended_by(week, latest[couple[1]]))}
    running = {couple: span for couple, span in spans.items() if couple not in ended}
    return Cycles(
        tuple(Cycle(*couple, span.last.metric) for couple, span in running.items()),
        ended,
        frozenset(couple for couple, span in running.items() if _agreed(span)),
        {
            couple: 1 if span.is_asked else (week - span.began).days // 7 + 1
            for couple, span in running.items()
        },
    )


def _by_couple(pairs: Iterable[PastPair]) -> Mapping[Couple, Sequence[PastPair]]:
    couples: dict[Couple, list[PastPair]] = defaultdict(list)
    for pair in pairs:
        couples[(pair.coach, pair.learner)].append(pair)
    return couples


def _last_span(pairs: Sequence[PastPair], renewed: date | None) -> _Span:
    began = pairs[0].week
    for earlier, pair in pairwise(pairs):
        if pair.week >= began + CYCLE or earlier.status in (*CALLED_OFF, PairingStatus.PROPOSED):
            began = pair.week
    is_renewed = renewed is not None and began < renewed <= pairs[-1].week + CYCLE
    if renewed is not None and is_renewed:
        began = renewed
    return _Span(began, tuple(pair for pair in pairs if pair.week >= began), pairs[-1], is_renewed)


def _agreed(span: _Span) -> bool:
    return span.renewed or any(pair.status in AGREED for pair in span.pairs)
