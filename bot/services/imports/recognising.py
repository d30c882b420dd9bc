"""Which kind of file somebody sent, told by the columns that each kind cannot do without."""

from collections.abc import Sequence
from pathlib import Path

from bot.errors import BadInput
from bot.services.imports import KINDS, reading
from bot.services.imports.kinds import Kind
from bot.words import ImportKind


def kind_of(path: Path) -> ImportKind | None:
    """The kind that needs the most of the file's columns; None for a file that is none, or a debrief sheet."""
    try:
        header = reading.open_file(path).header
    except BadInput:
        return None
    fitting = [kind for kind in KINDS if kind is not ImportKind.DEBRIEFS and _fits(KINDS[kind], header)]
    return max(fitting, key=lambda kind: _known(KINDS[kind], header), default=None)


def _fits(kind: Kind, header: Sequence[str]) -> bool:
    names = set(header)
    required = {column.name for column in kind.columns if column.required}
    return required <= names and all(names & set(party.names) for party in kind.parties)


def _known(kind: Kind, header: Sequence[str]) -> int:
    return len(set(header) & set(kind.names))
