"""Questions about what a team tells: stories shared, and what its debriefs want to improve."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import Session, col, select

from bot.words import StoryKind
from storage.tables import Debrief, DebriefTag, Story


def shared(
    session: Session, workspace_id: int, authors: Collection[int], *, since: datetime, until: datetime
) -> Sequence[Story]:
    """Stories that these authors told in [since, until) and share, latest first."""
    return session.exec(
        select(Story)
        .where(
            Story.workspace_id == workspace_id,
            col(Story.author_id).in_(authors),
            col(Story.shared),
            col(Story.told) != "",
            col(Story.told_at) >= since,
            col(Story.told_at) < until,
        )
        .order_by(col(Story.told_at).desc(), col(Story.id).desc())
    ).all()


def tags(
    session: Session,
    workspace_id: int,
    reps: Collection[int],
    *,
    since: datetime,
    until: datetime,
    as_of: datetime,
) -> Sequence[tuple[str, int]]:
    """Tag and rep, for each tag of a debrief submitted by `as_of` of a call that started in [since, until)."""
    return session.exec(
        select(DebriefTag.tag, Debrief.person_id)
        .join(
            Debrief,
            sa.and_(
                col(Debrief.id) == DebriefTag.debrief_id,
                col(Debrief.workspace_id) == DebriefTag.workspace_id,
            ),
        )
        .where(
            DebriefTag.workspace_id == workspace_id,
            col(Debrief.person_id).in_(reps),
            col(Debrief.call_started_at) >= since,
            col(Debrief.call_started_at) < until,
            col(Debrief.submitted_at) <= as_of,
        )
    ).all()


def of_author(session: Session, workspace_id: int, author_id: int, story_id: int) -> Story | None:
    """The author's own story, held by this transaction."""
    return session.exec(
        select(Story)
        .where(Story.workspace_id == workspace_id, Story.author_id == author_id, Story.id == story_id)
        .with_for_update()
    ).first()


def tagged(
    session: Session,
    workspace_id: int,
    authors: Collection[int],
    tag: str | None,
    *,
    most: int,
    wins_first: bool = False,
) -> Sequence[Story]:
    """Stories that these authors share, of debriefs with the tag if one is given, latest first."""
    latest = (col(Story.told_at).desc(), col(Story.id).desc())
    order = (col(Story.kind) != StoryKind.WIN, *latest) if wins_first else latest
    has_tag = sa.exists().where(
        col(DebriefTag.workspace_id) == Story.workspace_id,
        col(DebriefTag.debrief_id) == Story.debrief_id,
        col(DebriefTag.tag) == tag,
    )
    return session.exec(
        select(Story)
        .where(
            Story.workspace_id == workspace_id,
            col(Story.author_id).in_(authors),
            col(Story.shared),
            col(Story.told) != "",
            has_tag if tag else sa.true(),
        )
        .order_by(*order)
        .limit(most)
    ).all()
