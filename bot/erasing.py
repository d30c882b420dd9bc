"""Erasures, worked in small steps, each in its own transaction; a person's receipt goes out before their name."""

from datetime import datetime

import structlog

from bot import outbox
from bot.outbox import Message
from bot.services import audit, erasure, retention
from bot.services.erasure import Receipt, Stage
from bot.views import privacy as views
from bot.words import AuditAct, OutboxKind
from storage.database import Database, Session

log = structlog.get_logger()

MOST_STEPS = 100
"""Batches of one erasure in one go; the next tick goes on."""


def work_due(db: Database, workspace_id: int, *, now: datetime) -> None:
    """Go on with every erasure that has begun or is due."""
    with db.read() as session:
        due = erasure.due(session, workspace_id, now=now)
    for erasure_id in due:
        try:
            work(db, workspace_id, erasure_id, now=now, most_steps=MOST_STEPS)
        except Exception:
            log.exception("an erasure failed; it is tried again", erasure=erasure_id)


def work(
    db: Database,
    workspace_id: int,
    erasure_id: int,
    *,
    now: datetime,
    most_steps: int | None = None,
    tell: bool = True,
) -> Receipt:
    """Erase until done, until the person's receipt is on its way, or for so many steps."""
    taken = 0
    while most_steps is None or taken < most_steps:
        with db.begin() as session:
            stage = erasure.step(session, workspace_id, erasure_id, now=now, tell=tell)
            if stage is Stage.TELL:
                _tell(session, workspace_id, erasure_id, now)
            if stage is Stage.DONE:
                _note(session, workspace_id, erasure_id, now)
        taken += 1
        if stage is not Stage.MORE:
            break
    with db.read() as session:
        return erasure.receipt(session, workspace_id, erasure_id)


def sweep(db: Database, workspace_id: int, *, now: datetime) -> None:
    """What has been kept as long as the workspace wants it goes, batch by batch."""
    for kind in retention.KINDS:
        for _batch in range(MOST_STEPS):
            with db.begin() as session:
                if not retention.sweep_some(session, workspace_id, kind, now=now):
                    break


def _tell(session: Session, workspace_id: int, erasure_id: int, now: datetime) -> None:
    receipt = erasure.receipt(session, workspace_id, erasure_id)
    message = Message(OutboxKind.NOTICE, views.receipt(receipt.counts), person_id=receipt.person_id)
    erasure.told(session, workspace_id, erasure_id, outbox.put(session, workspace_id, message, now=now))


def _note(session: Session, workspace_id: int, erasure_id: int, now: datetime) -> None:
    receipt = erasure.receipt(session, workspace_id, erasure_id)
    what = "person" if receipt.person_id else "workspace"
    audit.note(session, workspace_id, None, AuditAct.ERASED, now=now, whom_id=receipt.person_id, what=what)
