"""A plan's pairs are written down, once: those that go on, and those that are proposed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from bot.coaching.domain import week as rules
from bot.coaching.domain.pairs import Origin, Why
from bot.coaching.domain.plans import PairingPlan, PlannedLot, PlannedPair, Waiting
from bot.coaching.services.pair_answers import OVER
from bot.coaching.services.pairing import propose
from bot.core.enums import CALLED_OFF, PairingStatus
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.people.services import calendars, members
from storage.books import Books, insert_once
from storage.queries.coaching import pairing as queries
from storage.tables import LotTicket, Pairing

Sentence = Callable[[PlannedPair], str]
"""Says in a sentence why two people are a pair."""
_WEEK = timedelta(weeks=1)


def keep(books: Books, plan: PairingPlan, *, sentence: Sentence) -> PairingPlan:
    """Write the plan's pairs down; what comes back are those that stand, with their ids.

    A pair kept before stays as it is. One whose coach was taken by another team meanwhile is let go.
    """
    coaches = {pair.coach.id for pair in plan.pairs}
    room = {person.id: person.coach_capacity for person in queries.lock_people(books, coaches)}
    kept = [_kept(books, plan, pair, room.get(pair.coach.id, 0), sentence=sentence) for pair in plan.pairs]
    lost = [
        Waiting(pair.learner, Why.ALL_TAKEN)
        for pair, stands in zip(plan.pairs, kept, strict=True)
        if not stands
    ]
    stands = {pair.learner.id for pair in kept if pair}
    for lot in plan.lots:
        _keep_lot(books, plan, lot, stands)
    return replace(plan, pairs=tuple(pair for pair in kept if pair), unpaired=(*plan.unpaired, *lost))


def rematch(books: Books, pairing_id: int, *, sentence: Sentence) -> PlannedPair | None:
    """Another coach for a learner whose pair was declined, once a week; None where there is none."""
    row = queries.claim(books, pairing_id)
    if row is None or row.status is not PairingStatus.DECLINED:
        return None
    if queries.declines(books, row.learner_id, row.week) != 1:
        return None
    plan = propose(books, row.team_id, row.week, as_of=books.now, anew=row.learner_id)
    found = next((pair for pair in plan.pairs if pair.learner.id == row.learner_id), None)
    if found is None:
        return None
    row.coach_id, row.metric, row.value = found.coach.id, found.metric, found.value
    row.reason, row.status, row.proposed_at = sentence(found), PairingStatus.PROPOSED, books.now
    books.session.flush()
    return _asked(books, found, row)


def keep_pinned(
    books: Books, plan: PairingPlan, learner_id: int, *, sentence: Sentence
) -> tuple[PlannedPair, Pairing | None]:
    """Propose the learner's pinned pair in the running week; beside it stands the pair whose place it takes.

    Raises BadInput where the learner has met this week already, and NotFound where the plan has no such pair.
    """
    pair = next((one for one in plan.pairs if one.learner.id == learner_id), None)
    if pair is None:
        raise NotFound(_("That pair cannot be made this week."))
    row = queries.of_learner(books, learner_id, plan.week)
    if row is None:
        kept = _kept(books, plan, pair, room=len(plan.pairs) + 1, sentence=sentence)
        return kept or pair, None
    if row.status in OVER:
        raise BadInput(
            _("They have met already this week. Please pin it from the next week on."), field="wish"
        )
    if row.coach_id == pair.coach.id and row.status not in CALLED_OFF:
        return replace(pair, id=row.id), None
    before = Pairing(**row.model_dump()) if row.status not in CALLED_OFF else None
    row.coach_id, row.metric, row.value = pair.coach.id, pair.metric, pair.value
    row.reason, row.status, row.proposed_at = sentence(pair), PairingStatus.PROPOSED, books.now
    books.session.flush()
    return _asked(books, replace(pair, agreed=False), row), before


def answer_by(books: Books, learner_id: int) -> date | None:
    """The last day on which a learner can answer what is proposed now."""
    learner = members.member(books, learner_id)
    lapses = rules.lapses_at(books.now, calendars.hours_of(books, learner))
    return rules.last_day_to_answer(lapses, learner.zone) if lapses else None


def _keep_lot(books: Books, plan: PairingPlan, lot: PlannedLot, stands: set[int]) -> None:
    """Written down once: a draw that was told stays as it was told."""
    for place, learner in enumerate(lot.order):
        ticket = LotTicket(
            workspace_id=plan.workspace_id,
            week=plan.week,
            team_id=plan.team_id,
            learner_id=learner.id,
            metric=lot.metric,
            place=place,
            has_place=learner.id in lot.drawn and learner.id in stands,
            by_turn=learner.id in lot.by_turn,
            seed=lot.seed,
        )
        insert_once(books.session, ticket)


def _kept(
    books: Books, plan: PairingPlan, pair: PlannedPair, room: int, *, sentence: Sentence
) -> PlannedPair | None:
    known = queries.of_learner(books, pair.learner.id, plan.week)
    if known is not None:
        return replace(pair, id=known.id) if _is_same(known, pair) else None
    waits = queries.of_learner(books, pair.learner.id, plan.week - _WEEK)
    if waits is not None and waits.status is PairingStatus.PROPOSED and _is_same(waits, pair):
        waits.week = plan.week  # its weeks begin with the yes, which it still waits for
        return replace(pair, id=waits.id)
    taken = queries.taken(books, pair.coach.id, plan.week)
    if pair.origin is not Origin.RUNNING and taken >= room:
        return None
    row = Pairing(
        workspace_id=plan.workspace_id,
        week=plan.week,
        team_id=plan.team_id,
        coach_id=pair.coach.id,
        learner_id=pair.learner.id,
        metric=pair.metric,
        value=pair.value,
        reason=sentence(pair),
        status=PairingStatus.ACCEPTED if pair.agreed else PairingStatus.PROPOSED,
        proposed_at=books.now,
    )
    insert_once(books.session, row)
    stored = queries.of_learner(books, pair.learner.id, plan.week)
    return _asked(books, pair, stored) if stored and _is_same(stored, pair) else None


def _asked(books: Books, pair: PlannedPair, row: Pairing) -> PlannedPair:
    by = None if pair.agreed else answer_by(books, pair.learner.id)
    return replace(pair, id=row.id, is_new=True, answer_by=by)


def _is_same(row: Pairing, pair: PlannedPair) -> bool:
    return row.coach_id == pair.coach.id and row.status not in CALLED_OFF
