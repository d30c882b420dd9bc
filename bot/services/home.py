"""What the Home tab tells: one's week, one's pairs, one's settings, and the teams one leads."""

from datetime import date, datetime, time, timedelta

from sqlmodel import Session

from bot.domain.digest import Topic, topics
from bot.domain.home import Habits, PairOfMine, TeamLed, ThisWeek
from bot.domain.periods import Period, week_starting
from bot.domain.wallclock import end_of_day, local_date
from bot.errors import BadInput, NotFound
from bot.language import gettext as _
from bot.services import calendars, digest_plans, digest_trend, floors, members, stints, tallies
from bot.services.floors import Floor
from bot.services.members import Member
from bot.words import PairingStatus, Role
from storage.queries import calls, digests, pairings, stories
from storage.queries import members as queries
from storage.tables import Pairing, Person

MOST_TOPICS = 3


def count_waiting(session: Session, workspace_id: int, person_id: int) -> int:
    """How many of the person's calls wait for a debrief."""
    return calls.count_open(session, workspace_id, person_id)


def habits(session: Session, workspace_id: int, member: Member, *, now: datetime) -> Habits:
    person = _person(session, workspace_id, member.id)
    hours = calendars.hours_of(session, workspace_id, member, now=now)
    is_quiet = person.quiet_until is not None and person.quiet_until > now
    return Habits(
        opens=hours.opens,
        closes=hours.closes,
        zone=member.zone,
        quiet_until=person.quiet_until if is_quiet else None,
        willing=person.willing,
        learning=person.wants_coaching,
        named=person.named_publicly,
    )


def set_hours(session: Session, workspace_id: int, person_id: int, *, opens: time, closes: time) -> None:
    """An end before the start is on the next day."""
    if opens == closes:
        raise BadInput(_("Please pick an end that differs from the start."), field="closes")
    person = _person(session, workspace_id, person_id)
    person.work_starts, person.work_ends = opens, closes


def be_quiet_today(session: Session, workspace_id: int, member: Member, *, now: datetime) -> None:
    """Nothing unasked for the rest of the person's day: what falls due waits until work begins again."""
    today = local_date(now, member.zone)
    _person(session, workspace_id, member.id).quiet_until = end_of_day(today, member.zone)


def listen_again(session: Session, workspace_id: int, person_id: int) -> None:
    _person(session, workspace_id, person_id).quiet_until = None


def this_week(session: Session, workspace_id: int, member: Member, *, now: datetime) -> ThisWeek | None:
    """Since Monday, counted as on the scorecard; None for somebody who does not sell."""
    floor = floors.own(session, workspace_id, member, now=now)
    week = week_starting(_monday(local_date(now, floor.zone)), floor.zone)
    try:
        stint = stints.of_person(session, workspace_id, member.id, week, as_of=now)
    except NotFound:
        return None
    if stint.rep.role is Role.MANAGER:
        return None
    [row] = tallies.of_stints(session, workspace_id, [stint], week, as_of=now)
    told = row.tally
    return ThisWeek(
        calls=told.calls,
        talk_seconds=told.talk_seconds,
        asked=told.prompted,
        debriefed=told.prompted_debriefed,
        advanced=told.advanced,
    )


def pairs_of(session: Session, workspace_id: int, member: Member, *, now: datetime) -> list[PairOfMine]:
    """Of the running week, one's own coach first; those that were called off are left out."""
    monday = _monday(local_date(now, member.zone))
    found = [
        pair
        for pair in _running(session, workspace_id, monday)
        if member.id in (pair.learner_id, pair.coach_id)
    ]
    mine = [_seen(session, pair, member.id, now) for pair in found]
    return sorted(mine, key=lambda pair: (pair.i_coach, pair.other))


def led_by(session: Session, workspace_id: int, member: Member, *, now: datetime) -> list[TeamLed]:
    """The teams that the person leads, by name."""
    ids = [
        team.id
        for membership, team in queries.teams_on(
            session, workspace_id, member.id, local_date(now, member.zone)
        )
        if membership.role is Role.MANAGER
    ]
    return [
        _led(session, workspace_id, floor.id, floor, now)
        for floor in floors.among(session, workspace_id, ids)
        if floor.id is not None
    ]


def _led(session: Session, workspace_id: int, team_id: int, floor: Floor, now: datetime) -> TeamLed:
    monday = _monday(local_date(now, floor.zone))
    pairs = [pair for pair in _running(session, workspace_id, monday) if pair.team_id == team_id]
    return TeamLed(
        plan=digest_plans.of_team(session, workspace_id, team_id),
        debriefs=digest_trend.debriefed_this_week(session, workspace_id, team_id, floor.zone, as_of=now),
        pairs=len(pairs),
        met=sum(pair.status is PairingStatus.MET for pair in pairs),
        topics=_topics(session, workspace_id, team_id, week_starting(monday, floor.zone), now),
    )


def _topics(
    session: Session, workspace_id: int, team_id: int, week: Period, now: datetime
) -> tuple[Topic, ...]:
    """What the team's debriefs of the running week most want to improve."""
    days = week.dates()
    reps = {
        held.person_id for held in digests.reps_between(session, workspace_id, team_id, days[0], days[-1])
    }
    mentions = stories.tags(session, workspace_id, reps, since=week.start, until=week.end, as_of=now)
    return tuple(topics(mentions)[:MOST_TOPICS])


def _running(session: Session, workspace_id: int, monday: date) -> list[Pairing]:
    week = pairings.between(session, workspace_id, monday, monday)
    return [pair for pair in week if pair.status is not PairingStatus.DECLINED]


def _seen(session: Session, pair: Pairing, person_id: int, now: datetime) -> PairOfMine:
    i_coach = pair.coach_id == person_id
    other = pair.learner_id if i_coach else pair.coach_id
    name = members.member(session, pair.workspace_id, other, now=now).name
    return PairOfMine(pair.id, name, i_coach, pair.metric, pair.status)


def _monday(day: date) -> date:
    return day - timedelta(days=day.weekday())


def _person(session: Session, workspace_id: int, person_id: int) -> Person:
    [person] = queries.by_ids(session, workspace_id, [person_id])
    return person
