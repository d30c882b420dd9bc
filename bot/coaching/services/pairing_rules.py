"""What binds a week's pairing beside the figures: cycles that run or rest, pairs told of already, and wishes."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.calendar.periods import iso_label
from bot.coaching.domain.cycles import Cycles, PastPair, cycles
from bot.coaching.domain.matching import NOVELTY
from bot.coaching.domain.pairs import Cycle, PairingRules
from bot.core.enums import CALLED_OFF, PairingStatus
from bot.core.session_cache import read_once
from bot.scorecards.domain.ranking import seed_of
from storage.books import Books
from storage.queries.coaching import pairing as queries
from storage.queries.coaching import results
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
        """Per coach, how many others than these learners have a place this week: told, running, or pinned."""
        couples = {(cycle.coach, cycle.learner) for cycle in self.cycles.running} | set(self.rules.pins)
        couples |= {(one.coach_id, one.learner_id) for one in self.this_week}
        return Counter(coach for coach, learner in couples if learner not in learners)

    def guests(self, learners: Collection[int]) -> Counter[int]:
        """Coaches of other teams whom a running cycle or a pin ties to these learners, and to how many."""
        couples = {(cycle.coach, cycle.learner) for cycle in self.rules.running} | set(self.rules.pins)
        return Counter(coach for coach, learner in couples if learner in learners and coach not in learners)


def bonds(books: Books, team_id: int, week: date, *, by_lot: bool = False, anew: int | None = None) -> Bonds:
    """`by_lot`: whether the team has scarce places drawn; `anew`: a learner who declined, and is matched again."""
    known = known_cycles(books, week)
    lately = _lately(books, week)
    told = [one for one in lately if one.week == week]
    this_week = [one for one in told if one.status not in CALLED_OFF]
    wishes = _wishes(books, week)
    standing = [
        Cycle(one.coach_id, one.learner_id, one.metric) for one in this_week if one.team_id == team_id
    ]
    seed = seed_of(books.workspace_id, team_id, iso_label(week))
    rules = replace(_rules(week, seed, known, standing, wishes), passed=_passed(week, lately, anew))
    if by_lot:
        waited = results.waiting(books, team_id, since=week - LOOK_BACK, week=week)
        rules = replace(rules, by_lot=True, waited=waited)
    return Bonds(rules, known, this_week)


def _passed(week: date, lately: Sequence[Pairing], anew: int | None) -> dict[int, date]:
    """Who said no this week is asked again in the next; who let a proposal lapse rests as a pair would."""
    passed = {one.learner_id: week + _WEEK for one in lately if one.week == week and one.status in CALLED_OFF}
    for one in lately:
        if one.status is PairingStatus.LAPSED and one.week > week - NOVELTY:
            passed[one.learner_id] = one.week + NOVELTY
    return {learner: until for learner, until in passed.items() if learner != anew}


@read_once
def _lately(books: Books, week: date) -> Sequence[Pairing]:
    """Pairs up to the week, itself included, oldest first."""
    return queries.between(books, week - LOOK_BACK, week)


@read_once
def _wishes(books: Books, week: date) -> Sequence[PairWish]:
    return queries.wishes(books, since=week - 2 * _WEEK, until=week)


@read_once
def known_cycles(books: Books, week: date, *, learner_id: int | None = None) -> Cycles:
    """As they stand before the week that begins on this Monday, of the workspace or of one learner."""
    past = (
        [one for one in _lately(books, week) if one.week < week]
        if learner_id is None
        else queries.between(books, week - LOOK_BACK, week - _WEEK, learner_id=learner_id)
    )
    return cycles(
        (PastPair(one.week, one.coach_id, one.learner_id, one.metric, one.status) for one in past),
        week,
        renewed=queries.renewed(books, since=week - LOOK_BACK, until=week),
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
