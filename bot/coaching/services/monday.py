"""As the week begins a manager hears of three people of theirs: why them, and what to do in fifteen minutes."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.calendar.wallclock import local_date
from bot.calendar.working_hours import Quiet
from bot.calls.services import budget
from bot.coaching.domain import new_roles as rules
from bot.coaching.domain.new_roles import Because, Pick
from bot.coaching.services import coaching_debt, pairing_inputs
from bot.coaching.services.weeks import schedule
from bot.core.enums import SELLING_ROLES, Metric, Role, Unasked
from bot.people.domain.someone import Someone
from bot.people.services import calendars, members, teams, unasked
from bot.people.services.members import Member
from bot.people.services.people import someone
from bot.people.services.teams import Floor
from bot.pipeline.services import feeds, plunger
from bot.scorecards.domain.evidence import is_ramping
from storage.books import Books
from storage.queries.coaching import coaches as queries
from storage.queries.people import people
from storage.tables import MondayPick

LAST_DAY = 1
"""Tuesday: for a Monday off."""
_WEEK = timedelta(weeks=1)


def to_tell(books: Books) -> list[tuple[int, str | None]]:
    """Managers who may have to be told now, and the Slack users they are."""
    if books.now.weekday() not in (6, 0, 1, 2):  # east or west of UTC it is Monday or Tuesday on these
        return []
    today = books.now.date()
    leading = {
        person.id for person, place, _team in teams.roster_on(books, today) if place.role is Role.MANAGER
    }
    since = _monday((books.now + timedelta(days=1)).date())
    found = unasked.to_hear(books, Unasked.MONDAY, since=since, among=leading)
    return [(one.id, one.slack_user_id) for one in found if _is_due(books, members.member(books, one.id))]


def picks(books: Books, manager_id: int, *, quiet: tuple[Quiet, ...]) -> list[Pick] | None:
    """Whom the manager may hear of now; None where they are to hear of nobody now.

    Who has a coach is known once the week's pairs are made, so they come first.

    It reads a quarter of everybody's figures, so nothing is written meanwhile.
    """
    manager = members.member(books, manager_id)
    if not _is_due(books, manager, quiet) or not budget.has_room(books, manager):
        return None
    today = local_date(books.now, manager.zone)
    led = _led(books, manager, today)
    if any(schedule.is_about_to_open(books, floor.id) for floor in led if floor.id is not None):
        return None
    lately = queries.picked(books, manager.id, _monday(today) - _WEEK)
    return rules.three(_found(books, manager, led, today), lately=lately)


def take(books: Books, manager_id: int, picked: Sequence[Pick]) -> Member | None:
    """Claimed for the week: whom to tell of these now; None for nothing. Where there are none the week is over too."""
    manager = members.member(books, manager_id)
    today = local_date(books.now, manager.zone)
    if not _is_due(books, manager) or not unasked.claim(books, manager.id, Unasked.MONDAY, today):
        return None
    books.session.add_all(
        MondayPick(
            workspace_id=books.workspace_id,
            manager_id=manager.id,
            person_id=one.person.id,
            week=_monday(today),
        )
        for one in picked
    )
    books.session.flush()
    return manager if picked else None


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _is_due(books: Books, manager: Member, quiet: tuple[Quiet, ...] = ()) -> bool:
    """Once a week, on Monday or Tuesday, while they are at work."""
    today = local_date(books.now, manager.zone)
    last = unasked.last_sent(books, manager.id, Unasked.MONDAY)
    is_told = last is not None and last >= _monday(today)
    if not manager.leads or is_told or today.weekday() > LAST_DAY:
        return False
    if not unasked.may_be_sent(books, manager, Unasked.MONDAY):
        return False
    return calendars.is_at_work(books, manager, quiet=quiet)


def _led(books: Books, manager: Member, today: date) -> list[Floor]:
    ids = [
        team.id
        for person, place, team in teams.roster_on(books, today)
        if person.id == manager.id and place.role is Role.MANAGER
    ]
    return teams.among(books, ids)


def _found(books: Books, manager: Member, led: Sequence[Floor], today: date) -> dict[Because, Sequence[Pick]]:
    """Of all the teams that they lead."""
    found: dict[Because, list[Pick]] = {why: [] for why in Because}
    for floor in led:
        reps = pairing_inputs.reps_of(books, floor.id, today)
        reps.pop(manager.id, None)
        found[Because.NEW] += _new(books, floor, reps, today)
        found[Because.STUCK] += _stuck(books, floor, reps)
        alone = _alone(books, floor, reps, today)
        found[Because.BEHIND] += [
            Pick(reps[rep], Because.BEHIND, metric=metric) for rep, metric in alone.items()
        ]
        newly = {one.person.id for one in coaching_debt.newly_owed(books, reps, today)}
        found[Because.UNCOACHED] += [
            Pick(one.person, Because.UNCOACHED, days=one.days)
            for one in coaching_debt.owed(books, reps, today)
            if one.person.id in newly or one.person.id in alone
        ]
    return dict(found)


def _new(books: Books, floor: Floor, reps: dict[int, Someone], today: date) -> list[Pick]:
    held = teams.roster_by_team(books, today).get(floor.id or 0, ())
    return [
        Pick(someone(person), Because.NEW)
        for person, place, _team in held
        if person.id in reps and place.role in SELLING_ROLES and is_ramping(place.started_on, today)
    ]


def _stuck(books: Books, floor: Floor, reps: dict[int, Someone]) -> list[Pick]:
    """The largest sums first; a deal that its AE asked to leave is left."""
    by_name = {one.name: one for one in reps.values()}
    today = local_date(books.now, floor.zone)
    if feeds.of_deals(books, floor):
        return []  # what was stuck when deals stopped coming may have moved long ago
    return [
        Pick(by_name[clog.owner], Because.STUCK, clog=clog)
        for clog in plunger.of_team(books, floor)
        if clog.owner in by_name and not (clog.left_until and clog.left_until > today)
    ]


def _alone(books: Books, floor: Floor, reps: dict[int, Someone], today: date) -> dict[int, Metric]:
    """Who has most to gain by one figure, which, and nobody beside them, not even asked; the furthest behind first."""
    team = next(one for one in people.teams(books) if one.id == floor.id)
    inputs = pairing_inputs.pairing_inputs(books, team, _monday(today), as_of=books.now)
    coached = {cycle.learner for cycle in inputs.rules.running}
    behind = [
        one
        for one in inputs.learners
        if one.focus and not one.silent and one.rep in reps and one.rep not in coached
    ]
    behind.sort(key=lambda one: (-one.focus.shortfall if one.focus else 0.0, one.rep))
    return {one.rep: one.focus.metric for one in behind if one.focus}
