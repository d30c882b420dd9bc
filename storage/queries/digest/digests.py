"""Questions about teams' digests: whose is due, and which were claimed."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import Role
from storage.books import Books, insert_once
from storage.tables import Digest, Membership, PairWish, Person, Team, WishKind


def team(books: Books, team_id: int) -> Team | None:
    return books.session.exec(
        select(Team).where(Team.workspace_id == books.workspace_id, Team.id == team_id)
    ).first()


def due(books: Books) -> Sequence[Team]:
    """Teams with a channel whose digest's moment has come or was never set, longest due first."""
    return _due(books, Team.digest_next_at)


def pairs_due(books: Books) -> Sequence[Team]:
    """The same by the moment at which a week's pairs are made."""
    return _due(books, Team.pairs_next_at)


def _due(books: Books, moment: Any) -> Sequence[Team]:
    return books.session.exec(
        select(Team)
        .where(
            Team.workspace_id == books.workspace_id,
            col(Team.channel) != "",
            sa.or_(col(moment) <= books.now, col(moment).is_(None)),
        )
        .order_by(col(moment), col(Team.id))
    ).all()


def claim_team(books: Books, team_id: int) -> Team | None:
    """The team, held by this transaction."""
    return books.session.exec(
        select(Team).where(Team.workspace_id == books.workspace_id, Team.id == team_id).with_for_update()
    ).first()


def insert(books: Books, team_id: int, week: date) -> bool:
    """Whether this transaction is the first to speak of the team's week."""
    row = Digest(workspace_id=books.workspace_id, team_id=team_id, week=week, claimed_at=books.now)
    return insert_once(books.session, row)


def claim(books: Books, team_id: int, week: date) -> Digest | None:
    """The digest's row, held by this transaction."""
    return books.session.exec(
        select(Digest)
        .where(Digest.workspace_id == books.workspace_id, Digest.team_id == team_id, Digest.week == week)
        .with_for_update()
    ).first()


def of_week(books: Books, team_id: int, week: date) -> Digest | None:
    return books.session.exec(
        select(Digest).where(
            Digest.workspace_id == books.workspace_id, Digest.team_id == team_id, Digest.week == week
        )
    ).first()


def by_id(books: Books, digest_id: int) -> Digest | None:
    return books.session.exec(
        select(Digest).where(Digest.workspace_id == books.workspace_id, Digest.id == digest_id)
    ).first()


def teams(books: Books) -> Sequence[Team]:
    """By name."""
    return books.session.exec(
        select(Team).where(Team.workspace_id == books.workspace_id).order_by(col(Team.name))
    ).all()


def usual_locale(books: Books, team_id: int, day: date) -> str | None:
    """How most of the team's people read dates and numbers; None where Slack has told of nobody."""
    return books.session.exec(
        select(Person.locale)
        .join(Membership, sa.and_(*_is_of(team_id, day)))
        .where(Person.workspace_id == books.workspace_id, col(Person.locale).is_not(None))
        .group_by(col(Person.locale))
        .order_by(sa.func.count().desc(), col(Person.locale))
    ).first()


def _is_of(team_id: int, day: date) -> tuple[sa.ColumnElement[bool], ...]:
    return (
        col(Membership.person_id) == Person.id,
        col(Membership.team_id) == team_id,
        col(Membership.started_on) <= day,
        sa.or_(col(Membership.ended_on).is_(None), col(Membership.ended_on) >= day),
    )


def reps_between(books: Books, team_id: int, first: date, last: date) -> Sequence[Membership]:
    """Who sold in the team on any of the days, both included."""
    return books.session.exec(
        select(Membership).where(
            Membership.workspace_id == books.workspace_id,
            Membership.team_id == team_id,
            col(Membership.role) != Role.MANAGER,
            col(Membership.started_on) <= last,
            sa.or_(col(Membership.ended_on).is_(None), col(Membership.ended_on) >= first),
        )
    ).all()


def told_since(books: Books, since: datetime) -> Sequence[tuple[int, datetime, str]]:
    """The message of each digest told since then, when it was told, and its team's time zone."""
    rows = books.session.exec(
        select(Digest.message_id, Digest.claimed_at, Team.time_zone)
        .join(Team, col(Team.id) == Digest.team_id)
        .where(
            Digest.workspace_id == books.workspace_id,
            col(Digest.claimed_at) >= since,
            col(Digest.message_id).is_not(None),
        )
    )
    return [(id, told_at, zone) for id, told_at, zone in rows if id is not None]


def called_off_since(books: Books, since: datetime) -> Sequence[tuple[int, int, date | None]]:
    """Coach, learner and week of each pair that was called off since then."""
    rows = books.session.execute(
        sa.select(col(PairWish.coach_id), col(PairWish.learner_id), col(PairWish.week)).where(
            col(PairWish.workspace_id) == books.workspace_id,
            col(PairWish.kind) == WishKind.DECLINED,
            col(PairWish.said_at) >= since,
        )
    )
    return [(row[0], row[1], row[2]) for row in rows]
