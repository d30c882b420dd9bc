"""The weekly digest of a team: composed from what is known, and claimed so that it is told once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.calendar.periods import Period, week_starting
from bot.coaching.services import pairing as pairings
from bot.coaching.services import preferences
from bot.coaching.services.pay import months
from bot.core.enums import SELLING_ROLES, Role
from bot.debriefs.domain.stories import StoryTold
from bot.debriefs.domain.topics import Topic, topic
from bot.debriefs.services import stories as told_stories
from bot.digest.domain.digest import Digest, DigestTeam, Kept, WhatOthersDid
from bot.digest.domain.feeds import hushed, hushed_tops, rests_on
from bot.digest.domain.plan import last_finished_week
from bot.digest.services import plan as plans
from bot.digest.services import risks as digest_risks
from bot.digest.services import trend as digest_trend
from bot.digest.services.ranks import Ranks, most_improved, own_lines, periods, ranks, tops
from bot.people.domain.someone import Someone
from bot.people.services import teams
from bot.people.services.people import someone
from bot.pipeline.domain.feeds import Silence
from bot.pipeline.services import feeds
from bot.pipeline.services import stuck as pipelines
from bot.scorecards.domain.evidence import RepTally
from bot.scorecards.domain.league import OwnLine
from bot.scorecards.domain.money import Outlook
from bot.scorecards.domain.targets import Together
from bot.scorecards.services import estimates as role_estimates
from bot.scorecards.services import outlook, team_goals
from storage.books import Books
from storage.queries.debriefs import stories
from storage.tables import Team

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class _Week:
    """A team's reported week. `reps` are those at its end, `by_role` their ids."""

    team: Team
    period: Period
    reps: Mapping[int, Someone]
    by_role: Mapping[Role, Sequence[int]]


@dataclass(frozen=True, slots=True)
class Seen:
    """How one person stands in a digest: their own line, and whether they are named top or told of by a fact.

    `silences`: records that stopped coming, for want of which nobody of their role is judged.
    """

    line: OwnLine | None
    is_named: bool
    is_told_of: bool
    silences: tuple[Silence, ...] = ()


def compose(books: Books, team_id: int, week: date, *, as_of: datetime) -> Digest:
    """The digest on the week that began on the Monday `week`; nothing is written. Raises NotFound."""
    team = teams.row(books, team_id)
    about = _week(books, team, week)
    asked = [about.period, *periods(about.period)]
    role_estimates.read_ahead(books, [(role, one) for role in about.by_role for one in asked], as_of=as_of)
    told = _tallies(books, about, as_of=as_of)
    standing = _standing(books, about, about.by_role, as_of=as_of)
    pipeline = pipelines.of_team(books, team.id, about.period, as_of=as_of)
    wanted = _topic(books, about, as_of=as_of)
    digest = Digest(
        workspace_id=books.workspace_id,
        team=DigestTeam(team.id, team.name, team.channel, len(about.reps), plans.locale_of(books, team)),
        week=about.period,
        tops=tops(standing, told, about.reps),
        most_improved=most_improved(books.workspace_id, team.id, about.period, standing, about.reps),
        commitments=_commitments(told.values()),
        story=_story(books, about, as_of=as_of),
        topic=wanted,
        trend=digest_trend.of_team(books, team, week, as_of=as_of),
        pipeline=pipeline,
        plan=pairings.propose(books, team.id, _week_of_pairs(about.period, as_of), as_of=as_of),
        own_lines=own_lines(standing, about.reps),
        page=digest_risks.page(books, team.id, about.period, pipeline, told, about.reps, as_of=as_of),
        coach_of_month=months.best_coach(books, about.reps, week + WEEK),
        so_far=as_of < about.period.end,
        outlook=_outlook(books, team.id, about.period, as_of=as_of),
        goal=_goal(books, team.id, about.period, as_of=as_of),
        others=_others(books.at(as_of), team.id, wanted) if wanted else None,
    )
    return hushed(digest, feeds.silences(books.at(as_of), team))


def with_forecast(books: Books, digest: Digest, *, as_of: datetime) -> Digest:
    """For those who lead: the channel is told shares alone, which take no forecast."""
    if digest.outlook is None:
        return digest
    return replace(digest, outlook=_outlook(books, digest.team.id, digest.week, as_of=as_of, forecasts=True))


def _outlook(
    books: Books, team_id: int, week: Period, *, as_of: datetime, forecasts: bool = False
) -> Outlook | None:
    """As of the week's end, where that is past: a digest told late tells the same."""
    [floor] = teams.among(books, [team_id])
    return outlook.of_team(books, floor, as_of=min(as_of, week.last), forecasts=forecasts)


