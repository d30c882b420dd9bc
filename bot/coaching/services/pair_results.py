"""What came of each pair, counted once after four weeks and once after thirteen, and told to both."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.wallclock import local_date
from bot.calendar.working_hours import Quiet
from bot.calls.services import budget
from bot.coaching.domain.cycles import PastPair
from bot.coaching.domain.observations import MOST_WEEKS, Observation
from bot.coaching.domain.pair_result import AFTER, PairTold, Result, Run, Side, result, runs
from bot.coaching.services.before_after import RoleHistory, was_coached
from bot.core.enums import SELLING_ROLES, Unasked
from bot.people.domain.someone import Someone
from bot.people.services import calendars, members, teams, unasked
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from bot.scorecards.domain.definitions import metrics_of
from storage.books import Books, insert_once
from storage.queries.coaching import pairing, sessions
from storage.queries.coaching import results as queries
from storage.tables import PairResult

LOOKED_FOR = timedelta(weeks=3)
"""How long a result that could not be counted, or told, is still news."""
SHOWN = timedelta(weeks=52)
"""How far back the pairs began whose results are shown to who asks."""
_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Due:
    run: Run
    weeks: int


def to_count(books: Books) -> list[Due]:
    """Results whose weeks are over and that nobody has counted."""
    today = _today(books)
    first = today - timedelta(weeks=MOST_WEEKS) - LOOKED_FOR
    found = runs(
        PastPair(one.week, one.coach_id, one.learner_id, one.metric, one.status)
        for one in pairing.between(books, first - 4 * _WEEK, today)
    )
    due = [
        Due(run, weeks)
        for run in found
        for weeks in AFTER
        if run.began >= first - _WEEK and run.due(weeks) <= today < run.due(weeks) + LOOKED_FOR
    ]
    known = queries.counted(books, {one.run.began for one in due}) if due else set()
    return [
        one
        for one in due
        if (*one.run.couple, one.run.began, one.weeks) not in known
        and queries.have_met(books, *one.run.couple, one.run.began, one.run.due(one.weeks))
    ]


def counted(books: Books, due: Collection[Due]) -> list[PairResult]:
    """Those of learners who still had the role on the last of the weeks; nothing is written here."""
    if not due:
        return []
    settings, today = workspaces.settings(books), _today(books)
    since = min(one.run.window(one.weeks).before[0] for one in due)
    met: dict[int, list[date]] = {}
    for held in sessions.held(books, today + _DAY):
        met.setdefault(held.learner, []).append(held.held_on)
    found = []
    for role in SELLING_ROLES:
        history = RoleHistory(books.session, settings, role, books.now, since)
        for one in (one for one in due if one.run.metric in metrics_of(role)):
            if history.learns(one.run.couple[1], one.run.due(one.weeks) - _DAY):
                told = _counted(history, one, met)
                found.append(_row(books, one, told))
    return found


def keep(books: Books, rows: Iterable[PairResult]) -> None:
    for row in rows:
        insert_once(books.session, row)


def to_tell(books: Books) -> list[tuple[int, str | None]]:
    """Who may have to hear of a result now, and the Slack users they are."""
    people = {
        person_id for row in queries.untold(books, books.now - LOOKED_FOR) for person_id in _untold_of(row)
    }
    found = [members.member(books, person_id) for person_id in sorted(people)]
    return [(one.id, one.slack_user_id) for one in found if _may_hear(books, one, ())]


def take(books: Books, person_id: int, *, quiet: tuple[Quiet, ...]) -> tuple[Member, list[PairTold]] | None:
    """All that one has not heard, claimed: what comes back is to be said now; None for nothing."""
    person = members.member(books, person_id)
    waiting = queries.untold(books, books.now - LOOKED_FOR, held=True)
    rows = [row for row in waiting if person_id in _untold_of(row)]
    if not rows or not _may_hear(books, person, quiet) or not budget.has_room(books, person):
        return None
    if not unasked.claim(books, person_id, Unasked.PAIR_RESULTS, local_date(books.now, person.zone)):
        return None
    for row in rows:
        if person_id == row.coach_id:
            row.coach_told_at = books.now
        else:
            row.learner_told_at = books.now
    return person, [_told(books, row) for row in rows]


def of_person(books: Books, person_id: int) -> list[PairTold]:
    """Of the pairs of the last year that one was in, the latest first."""
    rows = queries.since(books, _today(books) - SHOWN, people=[person_id])
    return [_told(books, row) for row in rows]


def of_teams(books: Books, team_ids: Collection[int], *, but: int) -> list[PairTold]:
    """Of the learners who are in one of the teams today, the latest first; without those of one's own pairs."""
    here = {
        person.id for person, _place, team in teams.roster_on(books, _today(books)) if team.id in team_ids
    }
    rows = queries.since(books, _today(books) - SHOWN, people=here) if here else []
    return [
        _told(books, row)
        for row in rows
        if row.learner_id in here and but not in (row.coach_id, row.learner_id)
    ]


