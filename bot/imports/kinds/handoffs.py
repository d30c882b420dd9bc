"""Leads that SDRs passed, and what the AEs decided."""

from bot.core.enums import Decision
from bot.core.errors import BadInput
from bot.handoffs.domain.reasons import Said, teaches_anew
from bot.imports.kinds.kind import Column, Entry, Kind, Party, Task
from bot.imports.kinds.order import earlier, require_past
from bot.tabular import cells
from storage.database import Database
from storage.queries import imports as queries
from storage.tables import Handoff

_AT_ONCE = 1_000
"""Rows changed in one transaction."""


def _complete(task: Task, entry: Entry) -> None:
    handoff = entry.merged
    require_past(task, entry, handoff["decided_at"] or handoff["passed_at"], "The handoff was")
    if handoff["decision"] is None:
        handoff["decided_at"] = None
        return
    handoff["decided_at"] = handoff["decided_at"] or handoff["passed_at"]
    zone = task.roster[handoff["sdr_id"]].zone_on(handoff["passed_at"].date())
    handoff["passed_at"] = earlier(handoff["passed_at"], handoff["decided_at"], zone)
    if handoff["decided_at"] < handoff["passed_at"]:
        raise BadInput("The handoff was decided before it was passed.")


def _finish(db: Database, task: Task) -> None:
    """A reason teaches if none of the earlier ones said nearly the same, whatever file, hand or AE they came from."""
    flags: dict[bool, list[int]] = {True: [], False: []}
    with db.reading(task.workspace_id, task.now) as books:
        given = queries.reasons_given(books)
    said = Said()
    for handoff_id, reason, flag in given:
        if (now_teaches := teaches_anew(reason, said)) != flag:
            flags[now_teaches].append(handoff_id)
    for flag, ids in flags.items():
        for at in range(0, len(ids), _AT_ONCE):
            with db.writing(task.workspace_id, task.now) as books:
                queries.flag_teaching(books, ids[at : at + _AT_ONCE], teaches=flag)


KIND = Kind(
    table=Handoff,
    key=("handoff_key",),
    parties=(Party("sdr", "sdr_id"), Party("ae", "ae_id")),
    columns=(
        Column("handoff_id", "handoff_key", cells.key, required=True),
        Column("company", "company", cells.text, required=True),
        Column("contact", "contact", cells.text, blank=""),
        Column("passed_at", "passed_at", cells.instant, required=True),
        Column("decision", "decision", cells.word(Decision), decisive=True),
        Column("reason", "reason", cells.text, blank=""),
        Column("decided_at", "decided_at", cells.instant, whose="ae_id"),
        Column("criteria_met", "criteria_met", cells.yes_no),
    ),
    complete=_complete,
    finish=_finish,
)
