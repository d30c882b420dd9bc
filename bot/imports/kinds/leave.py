"""Days away: a leave is known by its first day, so that a new last day moves it."""

from bot.core.errors import BadInput
from bot.imports.kinds.kind import Column, Entry, Kind, Party, Task
from bot.tabular import cells
from storage.tables import Leave


def _complete(_: Task, entry: Entry) -> None:
    leave = entry.merged
    if leave["last_day"] < leave["first_day"]:
        raise BadInput(f"The leave ends on {leave['last_day']}, before it begins on {leave['first_day']}.")


KIND = Kind(
    table=Leave,
    key=("person_id", "first_day"),
    parties=(Party("rep", "person_id"),),
    columns=(
        Column("from", "first_day", cells.day, required=True),
        Column("to", "last_day", cells.day, required=True),
    ),
    complete=_complete,
)
