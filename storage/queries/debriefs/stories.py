"""Questions about what a team tells: stories shared, and what its debriefs want to improve."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import StoryKind
from storage.books import Books
from storage.tables import Debrief, DebriefTag, HabitTold, Story, StoryShown


def shared(books: Books, authors: Collection[int], *, since: datetime, until: datetime) -> Sequence[Story]:
    """Stories that these authors told in [since, until) and share, latest first."""
    return books.session.exec(
        select(Story)
        .where(
            Story.workspace_id == books.workspace_id,
            col(Story.author_id).in_(authors),
            col(Story.shared),
            col(Story.told) != "",
            col(Story.told_at) >= since,
            col(Story.told_at) < until,
        )
        .order_by(col(Story.told_at).desc(), col(Story.id).desc())
    ).all()


def tags(
    books: Books, reps: Collection[int], *, since: datetime, until: datetime, as_of: datetime
) -> Sequence[tuple[str, int]]:
    """Tag and rep, for each tag of a debrief submitted by `as_of` of a call that started in [since, until)."""
    return books.session.exec(
        select(DebriefTag.tag, Debrief.person_id)
        .join(
            Debrief,
            sa.and_(
                col(Debrief.id) == DebriefTag.debrief_id,
                col(Debrief.workspace_id) == DebriefTag.workspace_id,
            ),
        )
        .where(
            DebriefTag.workspace_id == books.workspace_id,
            col(Debrief.person_id).in_(reps),
            col(Debrief.call_started_at) >= since,
            col(Debrief.call_started_at) < until,
            col(Debrief.submitted_at) <= as_of,
        )
    ).all()


def of_author(books: Books, author_id: int, story_id: int) -> Story | None:
    """The author's own story, held by this transaction."""
    return books.session.exec(
        select(Story)
        .where(Story.workspace_id == books.workspace_id, Story.author_id == author_id, Story.id == story_id)
        .with_for_update()
    ).first()


def heard(books: Books, story_ids: Collection[int]) -> Sequence[tuple[int, bool]]:
    """What those who were shown these stories said: the story, and whether it helped."""
    rows = books.session.exec(
        select(StoryShown).where(
            StoryShown.workspace_id == books.workspace_id,
            col(StoryShown.story_id).in_(story_ids),
            col(StoryShown.helped).is_not(None),
        )
    )
    return [(row.story_id, bool(row.helped)) for row in rows]


def shown_to(books: Books, person_id: int) -> Sequence[int]:
    """The stories that the rep was shown already."""
    return books.session.exec(
        select(StoryShown.story_id).where(
            StoryShown.workspace_id == books.workspace_id, StoryShown.person_id == person_id
        )
    ).all()


def shown(books: Books, person_id: int, shown_id: int) -> StoryShown | None:
    """What the rep was shown, held by this transaction."""
    return books.session.exec(
        select(StoryShown)
        .where(
            StoryShown.workspace_id == books.workspace_id,
            StoryShown.person_id == person_id,
            StoryShown.id == shown_id,
        )
        .with_for_update()
    ).first()


def by_id(books: Books, story_id: int) -> Story | None:
    return books.session.exec(
        select(Story).where(Story.workspace_id == books.workspace_id, Story.id == story_id)
    ).first()


def tagged(
    books: Books, authors: Collection[int], tag: str | None, *, most: int, wins_first: bool = False
) -> Sequence[Story]:
    """Stories that these authors share, of debriefs with the tag if one is given, latest first."""
    latest = (col(Story.told_at).desc(), col(Story.id).desc())
    order = (col(Story.kind) != StoryKind.WIN, *latest) if wins_first else latest
    has_tag = sa.exists().where(
        col(DebriefTag.workspace_id) == Story.workspace_id,
        col(DebriefTag.debrief_id) == Story.debrief_id,
        col(DebriefTag.tag) == tag,
    )
    return books.session.exec(
        select(Story)
        .where(
            Story.workspace_id == books.workspace_id,
            col(Story.author_id).in_(authors),
            col(Story.shared),
            col(Story.told) != "",
            col(Story.told_at) <= books.now,
            has_tag if tag else sa.true(),
        )
        .order_by(*order)
        .limit(most)
    ).all()


def tags_of(books: Books, story_ids: Collection[int]) -> Sequence[tuple[int, str]]:
    """Each story with each tag of its debrief."""
    return books.session.exec(
        select(Story.id, DebriefTag.tag)
        .join(
            DebriefTag,
            sa.and_(
                col(DebriefTag.debrief_id) == Story.debrief_id,
                col(DebriefTag.workspace_id) == Story.workspace_id,
            ),
        )
        .where(Story.workspace_id == books.workspace_id, col(Story.id).in_(story_ids))
        .order_by(col(DebriefTag.id))
    ).all()


def chosen(books: Books, person_id: int, *, since: datetime) -> Sequence[tuple[str, datetime]]:
    """Each tag of the rep's debriefs of calls that started since then, with the call's start."""
    return books.session.exec(
        select(DebriefTag.tag, Debrief.call_started_at)
        .join(
            Debrief,
            sa.and_(
                col(Debrief.id) == DebriefTag.debrief_id,
                col(Debrief.workspace_id) == DebriefTag.workspace_id,
            ),
        )
        .where(
            DebriefTag.workspace_id == books.workspace_id,
            Debrief.person_id == person_id,
            col(Debrief.call_started_at) >= since,
        )
    ).all()


def told(books: Books, person_id: int, *, since: date) -> Sequence[HabitTold]:
    return books.session.exec(
        select(HabitTold).where(
            HabitTold.workspace_id == books.workspace_id,
            HabitTold.person_id == person_id,
            col(HabitTold.week) >= since,
        )
    ).all()
