"""Pairs that are over: four weeks that have passed, proposals that nobody answered, and those who left."""

from dataclasses import dataclass
from datetime import timedelta

from bot.coaching.domain import week as rules
from bot.coaching.domain.pairs import Why
from bot.coaching.domain.plans import PairingPlan, Waiting
from bot.coaching.services import pair_answers, pairing_rules
from bot.coaching.services.pair_answers import OVER, KeptPair
from bot.core.enums import CALLED_OFF, PairingStatus
from bot.people.domain.access import CYCLE
from bot.people.services import calendars, members
from storage.books import Books
from storage.queries.coaching import pairing as queries
from storage.tables import Pairing

_WEEK = timedelta(weeks=1)
_SOONEST = timedelta(days=rules.ANSWER_DAYS - 1)
"""Before it no proposal lapses."""
_PAUSED = (Why.AWAY, Why.COACH_AWAY)


@dataclass(frozen=True, slots=True)
class Ending:
    """`in_time`: their four weeks are over. `next`: why the learner has no coach now, `proposed`: one is just asked."""

    pair: KeptPair
    in_time: bool
    next: Waiting | None
    proposed: bool


@dataclass(frozen=True, slots=True)
class Broken:
    """A pair that cannot go on, seen by one of the two; `by_me`: it was they who stopped."""

    pair: KeptPair
    by_me: bool


def endings(books: Books, plan: PairingPlan) -> list[Ending]:
    """The team's pairs that met until last week and do not go on; those who said so themselves heard it then."""
    goes_on = {(pair.coach.id, pair.learner.id) for pair in plan.pairs}
    known = pairing_rules.known_cycles(books, plan.week)
    running = {(cycle.coach, cycle.learner) for cycle in known.running}
    found = []
    for couple, row in _last_pairs(books, plan).items():
        waits = plan.waiting.get(row.learner_id)
        is_paused = couple in running and waits is not None and waits.why in _PAUSED
        is_recent = row.week == plan.week - _WEEK or known.ended.get(couple) == plan.week
        if couple in goes_on or is_paused or not is_recent or _is_told(books, plan, row):
            continue
        pair = pair_answers.kept_pair(books, row.learner_id, row.id)
        proposed = any(one.learner.id == row.learner_id for one in plan.pairs)
        found.append(Ending(pair, known.ended.get(couple) == plan.week, waits, proposed))
    return found


def is_any_unanswered(books: Books) -> bool:
    """Whether a proposal may have lapsed: looking takes no write lock."""
    return bool(queries.unanswered(books, books.now - _SOONEST))


def lapse(books: Books) -> list[KeptPair]:
    """Proposals that nobody answered in three working days; the places are free. Seen by the learners."""
    this_week = rules.monday_of(books.now.date())
    lapsed = []
    for row in queries.unanswered(books, books.now - _SOONEST):
        if not _is_late(books, row):
            continue
        held = queries.claim(books, row.id)
        if held is not None and held.status is PairingStatus.PROPOSED:
            held.status = PairingStatus.LAPSED
            if held.week >= this_week - _WEEK:
                lapsed.append(pair_answers.kept_pair(books, held.learner_id, held.id))
    return lapsed


def call_off_broken(books: Books) -> list[Broken]:
    """End this week's pairs of which somebody left, or that nobody answered and one wants no more; for who is here."""
    today = books.now.date()
    called_off = []
    for row in queries.broken(books, rules.monday_of(today), today):
        held = queries.claim(books, row.id)
        if held is None or held.status in CALLED_OFF or not pair_answers.end(books, held):
            continue
        coach, learner = (members.member(books, id) for id in (held.coach_id, held.learner_id))
        by_coach = not (coach.roles and coach.willing)
        for me, by_me in ((learner, not by_coach), (coach, by_coach)):
            if me.roles:
                called_off.append(Broken(pair_answers.kept_pair(books, me.id, held.id), by_me))
    return called_off


def may_match_anew(pair: KeptPair) -> bool:
    """A week in which they met, or did not, is spent."""
    return pair.status not in OVER


def _is_late(books: Books, row: Pairing) -> bool:
    learner = members.member(books, row.learner_id)
    lapses = rules.lapses_at(row.proposed_at, calendars.hours_of(books.at(row.proposed_at), learner))
    return lapses is not None and lapses <= books.now


def _last_pairs(books: Books, plan: PairingPlan) -> dict[tuple[int, int], Pairing]:
    past = queries.between(books, plan.week - CYCLE, plan.week - _WEEK)
    return {(row.coach_id, row.learner_id): row for row in past if row.team_id == plan.team_id and _met(row)}


def _met(row: Pairing) -> bool:
    return row.status not in (*CALLED_OFF, PairingStatus.PROPOSED)


def _is_told(books: Books, plan: PairingPlan, row: Pairing) -> bool:
    choice = queries.choice_of_couple(books, row.coach_id, row.learner_id, plan.week)
    said_no = choice is not None and False in (choice.coach_says, choice.learner_says)
    return said_no or queries.is_ended(books, row)