def _counted(history: RoleHistory, due: Due, met: dict[int, list[date]]) -> Result:
    run, weeks = due.run, due.run.window(due.weeks)
    learner = run.couple[1]
    before, after = (
        Side(one.value, one.denominator) if one else Side(None)
        for one in history.measured(learner, run.metric, weeks)
    )
    own = _observed(history, learner, run, due.weeks, coached=True)
    free = (
        rep for rep in sorted(history.held) if rep != learner and not was_coached(met.get(rep, ()), weeks)
    )
    others = [one for rep in free if (one := _observed(history, rep, run, due.weeks, coached=False))]
    return result(run.metric, before, after, own, others)


def _observed(history: RoleHistory, rep: int, run: Run, weeks: int, *, coached: bool) -> Observation | None:
    pair = history.pair(rep, run.metric, run.window(weeks))
    if pair is None:
        return None
    return Observation(rep, *pair, coached, weeks, history.trials(rep, run.metric, run.window(weeks)))


def _row(books: Books, due: Due, found: Result) -> PairResult:
    coach, learner = due.run.couple
    return PairResult(
        workspace_id=books.workspace_id,
        coach_id=coach,
        learner_id=learner,
        metric=due.run.metric,
        began=due.run.began,
        weeks=due.weeks,
        before=found.before.value,
        before_of=found.before.of,
        after=found.after.value,
        after_of=found.after.of,
        others=found.others,
        without=found.without,
        above=found.above,
        counted_at=books.now,
    )


def _told(books: Books, row: PairResult) -> PairTold:
    coach, learner = (members.member(books, id) for id in (row.coach_id, row.learner_id))
    role = next((one for one in learner.roles if one in SELLING_ROLES), None)
    until = row.began + timedelta(weeks=row.weeks)
    return PairTold(
        Someone(coach.id, coach.name, coach.email),
        Someone(learner.id, learner.name, learner.email),
        row.metric,
        role,
        row.weeks,
        Result(
            Side(row.before, row.before_of), Side(row.after, row.after_of), row.others, row.without, row.above
        ),
        queries.helped(books, row.coach_id, row.learner_id, row.began, until + _WEEK),
    )


def _untold_of(row: PairResult) -> Iterator[int]:
    if row.coach_told_at is None:
        yield row.coach_id
    if row.learner_told_at is None:
        yield row.learner_id


def _may_hear(books: Books, person: Member, quiet: tuple[Quiet, ...]) -> bool:
    """Still here, in their hours, and wants to hear it."""
    if not person.roles or not unasked.may_be_sent(books, person, Unasked.PAIR_RESULTS):
        return False
    return calendars.is_at_work(books, person, quiet=quiet)


def _today(books: Books) -> date:
    return local_date(books.now, ZoneInfo(workspaces.settings(books).time_zone))
