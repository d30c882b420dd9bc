"""Questions about debriefs that were begun and not saved."""

from datetime import UTC, datetime

from sqlmodel import Session, select

from storage.queries.inbox import insert_once
from storage.tables import DebriefDraft, Screen

_LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)


def of_screen(session: Session, workspace_id: int, call_id: int, screen: Screen) -> DebriefDraft | None:
    return session.exec(
        select(DebriefDraft).where(
            DebriefDraft.workspace_id == workspace_id,
            DebriefDraft.call_id == call_id,
            DebriefDraft.screen == screen,
        )
    ).first()


def claim(session: Session, workspace_id: int, call_id: int, screen: Screen) -> DebriefDraft:
    """The screen's draft, begun now if there was none, held by this transaction."""
    begun = DebriefDraft(workspace_id=workspace_id, call_id=call_id, screen=screen, kept_at=_LONG_AGO)
    insert_once(session, begun)
    return session.exec(
        select(DebriefDraft)
        .where(
            DebriefDraft.workspace_id == workspace_id,
            DebriefDraft.call_id == call_id,
            DebriefDraft.screen == screen,
        )
        .with_for_update()
    ).one()
