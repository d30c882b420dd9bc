"""Questions about debriefs and what coaches said to them."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import Outcome, PairingStatus, Resolved, Unasked
from storage.books import Books, insert_once
from storage.tables import (
    Call,
    Debrief,
    DebriefDraft,
    DebriefTag,
    Feedback,
    Gathered,
    Pairing,
    Person,
    Screen,
    Story,
    Unwanted,
)


def of_call(books: Books, call_id: int) -> Debrief | None:
    return books.session.exec(
        select(Debrief).where(Debrief.workspace_id == books.workspace_id, Debrief.call_id == call_id)
    ).first()


def by_id(books: Books, debrief_id: int) -> Debrief | None:
    return books.session.exec(
        select(Debrief).where(Debrief.workspace_id == books.workspace_id, Debrief.id == debrief_id)
    ).first()


def written_before(
    books: Books, person_id: int, started_at: datetime, *, limit: int
) -> Sequence[tuple[Debrief, Call]]:
    """The rep's debriefs of calls that started before then, the latest first."""
    return books.session.exec(
        select(Debrief, Call)
        .join(Call, sa.and_(col(Call.id) == Debrief.call_id, col(Call.workspace_id) == Debrief.workspace_id))
        .where(
            Debrief.workspace_id == books.workspace_id,
            Debrief.person_id == person_id,
            col(Debrief.call_started_at) < started_at,
        )
        .order_by(col(Debrief.call_started_at).desc(), col(Debrief.id).desc())
        .limit(limit)
    ).all()


def resolved(books: Books, person_id: int, since: datetime, until: datetime) -> Counter[Resolved]:
    """How often the rep said what of the things they had set out to show, in [since, until)."""
    rows = books.session.exec(
        select(Debrief.resolved).where(
            Debrief.workspace_id == books.workspace_id,
            Debrief.person_id == person_id,
            col(Debrief.resolved_at) >= since,
            col(Debrief.resolved_at) < until,
        )
    )
    return Counter(Resolved(said) for said in rows if said)


def lost_because(
    books: Books, reps: Collection[int], since: datetime, until: datetime
) -> Sequence[tuple[str, str, str]]:
    """Why, to whom and at which stage their calls of [since, until) were lost, the latest first; blank: not said."""
    return books.session.exec(
        select(Debrief.reason, Debrief.competitor, Debrief.lost_stage)
        .where(
            Debrief.workspace_id == books.workspace_id,
            col(Debrief.person_id).in_(reps),
            Debrief.outcome == Outcome.LOST,
            col(Debrief.call_started_at) >= since,
            col(Debrief.call_started_at) < until,
        )
        .order_by(col(Debrief.call_started_at).desc(), col(Debrief.id).desc())
    ).all()


def open_steps(
    books: Books, first: date, last: date, kind: Unasked
) -> Sequence[tuple[Debrief, Call, Person, date | None]]:
    """Next steps, not said to be done, for a day from `first` to `last`, of reps whom Slack knows.

    Each with the call, the rep, and the day on which the rep was last sent a message of the kind, unless they have
    turned it off.
    """
    due = sa.or_(
        sa.and_(col(Debrief.step_moved_to).is_(None), col(Debrief.next_step_on).between(first, last)),
        col(Debrief.step_moved_to).between(first, last),
    )
    mine = (col(Gathered.workspace_id) == Debrief.workspace_id, col(Gathered.person_id) == Debrief.person_id)
    of_kind = sa.select(sa.func.max(col(Gathered.day))).where(*mine, col(Gathered.kind) == kind)
    last_sent: Any = of_kind.correlate(Debrief).scalar_subquery()
    is_off = sa.exists().where(
        col(Unwanted.workspace_id) == Debrief.workspace_id,
        col(Unwanted.person_id) == Debrief.person_id,
        col(Unwanted.kind) == kind,
    )
    rows = books.session.exec(
        select(Debrief, Call, Person, last_sent)
        .join(Call, sa.and_(col(Call.id) == Debrief.call_id, col(Call.workspace_id) == Debrief.workspace_id))
        .join(
            Person,
            sa.and_(col(Person.id) == Debrief.person_id, col(Person.workspace_id) == Debrief.workspace_id),
        )
        .where(
            Debrief.workspace_id == books.workspace_id,
            col(Debrief.step_done_at).is_(None),
            due,
            col(Person.slack_user_id).is_not(None),
            ~is_off,
        )
        .order_by(col(Debrief.person_id), col(Debrief.id))
    ).all()
    return [(debrief, call, person, sent) for debrief, call, person, sent in rows]


