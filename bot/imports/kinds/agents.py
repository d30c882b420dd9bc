"""Who is meant by a phone system's extensions, numbers and ids."""

from bot.calls.domain.agents import LONGEST, spelt
from bot.core.errors import BadInput
from bot.imports.kinds.kind import Column, Entry, Kind, Party, Task
from bot.tabular import cells
from bot.tabular.cells import Reading
from bot.tabular.files import Cell
from storage.tables import CallAgent


def _source(cell: Cell, _: Reading) -> str:
    return cells.text(cell).lower()


def _agent(cell: Cell, _: Reading) -> str:
    said = spelt(cells.text(cell))
    if len(said) > LONGEST:
        raise BadInput(f"it has {len(said):,} characters, and {LONGEST:,} fit")
    return said


def _complete(_: Task, entry: Entry) -> None:
    entry.merged |= {"learned": False, "not_ours": False}


KIND = Kind(
    table=CallAgent,
    key=("source", "account", "agent"),
    parties=(Party("rep", "person_id"),),
    columns=(
        Column("source", "source", _source, required=True),
        Column("account", "account", cells.text, blank=""),
        Column("agent", "agent", _agent, required=True),
    ),
    complete=_complete,
)
