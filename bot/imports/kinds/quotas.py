"""Goals in money: of a rep, or of each rep of a role, for a month or a quarter."""

from collections.abc import Collection, Sequence

from sqlmodel import Session

from bot.core.enums import Role
from bot.core.errors import BadInput
from bot.imports.kinds.kind import Column, Entry, Kind, Task
from bot.imports.kinds.money import SIGN, settle_currency
from bot.imports.services.roster import Roster
from bot.scorecards.domain.money import WITH_GOALS, Owner, label
from bot.tabular import cells
from bot.tabular.cells import Reading
from bot.tabular.line import Cell
from storage.books import Books
from storage.queries.imports import Key, Values
from storage.queries.scorecards import targets
from storage.tables import Quota

_NAMES = ("rep_email", "rep_name")


def _period(cell: Cell, _: Reading) -> str:
    return label(cells.text(cell))


def _owner(roster: Roster, email: str | None, name: str | None, role: Role | None) -> Owner:
    """The person, else the role in every team; raises BadInput for neither."""
    if email or name:
        known = roster.by_email(email) if email else roster.of_name(name or "")
        if known is None:
            raise BadInput(f"{email or name} is not in the roster; import the reps first.")
        if not any(stint.role in WITH_GOALS for stint in known.stints):
            raise BadInput(
                f"A goal in money is an AE's or an AM's, and {known.name} is neither, so nothing would be held to it."
            )
        return Owner(person_id=known.id)
    if role is None:
        raise BadInput("Say whose goal it is: rep_email, or role for each rep of a role.")
    if role not in WITH_GOALS:
        raise BadInput(f"A goal in money is an AE's or an AM's; this one is for {role}.")
    return Owner(role=role)


def _connect(_: Session, task: Task, entries: Sequence[Entry]) -> None:
    """Of one goal written in two ways the later would stand, and nobody would hear of it."""
    for entry in entries:
        try:
            owner = _owner(task.roster, *_said(entry.given))
        except BadInput as error:
            entry.refuse(str(error))
            continue
        first = task.met.setdefault((owner, entry.given["period"]), entry)
        if first.key != entry.key:
            entry.refuse(
                f"Line {first.line} sets the same goal, whatever it calls its owner; keep one of the two."
            )


def _said(row: Values) -> tuple[str | None, str | None, Role | None]:
    return row["rep_email"], row["rep_name"], row["role"]


def _find(session: Session, task: Task, _: Kind, keys: Collection[Key]) -> dict[Key, Values]:
    owners = {key: _owner(task.roster, *key[:3]) for key in keys}
    books = Books(session, task.workspace_id, task.now)
    stored = {
        (one.whose, one.period): one
        for one in targets.of_whose(books, {str(owner) for owner in owners.values()})
    }
    return {
        key: stored[str(owner), key[3]].model_dump()
        for key, owner in owners.items()
        if (str(owner), key[3]) in stored
    }


def _complete(task: Task, entry: Entry) -> None:
    row = entry.merged
    settle_currency(row)
    owner = _owner(task.roster, *_said(entry.given))
    for name in _NAMES:
        row.pop(name, None)
    row |= {"person_id": owner.person_id, "role": owner.role, "whose": str(owner)}


KIND = Kind(
    table=Quota,
    key=("rep_email", "rep_name", "role", "period"),
    unique=("whose", "period"),
    columns=(
        Column("rep_email", "rep_email", cells.email, decisive=True),
        Column("rep_name", "rep_name", cells.person, decisive=True),
        Column("role", "role", cells.word(Role), decisive=True),
        Column("period", "period", _period, required=True),
        Column("amount", "amount", cells.amount, required=True),
        Column("amount", SIGN, cells.currencies_of),
        Column("currency", "currency", cells.currency, blank="", decisive=True),
    ),
    connect=_connect,
    find=_find,
    complete=_complete,
)
