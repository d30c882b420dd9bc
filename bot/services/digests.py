"""The weekly digest of a team: composed from what is known, and claimed so that it is told once."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain.digest import (
    Digest,
    DigestTeam,
    Kept,
    OwnLine,
    StoryTold,
    Topic,
    topic,
)
from bot.domain.evidence import RepTally
from bot.domain.periods import Period, week_starting
from bot.domain.plans import Someone
from bot.domain.wallclock import local_date
from bot.errors import NotFound
from bot.language import gettext as _
from bot.services import credits, digest_risks, digest_trend, pairings, pipelines, rankings, rosters
from bot.services.digest_ranks import Ranks, most_improved, own_lines, ranks, tops
from bot.services.pairing_inputs import someone
from bot.services.remembered import once
from bot.words import SELLING_ROLES, Role
from storage.queries import digests as queries
from storage.queries import stories
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
    """How one person stands in a digest: their own line, and whether they are named top or told of by a fact."""

    line: OwnLine | None
    is_named: bool
    is_told_of: bool


def last_finished_week(now: datetime, zone: ZoneInfo) -> date:
    """The Monday of the ISO week that ended last, by the zone's wall."""
    today = local_date(now, zone)
    return today - timedelta(days=today.weekday()) - WEEK


def compose(
    session: Session, workspace_id: int, team_id: int, week: date, *, as_of: datetime, now: datetime
) -> Digest:
    """The digest on the week that began on the Monday `week`; nothing is written. Raises NotFound."""
    team = _team(session, workspace_id, team_id)
    about = _week(session, workspace_id, team, week)
    told = _tallies(session, workspace_id, about, as_of=as_of)
    standing = _standing(session, workspace_id, about, about.by_role, as_of=as_of)
    pipeline = pipelines.of_team(session, workspace_id, team.id, about.period, as_of=as_of)
    return Digest(
        workspace_id=workspace_id,
        team=DigestTeam(team.id, team.name, team.channel, len(about.reps), team.locale),
        week=about.period,
        composed_at=now,
        tops=tops(standing, told, about.reps),
        most_improved=most_improved(workspace_id, team.id, about.period, standing, about.reps),
        commitments=_commitments(told.values()),
        story=_story(session, workspace_id, about, as_of=as_of),
        topic=_topic(session, workspace_id, about, as_of=as_of),
        trend=digest_trend.of_team(session, workspace_id, team, week, as_of=as_of),
        pipeline=pipeline,
        plan=pairings.propose(session, workspace_id, team.id, week + WEEK, as_of=as_of),
        own_lines=own_lines(standing, about.reps),
        page=digest_risks.page(
            session, workspace_id, team.id, about.period, pipeline, told, about.reps, as_of=as_of
        ),
        coach_of_month=credits.best_coach(session, workspace_id, about.reps, week + WEEK),
    )


def latest_week(session: Session, workspace_id: int, team_id: int, *, now: datetime) -> date:
    """The Monday of the week that the team's digest would report now. Raises NotFound."""
    return last_finished_week(now, ZoneInfo(_team(session, workspace_id, team_id).time_zone))


def latest(session: Session, workspace_id: int, team_id: int, *, now: datetime) -> Digest:
    """The digest as it would be told now. Raises NotFound."""
    week = latest_week(session, workspace_id, team_id, now=now)
    return compose(session, workspace_id, team_id, week, as_of=now, now=now)


def seen_by(
    session: Session, workspace_id: int, team_id: int, week: date, person_id: int, *, as_of: datetime
) -> Seen:
    """How a person stands in the digest as it was told at `as_of`. Raises NotFound."""
    about = _week(session, workspace_id, _team(session, workspace_id, team_id), week)
    own = {role: ids for role, ids in about.by_role.items() if person_id in ids}
    standing = _standing(session, workspace_id, about, own, as_of=as_of)
    told = tops(standing, _tallies(session, workspace_id, about, as_of=as_of), about.reps)
    return Seen(
        next((line for line in own_lines(standing, about.reps) if line.person.id == person_id), None),
        is_named=any(likely.person.id == person_id for top in told for likely in top.named),
        is_told_of=any(fact.person and fact.person.id == person_id for top in told for fact in top.facts),
    )


def _standing(
    session: Session,
    workspace_id: int,
    about: _Week,
    by_role: Mapping[Role, Sequence[int]],
    *,
    as_of: datetime,
) -> dict[Role, Ranks]:
    return {
        role: ranks(session, workspace_id, about.team.id, role, about.period, about.reps, ids, as_of=as_of)
        for role, ids in by_role.items()
    }


def _team(session: Session, workspace_id: int, team_id: int) -> Team:
    team = once(
        session, ("team", workspace_id, team_id), lambda: queries.team(session, workspace_id, team_id)
    )
    if team is None:
        raise NotFound(_("There is no such team."))
    return team


def _week(session: Session, workspace_id: int, team: Team, week: date) -> _Week:
    last_day = week + WEEK - timedelta(days=1)
    reps: dict[int, Someone] = {}
    by_role: dict[Role, list[int]] = {}
    for person, membership, _team_of in rosters.by_team(session, workspace_id, last_day).get(team.id, ()):
        if membership.role in SELLING_ROLES and person.id not in reps:
            reps[person.id] = someone(person)
            by_role.setdefault(membership.role, []).append(person.id)
    return _Week(
        team,
        week_starting(week, ZoneInfo(team.time_zone)),
        reps,
        {role: by_role[role] for role in SELLING_ROLES if role in by_role},
    )


def _tallies(session: Session, workspace_id: int, about: _Week, *, as_of: datetime) -> dict[int, RepTally]:
    """What each rep of the team did in the week."""
    return {
        row.rep: row
        for role, ids in about.by_role.items()
        for row in rankings.shown(session, workspace_id, role, about.period, as_of=as_of)
        if row.rep in ids
    }


def _commitments(rows: Collection[RepTally]) -> Kept | None:
    kept = sum(row.tally.commitments_kept for row in rows)
    return Kept(kept, sum(row.tally.commitments_due for row in rows)) if kept else None


def _story(session: Session, workspace_id: int, about: _Week, *, as_of: datetime) -> StoryTold | None:
    until = about.period.until(as_of).end
    shared = stories.shared(session, workspace_id, about.reps.keys(), since=about.period.start, until=until)
    if not shared:
        return None
    latest = shared[0]
    author = about.reps[latest.author_id]
    return StoryTold(latest.kind, latest.told, author if author.named else None)


def _topic(session: Session, workspace_id: int, about: _Week, *, as_of: datetime) -> Topic | None:
    span = about.period
    return topic(
        stories.tags(session, workspace_id, about.reps.keys(), since=span.start, until=span.end, as_of=as_of)
    )
