"""What is to be reached by a role or by one rep of it, the weights of its score, and by how much coaching lowers
targets.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.calendar.periods import Period, trailing_weeks
from bot.calendar.working_hours import Presence
from bot.core.coaching_enums import PaidBy
from bot.core.enums import Metric, Role
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.core.session_cache import read_once
from bot.people.domain.stints import Rep
from bot.people.services import people
from bot.people.services import workspace as workspaces
from bot.scorecards.domain import money
from bot.scorecards.domain import targets as rules
from bot.scorecards.domain import weights as weights_rules
from bot.scorecards.domain.coached import CoachedSession, counted, monday_of
from bot.scorecards.domain.definitions import DEFINITIONS
from bot.scorecards.domain.ranking import SCORE_WEIGHTS, Weights
from bot.scorecards.domain.targets import day_reached
from bot.scorecards.services import estimates as role_estimates
from storage.books import Books
from storage.queries.scorecards import targets as queries
from storage.tables import Target, Weight, WeightSet


def targets_on(
    books: Books, role: Role, day: date, *, team_id: int | None = None, person_id: int | None = None
) -> dict[Metric, float]:
    """In force on a day: a rep's own, where there is none the team's, and where there is none every team's."""
    rows = queries.targets(books, role, day, team_id=team_id, person_id=person_id)
    own = _latest(row for row in rows if row.person_id is not None)
    of_team = _latest(row for row in rows if row.team_id is not None)
    return _latest(row for row in rows if row.person_id is None and row.team_id is None) | of_team | own


def own(books: Books, role: Role, person_id: int, day: date) -> dict[Metric, float]:
    """Those of the rep alone."""
    rows = queries.targets(books, role, day, team_id=None, person_id=person_id)
    return _latest(row for row in rows if row.person_id is not None)


def own_of_team(books: Books, role: Role, team_id: int, day: date) -> frozenset[Metric]:
    """What the team has a target of its own for, which every team's does not change."""
    rows = queries.targets(books, role, day, team_id=team_id, person_id=None)
    return frozenset(_latest(row for row in rows if row.team_id is not None))


def targets_of_period(
    books: Books, rep: Rep, period: Period, presence: Presence, *, as_of: datetime
) -> dict[Metric, float]:
    """What a rep was to reach in the period, by the targets of its last day; less for the time spent on coaching."""
    day = rules.day_reached(period, as_of)
    given = targets_on(books, rep.role, day, team_id=rep.team_id, person_id=rep.id)
    if not given:
        return {}
    spent = minutes(books, [rep.id], period, as_of=as_of)[rep.id]
    less = money.share(spent, presence.present)
    asked = {metric: rules.over(value, metric, presence) for metric, value in given.items()}
    return {
        metric: money.relieved(value, less) if DEFINITIONS[metric].takes_selling_time else value
        for metric, value in asked.items()
        if value is not None
    }


def suggested(books: Books, role: Role) -> dict[Metric, float]:
    zone = ZoneInfo(workspaces.settings(books).time_zone)
    weeks = trailing_weeks(books.now, zone, rules.WEEKS)
    shown = role_estimates.evidence(books, role, weeks, as_of=books.now)
    return rules.suggested(shown, weeks.days)


def change(
    books: Books,
    role: Role,
    given: Mapping[Metric, float | None],
    *,
    from_day: date,
    team_ids: Collection[int] = (),
    person_id: int | None = None,
) -> int:
    """Set what differs from the targets of that day; returns how many did. Raises BadInput.

    For one person, else for the role in these teams, else for the role in every team.
    """
    rules.require_known(role, given)
    changed: dict[Metric, float | None] = {}
    for team_id in team_ids or (None,):
        before = (
            targets_on(books, role, from_day, team_id=team_id)
            if person_id is None
            else own(books, role, person_id, from_day)
        )
        differs = {metric: value for metric, value in given.items() if value != before.get(metric)}
        changed |= differs
        books.session.add_all(
            Target(
                workspace_id=books.workspace_id,
                role=role,
                team_id=team_id,
                person_id=person_id,
                metric=metric,
                value=value,
                from_day=from_day,
            )
            for metric, value in differs.items()
        )
    return len(changed)


