"""The pairs of a team's week: proposed from the figures, kept once."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain.pairing import Origin, Pair, Pairing, Reason, Unpaired, Why, pair
from bot.domain.plans import PairingPlan, PlannedPair, Slots, Someone, Waiting
from bot.domain.ranking import SCORE_WEIGHTS
from bot.domain.wallclock import local_date
from bot.errors import NotFound
from bot.language import gettext as _
from bot.services.pairing_inputs import Inputs, bare, gather
from bot.services.remembered import once
from bot.words import Metric, PairingStatus, Role
from storage.queries import digests as team_queries
from storage.queries import pairings as queries
from storage.queries.inbox import insert_once
from storage.tables import Pairing as Row
from storage.tables import Team

Sentence = Callable[[PlannedPair], str]
"""Says in a sentence why two people are a pair."""


def propose(session: Session, workspace_id: int, team_id: int, week: date, *, as_of: datetime) -> PairingPlan:
    """The best pairs for the week that begins on the Monday `week`; nothing is written. Raises NotFound.

    Coaches of the team come first; who finds no coach there for their metric may have one of another team.
    """
    team = _team(session, workspace_id, team_id)
    inputs = gather(session, workspace_id, team, week, as_of=as_of)
    made = _across_teams(inputs, pair(inputs.own, inputs.learners, inputs.rules))
    own = [coach for coach in inputs.own if inputs.roster[coach.rep].team.id == team_id]
    team_ids = {coach.rep for coach in own}
    return PairingPlan(
        workspace_id=workspace_id,
        team_id=team_id,
        week=week,
        pairs=tuple(_planned(inputs, one) for one in made.pairs),
        unpaired=tuple(
            Waiting(inputs.roster[one.learner].someone, one.why, one.until) for one in made.unpaired
        ),
        slots=Slots(
            taken=sum(one.coach in team_ids for one in made.pairs),
            offered=sum(coach.capacity for coach in own if coach.willing and not coach.away),
        ),
    )


def refuses(session: Session, workspace_id: int, team_id: int, week: date, pinned: tuple[int, int]) -> bool:
    """Whether a rule keeps the pinned (coach, learner) from meeting; figures are not asked, so that it is quick."""
    inputs = bare(session, workspace_id, _team(session, workspace_id, team_id), week)
    return pinned in pair(inputs.own, inputs.learners, inputs.rules).refused


def sides(
    session: Session, workspace_id: int, team_id: int, week: date
) -> tuple[list[Someone], list[Someone]]:
    """Who may coach the team's learners that week, the team's own first, and those learners; both by name."""
    inputs = bare(session, workspace_id, _team(session, workspace_id, team_id), week)
    willing = [
        inputs.roster[coach.rep]
        for coach in (*inputs.own, *inputs.others)
        if coach.willing and not coach.away
    ]
    willing.sort(key=lambda rep: (rep.team.id != team_id, rep.someone.name))
    learners = [inputs.roster[one.rep].someone for one in inputs.learners if not one.opted_out]
    return [rep.someone for rep in willing], sorted(learners, key=lambda one: one.name)


def upcoming(session: Session, workspace_id: int, team_id: int, *, now: datetime) -> date:
    """The Monday of the next week whose pairs the team has not been told: that of its next digest."""
    team = _team(session, workspace_id, team_id)
    today = local_date(now, ZoneInfo(team.time_zone))
    told_on = today + timedelta(weeks=1)
    if team.channel and team.digest_next_at:
        told_on = max(today, local_date(team.digest_next_at, ZoneInfo(team.time_zone)))
    return told_on - timedelta(days=told_on.weekday())


def keep(session: Session, plan: PairingPlan, *, sentence: Sentence, now: datetime) -> PairingPlan:
    """Write the plan's pairs down; what comes back are those that stand, with their ids.

    A pair kept before stays as it is. One whose coach was taken by another team meanwhile is let go.
    """
    coaches = {pair.coach.id for pair in plan.pairs}
    room = {
        person.id: person.coach_capacity
        for person in queries.lock_people(session, plan.workspace_id, coaches)
    }
    kept = [
        _kept(session, plan, pair, room.get(pair.coach.id, 0), sentence=sentence, now=now)
        for pair in plan.pairs
    ]
    lost = [
        Waiting(pair.learner, Why.ALL_TAKEN)
        for pair, stands in zip(plan.pairs, kept, strict=True)
        if not stands
    ]
    return replace(plan, pairs=tuple(pair for pair in kept if pair), unpaired=(*plan.unpaired, *lost))


def rematch(
    session: Session,
    workspace_id: int,
    pairing_id: int,
    *,
    sentence: Sentence,
    now: datetime,
) -> PlannedPair | None:
    """Another coach for a learner whose pair was declined, once a week; None where there is none."""
    row = queries.claim(session, workspace_id, pairing_id)
    if row is None or row.status is not PairingStatus.DECLINED:
        return None
    if queries.declines(session, workspace_id, row.learner_id, row.week) != 1:
        return None
    plan = propose(session, workspace_id, row.team_id, row.week, as_of=now)
    found = next((pair for pair in plan.pairs if pair.learner.id == row.learner_id), None)
    if found is None:
        return None
    row.coach_id, row.metric, row.value = found.coach.id, found.metric, found.value
    row.reason, row.status, row.proposed_at = sentence(found), PairingStatus.PROPOSED, now
    session.flush()
    return replace(found, id=row.id)


def _team(session: Session, workspace_id: int, team_id: int) -> Team:
    team = once(
        session, ("team", workspace_id, team_id), lambda: team_queries.team(session, workspace_id, team_id)
    )
    if team is None:
        raise NotFound(_("There is no such team."))
    return team


def _across_teams(inputs: Inputs, made: Pairing) -> Pairing:
    alone = {one.learner for one in made.unpaired if one.why is Why.NO_COACH}
    if not alone:
        return made
    learners = [learner for learner in inputs.learners if learner.rep in alone]
    further = pair(inputs.others, learners, replace(inputs.rules, running=()))
    return Pairing(
        tuple(sorted((*made.pairs, *further.pairs), key=lambda one: one.learner)),
        tuple(sorted((*_others(made.unpaired, alone), *further.unpaired), key=lambda one: one.learner)),
        made.refused,
    )


def _others(unpaired: tuple[Unpaired, ...], alone: set[int]) -> list[Unpaired]:
    return [one for one in unpaired if one.learner not in alone]


def _planned(inputs: Inputs, made: Pair) -> PlannedPair:
    coach, learner = inputs.roster[made.coach], inputs.roster[made.learner]
    couple = (made.coach, made.learner)
    reason = made.reason or Reason(_heaviest(learner.role), None, {})
    return PlannedPair(
        coach=coach.someone,
        coach_role=coach.role,
        learner=learner.someone,
        learner_role=learner.role,
        metric=reason.metric,
        origin=made.origin,
        value=made.value,
        reason=reason,
        week_of=inputs.cycles.week_of.get(couple, 1),
        agreed=couple in inputs.cycles.agreed,
    )


def _heaviest(role: Role) -> Metric:
    """What a pinned pair works on where the learner's figures point at nothing."""
    weights = SCORE_WEIGHTS[role]
    return max(weights, key=lambda metric: weights[metric])


def _kept(
    session: Session, plan: PairingPlan, pair: PlannedPair, room: int, *, sentence: Sentence, now: datetime
) -> PlannedPair | None:
    known = queries.of_learner(session, plan.workspace_id, pair.learner.id, plan.week)
    if known is not None:
        return replace(pair, id=known.id) if _is_same(known, pair) else None
    taken = queries.taken(session, plan.workspace_id, pair.coach.id, plan.week)
    if pair.origin is not Origin.RUNNING and taken >= room:
        return None
    row = Row(
        workspace_id=plan.workspace_id,
        week=plan.week,
        team_id=plan.team_id,
        coach_id=pair.coach.id,
        learner_id=pair.learner.id,
        metric=pair.metric,
        value=pair.value,
        reason=sentence(pair),
        status=PairingStatus.ACCEPTED if pair.agreed else PairingStatus.PROPOSED,
        proposed_at=now,
    )
    insert_once(session, row)
    stored = queries.of_learner(session, plan.workspace_id, pair.learner.id, plan.week)
    return replace(pair, id=stored.id) if stored and _is_same(stored, pair) else None


def _is_same(row: Row, pair: PlannedPair) -> bool:
    return row.coach_id == pair.coach.id and row.status is not PairingStatus.DECLINED
