"""Erasures, worked in small steps, each in its own transaction; a person's receipt goes out before their name."""

import time
from datetime import datetime

import structlog

from bot.core.clock import stopwatch
from bot.core.enums import AuditAct, OutboxKind
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.people.services import audit_log
from bot.privacy.services import erasure, retention
from bot.privacy.services.erasure import Receipt, Stage
from bot.privacy.views import privacy as views
from bot.slack.tools import Tools
from storage.books import Books
from storage.database import Database

log = structlog.get_logger()

SECONDS_FOR_OTHERS = 60.0
MOST_STEPS = 100
"""Batches of one erasure in one go; the next tick goes on."""


def erase_who_is_to_be_forgotten(tools: Tools) -> None:
    """Go on with every erasure that has begun or is due."""
    db, workspace_id, now = tools.db, tools.workspace_id, tools.clock()
    with db.reading(workspace_id, now) as books:
        due = erasure.erasures_due(books)
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
        with db.writing(workspace_id, now) as books:
            stage = erasure.erase_some(books, erasure_id, tell=tell)
            if stage is Stage.TELL:
                _tell(books, erasure_id)
            if stage is Stage.DONE:
                _note(books, erasure_id)
        taken += 1
        if stage is not Stage.MORE:
            break
    with db.reading(workspace_id, now) as books:
        return erasure.receipt(books, erasure_id)


def work_to_the_end(db: Database, workspace_id: int, erasure_id: int, *, now: datetime) -> Receipt:
    """Erase until it is done, beside others who may be at it; nobody is told by DM.

    Raises BadInput when another process has had it in hand for `SECONDS_FOR_OTHERS` and is not done.
    """
    began = stopwatch()
    while (receipt := work(db, workspace_id, erasure_id, now=now, tell=False)).done_at is None:
        if stopwatch() - began > SECONDS_FOR_OTHERS:
            raise BadInput(
                _("Another process is at it. What it leaves is done by the next run of this command.")
            )
        time.sleep(0.2)
    return receipt


def let_go_of_old_words(tools: Tools) -> None:
    """What has been kept as long as the workspace wants it goes, batch by batch."""
    db, workspace_id, now = tools.db, tools.workspace_id, tools.clock()
    for kind in retention.KINDS:
        for _batch in range(MOST_STEPS):
            with db.writing(workspace_id, now) as books:
                if not retention.sweep_some(books, kind):
                    break


def _tell(books: Books, erasure_id: int) -> None:
    receipt = erasure.receipt(books, erasure_id)
    message = Message(OutboxKind.NOTICE, views.receipt(receipt.counts), person_id=receipt.person_id)
    erasure.note_told(books, erasure_id, outbox.put(books, message))


def _note(books: Books, erasure_id: int) -> None:
    receipt = erasure.receipt(books, erasure_id)
    what = "person" if receipt.person_id else "workspace"
    audit_log.note(books, None, AuditAct.ERASED, whom_id=receipt.person_id, what=what)
