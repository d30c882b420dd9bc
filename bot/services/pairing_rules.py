"""What binds a week's pairing beside the figures: cycles that run or rest, pairs told of already, and wishes."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlmodel import Session

from bot.domain.cycles import Cycles, PastPair, cycles
from bot.domain.pairing import Cycle, PairingRules
from bot.domain.periods import iso_label
from bot.domain.ranking import seed_of
from bot.services.remembered import once
from bot.words import PairingStatus
from storage.queries import going_on
from storage.queries import pairings as queries
from storage.tables import Pairing, PairWish, WishKind

LOOK_BACK = timedelta(weeks=13)
"""How far back pairs are read: longer than a cycle and its rest together."""

_WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True, eq=False)
class Bonds:
    """The rules for one team's week; `this_week` has every team's pairs of it that were not declined."""

    rules: PairingRules
    cycles: Cycles
    this_week: Sequence[Pairing]

    def learners_elsewhere(self, learners: Collection[int]) -> Counter[int]:
        """Per coach, how many others than these learners have a place this week, told or still running."""
        couples = {(cycle.coach, cycle.learner) for cycle in self.cycles.running}
        couples |= {(one.coach_id, one.learner_id) for one in self.this_week}
        return Counter(coach for coach, learner in couples if learner not in learners)

    def guests(self, learners: Collection[int]) -> Counter[int]:
        """Coaches of other teams whom a running cycle or a pin ties to these learners, and to how many."""
        couples = {(cycle.coach, cycle.learner) for cycle in self.rules.running} | set(self.rules.pins)
        return Counter(coach for coach, learner in couples if learner in learners and coach not in learners)


def bonds(session: Session, workspace_id: int, team_id: int, week: date) -> Bonds:
    known = once(session, ("cycles", workspace_id, week), lambda: known_cycles(session, workspace_id, week))
    this_week = [
        one
        for one in queries.between(session, workspace_id, week, week)
        if one.status is not PairingStatus.DECLINED
    ]
    wishes = once(
        session,
        ("wishes", workspace_id, week),
        lambda: queries.wishes(session, workspace_id, since=week - 2 * _WEEK, until=week),
    )
    standing = [
        Cycle(one.coach_id, one.learner_id, one.metric) for one in this_week if one.team_id == team_id
    ]
    seed = seed_of(workspace_id, team_id, iso_label(week))
    return Bonds(_rules(week, seed, known, standing, wishes), known, this_week)


def known_cycles(session: Session, workspace_id: int, week: date, *, learner_id: int | None = None) -> Cycles:
    """As they stand before the week that begins on this Monday, of the workspace or of one learner."""
    past = queries.between(session, workspace_id, week - LOOK_BACK, week - _WEEK, learner_id=learner_id)
    return cycles(
        (PastPair(one.week, one.coach_id, one.learner_id, one.metric, one.status) for one in past),
        week,
        renewed=going_on.renewed(session, workspace_id, since=week - LOOK_BACK, until=week),
    )


def _rules(
    week: date,
    seed: int,
    known: Cycles,
    standing: Sequence[Cycle],
    wishes: Iterable[PairWish],
) -> PairingRules:
    """Pairs that the team was told of already (`standing`) hold their place as a running cycle does."""
    settled = {cycle.learner for cycle in standing}
    by_kind: dict[WishKind, list[PairWish]] = defaultdict(list)
    for wish in wishes:
        if wish.kind is WishKind.DECLINED or wish.week in (None, week):
            by_kind[wish.kind].append(wish)
    couples = {kind: [(wish.coach_id, wish.learner_id) for wish in found] for kind, found in by_kind.items()}
    declined = {(wish.coach_id, wish.learner_id): wish.week or week for wish in by_kind[WishKind.DECLINED]}
    return PairingRules(
        week=week,
        seed=seed,
        running=[
            *standing,
            *(
                cycle
                for cycle in known.running
                if cycle.learner not in settled and (cycle.coach, cycle.learner) not in declined
            ),
        ],
        ended={**known.ended, **declined},
        exclusions=couples.get(WishKind.EXCLUSION, ()),
        blocks=couples.get(WishKind.BLOCK, ()),
        pins=couples.get(WishKind.PIN, ()),
    )