def teams_with(books: Books, role: Role, day: date) -> frozenset[int]:
    """The teams in which somebody holds the role."""
    return frozenset(place.team_id for _someone, place in people.roster(books, day) if place.role is role)


def _latest(rows: Iterable[Target]) -> dict[Metric, float]:
    last = {row.metric: row.value for row in rows}
    return {metric: value for metric, value in last.items() if value is not None}


def weights_on(books: Books, role: Role, day: date) -> Weights:
    """In force on a day: those set last by then, else the ones Cornerman comes with."""
    found = _latest_set(books, role, day)
    usual = SCORE_WEIGHTS.get(role, {})
    return (found and weights_rules.without_own_word(queries.shares(books, found.id))) or usual


def _latest_set(books: Books, role: Role, day: date) -> WeightSet | None:
    """None: nobody has changed them by then."""
    return next(
        (one for one in _sets(books) if one.role is role and one.from_day and one.from_day <= day), None
    )


@read_once
def _sets(books: Books) -> Sequence[WeightSet]:
    return queries.weight_sets(books)


@read_once
def weights_of_period(books: Books, role: Role, period: Period, *, as_of: datetime) -> Weights:
    """Those of the period's last day, so that a period that is over keeps its ranking."""
    return weights_on(books, role, day_reached(period, as_of))


def propose_weights(books: Books, role: Role, given: Mapping[Metric, float]) -> int:
    """Keep weights that do not count yet; returns their id. Raises BadInput."""
    shares = weights_rules.shares(role, given)
    proposed = WeightSet(workspace_id=books.workspace_id, role=role)
    books.session.add(proposed)
    books.session.flush()
    books.session.add_all(
        Weight(workspace_id=books.workspace_id, weight_set_id=proposed.id, metric=metric, share=share)
        for metric, share in shares.items()
    )
    return proposed.id


def proposed_weights(books: Books, set_id: int) -> tuple[Role, Weights]:
    row = _row(books, set_id)
    return row.role, queries.shares(books, set_id)


def confirm_weights(books: Books, set_id: int, *, today: date) -> bool:
    """Let them count from today; a second time changes nothing. Returns whether they began to."""
    row = _row(books, set_id)
    if row.from_day is not None:
        return False
    latest = _latest_set(books, row.role, today)
    if latest is not None and latest.id > set_id:
        raise BadInput(
            _(
                "Somebody has changed these weights meanwhile. Look at them with `/scorecard weights {role}`."
            ).format(role=row.role)
        )
    row.from_day = today
    return True


def _row(books: Books, set_id: int) -> WeightSet:
    row = queries.weight_set(books, set_id)
    if row is None:
        raise NotFound(_("These weights are not there any more."))
    return row


def minutes(books: Books, reps: Collection[int], period: Period, *, as_of: datetime) -> Counter[int]:
    """By rep, the credited minutes of the period's days up to the moment; none where coaching is paid in money.

    A month to which a manager said no lowers nothing.
    """
    days = period.until(as_of).dates()
    if not days or workspaces.settings(books).paid_by is not PaidBy.RELIEF:
        return Counter()
    held: dict[int, list[CoachedSession]] = defaultdict(list)
    for one in queries.with_commitment(books, reps, monday_of(days[0]), days[-1]):
        session = CoachedSession(one.id, one.learner_id, one.held_on, one.minutes, confirmed=True)
        held[one.coach_id].append(session)
    refused = queries.refused(books, reps, as_of)
    return Counter({rep: _credited(rep, own, days[0], refused) for rep, own in held.items()})


def _credited(
    rep: int, held: Collection[CoachedSession], first: date, refused: Collection[tuple[int, date]]
) -> int:
    day_of = {one.id: one.held_on for one in held}
    return sum(
        credited
        for id, credited in counted(held, since=first).items()
        if (rep, day_of[id].replace(day=1)) not in refused
    )
