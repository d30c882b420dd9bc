"""What the Home tab tells: one's week, one's pairs, one's settings, and the teams one leads."""

from collections.abc import Sequence
from datetime import date, time, timedelta

from bot.calendar.periods import DEFAULT, Period, parse, week_starting
from bot.calendar.wallclock import end_of_day, local_date
from bot.core.enums import CALLED_OFF, SELLING_ROLES, PairingStatus, Role
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.core.session_cache import read_once
from bot.debriefs.domain.topics import Topic, topics
from bot.digest.services import plan as digest_plans
from bot.digest.services import trend as digest_trend
from bot.home.domain import Habits, PairOfMine, TeamLed, ThisWeek
from bot.people.domain.stints import Stint
from bot.people.services import calendars, members, people, teams, unasked
from bot.people.services.members import Member
from bot.people.services.teams import Floor
from bot.scorecards.domain.scorecard import Scorecard
from bot.scorecards.services import scorecard as scorecards
from bot.scorecards.services import tallies
from storage.books import Books
from storage.queries.calls import calls
from storage.queries.coaching import pairing as pairings
from storage.queries.debriefs import stories
from storage.tables import Pairing

MOST_TOPICS = 3


def count_waiting(books: Books, person_id: int) -> int:
    """How many of the person's calls wait for a debrief."""
    return calls.count_open(books, person_id)


def habits(books: Books, member: Member) -> Habits:
    person = members.person(books, member.id)
    hours = calendars.hours_of(books, member)
    is_quiet = person.quiet_until is not None and person.quiet_until > books.now
    return Habits(
        opens=hours.opens,
        closes=hours.closes,
        zone=member.zone,
        quiet_until=person.quiet_until if is_quiet else None,
        willing=person.willing,
        learning=person.wants_coaching,
        named=person.named_publicly,
        is_here=bool(member.roles),
        sells=not member.roles.isdisjoint(SELLING_ROLES),
        unwanted=unasked.unwanted(books, member.id),
    )


def set_hours(books: Books, person_id: int, *, opens: time, closes: time) -> None:
    """An end before the start is on the next day."""
    if opens == closes:
        raise BadInput(_("Please pick an end that differs from the start."), field="closes")
    person = members.person(books, person_id)
    person.work_starts, person.work_ends = opens, closes


def be_quiet_today(books: Books, member: Member) -> None:
    """Nothing unasked for the rest of the person's day: what falls due waits until work begins again."""
    today = local_date(books.now, member.zone)
    members.person(books, member.id).quiet_until = end_of_day(today, member.zone)


def listen_again(books: Books, person_id: int) -> None:
    members.person(books, person_id).quiet_until = None


def this_week(books: Books, member: Member) -> ThisWeek | None:
    """Since Monday, counted as on the scorecard; None for somebody who does not sell."""
    floor = teams.own(books, member)
    week = week_starting(_monday(local_date(books.now, floor.zone)), floor.zone)
    try:
        stint = people.stints_of(books, member.id, week, as_of=books.now)
    except NotFound:
        return None
    if stint.rep.role is Role.MANAGER:
        return None
    return _counted(books, [stint], week, stint.rep.role)


def _counted(books: Books, held: Sequence[Stint], week: Period, role: Role | None) -> ThisWeek:
    told = tallies.activity(books, held, week, as_of=books.now)
    return ThisWeek(
        role=role,
        calls=sum(one.calls for one in told),
        talk_seconds=sum(one.talk_seconds for one in told),
        asked=sum(one.prompted for one in told),
        debriefed=sum(one.prompted_debriefed for one in told),
        advanced=sum(one.advanced for one in told),
    )


def numbers(books: Books, member: Member) -> Scorecard | None:
    """A rep's card of the last 13 weeks, which is long enough for verdicts; None for somebody who does not sell."""
    floor = teams.own(books, member)
    period = parse(DEFAULT, now=books.now, zone=floor.zone)
    try:
        card = scorecards.scorecard_of(books, member.id, period, as_of=books.now)
    except NotFound:
        return None
    return card if card.rep.role is not Role.MANAGER else None


def pairs_of(books: Books, member: Member) -> list[PairOfMine]:
    """Of the running week, one's own coach first; those that were called off are left out."""
    monday = _monday(local_date(books.now, member.zone))
    found = [pair for pair in _running(books, monday) if member.id in (pair.learner_id, pair.coach_id)]
    mine = [_seen(books, pair, member.id) for pair in found]
    return sorted(mine, key=lambda pair: (pair.i_coach, pair.other))


def led_by(books: Books, member: Member) -> list[TeamLed]:
    """The teams that the person leads, by name."""
    ids = [
        team.id
        for membership, team in members.held_on(books, member.id, local_date(books.now, member.zone))
        if membership.role is Role.MANAGER
    ]
    return [_led(books, floor.id, floor) for floor in teams.among(books, ids) if floor.id is not None]


def _led(books: Books, team_id: int, floor: Floor) -> TeamLed:
    monday = _monday(local_date(books.now, floor.zone))
    pairs = [pair for pair in _running(books, monday) if pair.team_id == team_id]
    week = week_starting(monday, floor.zone)
    held = [
        stint
        for role in SELLING_ROLES
        for stint in people.who_held(books, role, week, as_of=books.now)
        if stint.rep.team_id == team_id
    ]
    return TeamLed(
        plan=digest_plans.of_team(books, team_id),
        week=_counted(books, held, week, None),
        debriefs=digest_trend.debriefed_this_week(books, team_id, floor.zone, as_of=books.now),
        pairs=sum(pair.status is not PairingStatus.PROPOSED for pair in pairs),
        asked=sum(pair.status is PairingStatus.PROPOSED for pair in pairs),
        met=sum(pair.status is PairingStatus.MET for pair in pairs),
        topics=_topics(books, team_id, week),
    )


def _topics(books: Books, team_id: int, week: Period) -> tuple[Topic, ...]:
    """What the team's debriefs of the running week most want to improve."""
    days = week.dates()
    reps = {held.person_id for held in digest_trend.sold_between(books, team_id, days[0], days[-1])}
    mentions = stories.tags(books, reps, since=week.start, until=week.end, as_of=books.now)
    return tuple(topics(mentions)[:MOST_TOPICS])


@read_once
def _running(books: Books, monday: date) -> list[Pairing]:
    week = pairings.between(books, monday, monday)
    return [pair for pair in week if pair.status not in CALLED_OFF]


def _seen(books: Books, pair: Pairing, person_id: int) -> PairOfMine:
    i_coach = pair.coach_id == person_id
    other = pair.learner_id if i_coach else pair.coach_id
    name = members.member(books, other).name
    return PairOfMine(pair.id, name, i_coach, pair.metric, pair.status)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())
