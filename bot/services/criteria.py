"""The workspace's qualification checklist: what is in force, and what managers change in it."""

from datetime import datetime

from sqlmodel import Session

from bot.domain import handoffs as rules
from bot.domain.handoffs import Criterion
from bot.errors import BadInput, NotAllowed, NotFound
from bot.language import gettext as _
from bot.services.members import Member
from bot.words import CriterionKind
from storage.queries import handoffs as queries
from storage.tables import Criterion as Row


def checklist(session: Session, workspace_id: int) -> list[Criterion]:
    """The criteria in force, in their order."""
    return [criterion_of(row) for row in queries.checklist(session, workspace_id)]


def require_editor(editor: Member) -> None:
    """The checklist is the whole workspace's, so any of its managers may change it, and its admins."""
    if not (editor.leads or editor.is_admin):
        raise NotAllowed(_("Only managers and admins can change the checklist. Tell yours what is missing."))


def add(session: Session, workspace_id: int, editor: Member, draft: Criterion, *, now: datetime) -> None:
    """In force from now on; raises BadInput for the first field to be mended."""
    require_editor(editor)
    in_force = checklist(session, workspace_id)
    for field, sentence in rules.check(draft, in_force=in_force).items():
        raise BadInput(sentence, field=field)
    rows = queries.checklist(session, workspace_id)
    session.add(
        Row(
            workspace_id=workspace_id,
            name=draft.name,
            kind=draft.kind,
            bound=draft.bound if draft.kind is CriterionKind.AT_LEAST else None,
            choices="\n".join(draft.choices) if draft.kind is CriterionKind.ONE_OF else "",
            required=draft.required,
            position=max((row.position for row in rows), default=0) + 1,
            added_at=now,
        )
    )
    session.flush()


def retire(session: Session, workspace_id: int, editor: Member, criterion_id: int, *, now: datetime) -> None:
    """Asked no more from now on; leads that were judged by it keep it. Retired twice is retired once."""
    require_editor(editor)
    rows = queries.criteria(session, workspace_id, [criterion_id])
    if not rows:
        raise NotFound(_("That criterion is gone."))
    rows[0].retired_at = rows[0].retired_at or now
    session.flush()


def criterion_of(row: Row) -> Criterion:
    return Criterion(
        id=row.id,
        name=row.name,
        kind=row.kind,
        bound=row.bound,
        choices=tuple(row.choices.splitlines()),
        required=row.required,
    )
