"""Questions about calls for help: which go on, and who was asked."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlmodel import col, select

from bot.core.enums import StoryKind
from storage.books import Books
from storage.tables import DebriefTag, HelpAsk, HelpRequest, PairWish, Story, WishKind


def due(books: Books) -> Sequence[HelpRequest]:
    """Requests for which the next teammate is to be asked, the oldest first."""
    return books.session.exec(
        select(HelpRequest)
        .where(HelpRequest.workspace_id == books.workspace_id, col(HelpRequest.next_at) <= books.now)
        .order_by(col(HelpRequest.next_at), col(HelpRequest.id))
    ).all()


def claim_due(books: Books, request_id: int) -> HelpRequest | None:
    """The request, held by this transaction, if it is still due and nobody else holds it."""
    return books.session.exec(
        select(HelpRequest)
        .where(
            HelpRequest.workspace_id == books.workspace_id,
            HelpRequest.id == request_id,
            col(HelpRequest.next_at) <= books.now,
        )
        .with_for_update(skip_locked=True)
    ).first()


def claim(books: Books, request_id: int) -> HelpRequest | None:
    """The request, held by this transaction: two clicks come one after the other."""
    return books.session.exec(
        select(HelpRequest)
        .where(HelpRequest.workspace_id == books.workspace_id, HelpRequest.id == request_id)
        .with_for_update()
    ).first()


def going_on(books: Books, asker_id: int, *, since: datetime) -> HelpRequest | None:
    """What the asker asked since then and nobody has taken."""
    return books.session.exec(
        select(HelpRequest)
        .where(
            HelpRequest.workspace_id == books.workspace_id,
            HelpRequest.asker_id == asker_id,
            col(HelpRequest.asked_at) > since,
            col(HelpRequest.next_at).is_not(None),
        )
        .order_by(col(HelpRequest.id).desc())
    ).first()


def asks(books: Books, request_id: int) -> Sequence[HelpAsk]:
    return books.session.exec(
        select(HelpAsk)
        .where(HelpAsk.workspace_id == books.workspace_id, HelpAsk.request_id == request_id)
        .order_by(col(HelpAsk.id))
    ).all()


def asked_since(books: Books, since: datetime) -> frozenset[int]:
    """Everybody who was asked for help, by anybody."""
    return frozenset(
        books.session.exec(
            select(HelpAsk.person_id).where(
                HelpAsk.workspace_id == books.workspace_id, col(HelpAsk.asked_at) > since
            )
        )
    )


def apart(books: Books, person_id: int) -> frozenset[int]:
    """Those with whom the person is never brought together, whoever of the two has said so."""
    found = books.session.exec(
        select(PairWish.coach_id, PairWish.learner_id).where(
            PairWish.workspace_id == books.workspace_id,
            PairWish.kind == WishKind.EXCLUSION,
            sa.or_(col(PairWish.coach_id) == person_id, col(PairWish.learner_id) == person_id),
        )
    )
    return frozenset(one for pair in found for one in pair if one != person_id)


def stories_told(books: Books, authors: Collection[int], tag: str) -> Mapping[int, int]:
    """Per author the winning stories they share of debriefs with the tag."""
    rows = books.session.exec(
        select(Story.author_id, sa.func.count())
        .join(
            DebriefTag,
            sa.and_(
                col(DebriefTag.debrief_id) == Story.debrief_id,
                col(DebriefTag.workspace_id) == Story.workspace_id,
            ),
        )
        .where(
            Story.workspace_id == books.workspace_id,
            col(Story.author_id).in_(authors),
            col(Story.shared),
            col(Story.told) != "",
            Story.kind == StoryKind.WIN,
            DebriefTag.tag == tag,
        )
        .group_by(col(Story.author_id))
    )
    return dict(rows.all())