def written_since(
    books: Books, person_ids: Collection[int], since: datetime, until: datetime
) -> Sequence[tuple[Debrief, Call]]:
    """These reps' debriefs of calls that started in [since, until)."""
    return books.session.exec(
        select(Debrief, Call)
        .join(Call, sa.and_(col(Call.id) == Debrief.call_id, col(Call.workspace_id) == Debrief.workspace_id))
        .where(
            Debrief.workspace_id == books.workspace_id,
            col(Debrief.person_id).in_(person_ids),
            col(Debrief.call_started_at) >= since,
            col(Debrief.call_started_at) < until,
        )
    ).all()


def tags_of(books: Books, debrief_id: int) -> Sequence[DebriefTag]:
    return books.session.exec(
        select(DebriefTag)
        .where(DebriefTag.workspace_id == books.workspace_id, DebriefTag.debrief_id == debrief_id)
        .order_by(col(DebriefTag.id))
    ).all()


def story_of(books: Books, debrief_id: int) -> Story | None:
    return books.session.exec(
        select(Story).where(Story.workspace_id == books.workspace_id, Story.debrief_id == debrief_id)
    ).first()


def feedback_of(books: Books, debrief_id: int, coach_id: int) -> Feedback | None:
    return books.session.exec(
        select(Feedback).where(
            Feedback.workspace_id == books.workspace_id,
            Feedback.debrief_id == debrief_id,
            Feedback.coach_id == coach_id,
        )
    ).first()


def feedback_to(books: Books, learner_id: int, feedback_id: int) -> Feedback | None:
    """The feedback, if it is on this learner's debrief, held by this transaction."""
    return books.session.exec(
        select(Feedback)
        .join(
            Debrief,
            sa.and_(
                col(Debrief.id) == Feedback.debrief_id, col(Debrief.workspace_id) == Feedback.workspace_id
            ),
        )
        .where(
            Feedback.workspace_id == books.workspace_id,
            Feedback.id == feedback_id,
            Debrief.person_id == learner_id,
        )
        .with_for_update(of=Feedback)
    ).first()


RUNNING = (PairingStatus.ACCEPTED, PairingStatus.MET)


def running_pairing_of(books: Books, learner_id: int, *, monday: date) -> Pairing | None:
    """The pair that this learner has agreed to for the week that begins on `monday`."""
    return books.session.exec(
        select(Pairing).where(
            Pairing.workspace_id == books.workspace_id,
            Pairing.learner_id == learner_id,
            Pairing.week == monday,
            col(Pairing.status).in_(RUNNING),
        )
    ).first()


def latest_of(books: Books, person_id: int, *, since: datetime, most: int) -> Sequence[Debrief]:
    """The person's debriefs of calls since then, latest first."""
    return books.session.exec(
        select(Debrief)
        .where(
            Debrief.workspace_id == books.workspace_id,
            Debrief.person_id == person_id,
            col(Debrief.call_started_at) >= since,
        )
        .order_by(col(Debrief.call_started_at).desc(), col(Debrief.id).desc())
        .limit(most)
    ).all()


_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def draft_of_screen(books: Books, call_id: int, screen: Screen) -> DebriefDraft | None:
    return books.session.exec(
        select(DebriefDraft).where(
            DebriefDraft.workspace_id == books.workspace_id,
            DebriefDraft.call_id == call_id,
            DebriefDraft.screen == screen,
        )
    ).first()


def claim_draft(books: Books, call_id: int, screen: Screen) -> DebriefDraft:
    """The screen's draft, begun now if there was none, held by this transaction."""
    begun = DebriefDraft(workspace_id=books.workspace_id, call_id=call_id, screen=screen, kept_at=_LONG_AGO)
    insert_once(books.session, begun)
    return books.session.exec(
        select(DebriefDraft)
        .where(
            DebriefDraft.workspace_id == books.workspace_id,
            DebriefDraft.call_id == call_id,
            DebriefDraft.screen == screen,
        )
        .with_for_update()
    ).one()