def _week_of_pairs(told: Period, as_of: datetime) -> date:
    """Those of the week in which the digest comes: the running one where that is the one told, else the week after."""
    monday = told.dates()[0]
    return monday if as_of < told.end else monday + WEEK


def latest_week(books: Books, team_id: int) -> date:
    """The Monday of the week that the team's digest would report now. Raises NotFound."""
    return last_finished_week(books.now, ZoneInfo(teams.row(books, team_id).time_zone))


def latest(books: Books, team_id: int) -> Digest:
    """The digest as it would be told now, with what goes to those who lead. Raises NotFound."""
    digest = compose(books, team_id, latest_week(books, team_id), as_of=books.now)
    return with_forecast(books, digest, as_of=books.now)


def seen_by(books: Books, team_id: int, week: date, person_id: int, *, as_of: datetime) -> Seen:
    """How a person stands in the digest as it was told at `as_of`. Raises NotFound."""
    team = teams.row(books, team_id)
    about = _week(books, team, week)
    own = {role: ids for role, ids in about.by_role.items() if person_id in ids}
    standing = _standing(books, about, own, as_of=as_of)
    silences = feeds.silences(books.at(as_of), team)
    found = tops(standing, _tallies(books, about, as_of=as_of), about.reps)
    told = hushed_tops(found, silences)
    return Seen(
        next((line for line in own_lines(standing, about.reps) if line.person.id == person_id), None),
        is_named=any(likely.person.id == person_id for top in told for likely in top.named),
        is_told_of=any(fact.person and fact.person.id == person_id for top in told for fact in top.facts),
        silences=silences if any(rests_on(top, silences) for top in found) else (),
    )


def _standing(
    books: Books, about: _Week, by_role: Mapping[Role, Sequence[int]], *, as_of: datetime
) -> dict[Role, Ranks]:
    return {
        role: ranks(books, about.team.id, role, about.period, about.reps, ids, as_of=as_of)
        for role, ids in by_role.items()
    }


def _week(books: Books, team: Team, week: date) -> _Week:
    last_day = week + WEEK - timedelta(days=1)
    reps: dict[int, Someone] = {}
    by_role: dict[Role, list[int]] = {}
    for person, membership, _team_of in teams.roster_by_team(books, last_day).get(team.id, ()):
        if membership.role in SELLING_ROLES and person.id not in reps:
            reps[person.id] = someone(person)
            by_role.setdefault(membership.role, []).append(person.id)
    return _Week(
        team,
        week_starting(week, ZoneInfo(team.time_zone)),
        reps,
        {role: by_role[role] for role in SELLING_ROLES if role in by_role},
    )


def _tallies(books: Books, about: _Week, *, as_of: datetime) -> dict[int, RepTally]:
    """What each rep of the team did in the week."""
    return {
        row.rep: row
        for role, ids in about.by_role.items()
        for row in role_estimates.shown(books, role, about.period, as_of=as_of)
        if row.rep in ids
    }


def _commitments(rows: Collection[RepTally]) -> Kept | None:
    kept = sum(row.tally.commitments_kept for row in rows)
    return Kept(kept, sum(row.tally.commitments_due for row in rows)) if kept else None


def _story(books: Books, about: _Week, *, as_of: datetime) -> StoryTold | None:
    until = about.period.until(as_of).end
    shared = stories.shared(books, about.reps.keys(), since=about.period.start, until=until)
    if not shared:
        return None
    latest = shared[0]
    author = about.reps[latest.author_id]
    return StoryTold(latest.kind, latest.told, author if author.named else None)


def _topic(books: Books, about: _Week, *, as_of: datetime) -> Topic | None:
    span = about.period
    return topic(stories.tags(books, about.reps.keys(), since=span.start, until=span.end, as_of=as_of))


def _goal(books: Books, team_id: int, week: Period, *, as_of: datetime) -> Together | None:
    """Told to the last day of its quarter: a week that ends in the next one still tells of it."""
    [floor] = teams.among(books, [team_id])
    quarter = team_goals.quarter_of(floor, week.start)
    return team_goals.together(books, floor, quarter, as_of=min(as_of, week.last))


def _others(books: Books, team_id: int, wanted: Topic) -> WhatOthersDid | None:
    """What the team itself has about its topic; None where it has nothing."""
    [floor] = teams.among(books, [team_id])
    wins = told_stories.shared_wins(books, floor, wanted.tag, most=1)
    coaches = preferences.who_offers(books, wanted.tag, floor, in_public=True)
    return WhatOthersDid(wins[0] if wins else None, tuple(coaches)) if wins or coaches else None
