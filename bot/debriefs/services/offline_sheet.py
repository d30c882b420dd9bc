"""The offline sheet among files of debriefs: only what somebody filled in is read, of calls that are those it names."""

from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.debriefs.domain import offline_sheet as sheets
from bot.debriefs.domain.offline_sheet import Cells
from bot.tabular.files import Source

CHANGED = _(
    "its grey cells were changed, so I cannot tell which call it is about. Fill it in on a fresh sheet."
)


def filled_in(source: Source) -> list[tuple[int, Cells]]:
    """Line numbers and cells by their names, of the rows that say something."""
    names = [name.strip().lower() for name in source.header]
    rows = [(line.number, dict(zip(names, line.cells, strict=False))) for line in source.lines()]
    return [(number, cells) for number, cells in rows if not sheets.is_blank(cells)]


def narrowed(source: Source, name: str) -> Source:
    """Without the rows that nobody filled in; any other file stays as it is.

    Raises BadInput where locked cells were changed.
    """
    if not sheets.is_ours(source.header):
        return source
    filled = dict(filled_in(source))
    for number, cells in filled.items():
        if not sheets.is_sealed(cells):
            raise BadInput(f"{name}, row {number}: {CHANGED}")
    return Source(
        source.header, len(filled), lambda: (line for line in source.lines() if line.number in filled)
    )
