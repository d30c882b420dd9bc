"""Leads that SDRs passed, and what the AEs decided."""

from sqlmodel import Session

from bot.domain.reasons import reason_key, teaches
from bot.errors import BadInput
from bot.services.imports import cells
from bot.services.imports.kinds import Column, Entry, Kind, Party, Task
from bot.services.imports.order import earlier
from bot.words import Decision
from storage.queries import imports as queries
from storage.tables import Handoff


def _complete(task: Task, entry: Entry) -> None:
    handoff = entry.merged
    if handoff["decision"] is None:
        handoff["decided_at"] = None
        return
    handoff["decided_at"] = handoff["decided_at"] or handoff["passed_at"]
    zone = task.roster[handoff["sdr_id"]].zone_on(handoff["passed_at"].date())
    handoff["passed_at"] = earlier(handoff["passed_at"], handoff["decided_at"], zone)
    if handoff["decided_at"] < handoff["passed_at"]:
        raise BadInput("The handoff was decided before it was passed.")


def _finish(session: Session, task: Task, ae_id: int) -> None:
    """A reason teaches if none of the AE's earlier ones said the same, whatever file or hand they came from."""
    said: set[str] = set()
    flags = {}
    for handoff_id, reason, flag in queries.reasons_of(session, task.workspace_id, ae_id):
        key = reason_key(reason)
        now_teaches = key not in said and teaches(reason, ())
        said.add(key)
        if now_teaches != flag:
            flags[handoff_id] = now_teaches
    queries.flag_teaching(session, task.workspace_id, flags)


KIND = Kind(
    table=Handoff,
    key=("handoff_key",),
    parties=(Party("sdr", "sdr_id"), Party("ae", "ae_id")),
    columns=(
        Column("handoff_id", "handoff_key", cells.text, required=True),
        Column("company", "company", cells.text, required=True),
        Column("contact", "contact", cells.text, blank=""),
        Column("passed_at", "passed_at", cells.instant, required=True),
        Column("decision", "decision", cells.word(Decision)),
        Column("reason", "reason", cells.text, blank=""),
        Column("decided_at", "decided_at", cells.instant, whose="ae_id"),
        Column("criteria_met", "criteria_met", cells.yes_no),
    ),
    complete=_complete,
    finish=_finish,
    finish_by="ae_id",
)
