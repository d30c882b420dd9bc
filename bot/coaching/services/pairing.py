"""The pairs of a team's week: proposed from the figures, kept once."""

from dataclasses import replace
from datetime import date, datetime

from bot.coaching.domain.pairing import pair
from bot.coaching.domain.pairs import Lot, Pair, Pairing, Reason, Unpaired, Why
from bot.coaching.domain.plans import PairingPlan, PlannedLot, PlannedPair, Slots, Waiting
from bot.coaching.services.pairing_inputs import Inputs, inputs_without_figures, pairing_inputs
from bot.coaching.services.weeks import schedule
from bot.core.enums import Metric, PairingStatus, Role
from bot.people.domain.someone import Someone
from bot.people.services import teams
from bot.scorecards.domain.ranking import SCORE_WEIGHTS
from storage.books import Books

MOST_TRIED, MOST_OFFERED = 12, 3
"""Coaches that are tried for, and named to, a manager whose pin cannot hold."""


def propose(
    books: Books, team_id: int, week: date, *, as_of: datetime, anew: int | None = None
) -> PairingPlan:
    """The best pairs for the week that begins on the Monday `week`; nothing is written. Raises NotFound.

    Coaches of the team come first; who finds no coach there for their metric may have one of another team. `anew` is a
    learner who declined a pair of this week.
    """
    team = teams.row(books, team_id)
    inputs = pairing_inputs(books, team, week, as_of=as_of, anew=anew)
    made = _across_teams(inputs, pair(inputs.own, inputs.learners, inputs.rules))
    own = [coach for coach in inputs.own if inputs.roster[coach.rep].team.id == team_id]
    team_ids = {coach.rep for coach in own}
    pairs = tuple(_planned(inputs, one) for one in made.pairs)
    return PairingPlan(
        workspace_id=books.workspace_id,
        team_id=team_id,
        week=week,
        pairs=pairs,
        unpaired=tuple(
            Waiting(inputs.roster[one.learner].someone, one.why, one.until) for one in made.unpaired
        ),
        slots=Slots(
            taken=sum(one.coach.id in team_ids and one.agreed for one in pairs),
            offered=sum(coach.capacity for coach in own if coach.willing and not coach.away),
            asked=sum(one.coach.id in team_ids and one.id is not None and not one.agreed for one in pairs),
        ),
        lots=tuple(_drawn(inputs, lot) for lot in made.lots),
        refused=made.refused,
        silences=inputs.silences,
    )


def refuses(books: Books, team_id: int, week: date, pinned: tuple[int, int]) -> bool:
    """Whether a rule keeps the pinned (coach, learner) from meeting; figures are not asked, so that it is quick."""
    inputs = inputs_without_figures(books, teams.row(books, team_id), week)
    return pinned in pair(inputs.own, inputs.learners, inputs.rules).refused


def instead(books: Books, team_id: int, week: date, learner_id: int) -> list[Someone]:
    """Up to three coaches whom a pin would give this learner, as far as the rules go; the team's own first."""
    inputs = inputs_without_figures(books, teams.row(books, team_id), week)
    coaches = [coach for coach in (*inputs.own, *inputs.others) if coach.willing and coach.capacity]
    found: list[Someone] = []
    for coach in coaches[:MOST_TRIED]:
        wish = (coach.rep, learner_id)
        made = pair(coaches, inputs.learners, replace(inputs.rules, pins=[wish]))
        if wish not in made.refused:
            found.append(inputs.roster[coach.rep].someone)
    return found[:MOST_OFFERED]


def sides(books: Books, team_id: int, week: date) -> tuple[list[Someone], list[Someone]]:
    """Who may coach the team's learners that week, the team's own first, and those learners; both by name."""
    inputs = inputs_without_figures(books, teams.row(books, team_id), week)
    willing = [
        inputs.roster[coach.rep]
        for coach in (*inputs.own, *inputs.others)
        if coach.willing and not coach.away
    ]
    willing.sort(key=lambda rep: (rep.team.id != team_id, rep.someone.name))
    learners = [inputs.roster[one.rep].someone for one in inputs.learners if not one.opted_out]
    return [rep.someone for rep in willing], sorted(learners, key=lambda one: one.name)


def upcoming(books: Books, team_id: int) -> date:
    """The Monday of the next week whose pairs are still to be made."""
    return schedule.upcoming(teams.row(books, team_id), books.now)


def draws_lots(books: Books, team_id: int) -> bool:
    """Raises NotFound."""
    return teams.row(books, team_id).draws_lots


def draw_lots(books: Books, team_id: int, *, wanted: bool) -> None:
    """Whether the team's scarce places are drawn from now on. Raises NotFound."""
    teams.row(books, team_id).draws_lots = wanted
    books.session.flush()


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
        (*made.lots, *further.lots),
    )


def _others(unpaired: tuple[Unpaired, ...], alone: set[int]) -> list[Unpaired]:
    return [one for one in unpaired if one.learner not in alone]


def _planned(inputs: Inputs, made: Pair) -> PlannedPair:
    coach, learner = inputs.roster[made.coach], inputs.roster[made.learner]
    couple = (made.coach, made.learner)
    told = inputs.told.get(couple)
    reason = made.reason or Reason(_heaviest(learner.role), None, {})
    return PlannedPair(
        coach=coach.someone,
        learner=learner.someone,
        metric=reason.metric,
        origin=made.origin,
        value=made.value,
        reason=reason,
        week_of=inputs.cycles.week_of.get(couple, 1),
        agreed=told.status is not PairingStatus.PROPOSED if told else couple in inputs.cycles.agreed,
        id=told.id if told else None,
        across=coach.team.id != learner.team.id,
    )


def _drawn(inputs: Inputs, lot: Lot) -> PlannedLot:
    order = tuple(inputs.roster[learner].someone for learner in lot.order)
    return PlannedLot(lot.metric, order, lot.drawn, lot.by_turn, str(inputs.rules.seed))


def _heaviest(role: Role) -> Metric:
    """What a pinned pair works on where the learner's figures point at nothing."""
    weights = SCORE_WEIGHTS[role]
    return max(weights, key=lambda metric: weights[metric])
