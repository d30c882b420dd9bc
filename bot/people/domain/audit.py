"""An entry of the audit log, and which settings a form was opened on: as they stood after which entry."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.enums import AuditAct
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _


@dataclass(frozen=True, slots=True)
class Entry:
    """`who` and `whom` are names as they are now, of the erased a number; `whom` is blank where nobody is meant."""

    id: int
    at: datetime
    who: str
    act: AuditAct
    whom: str
    what: str


@dataclass(frozen=True, slots=True)
class Edition:
    """`of` is a team's id, 0 for the workspace; `version` the number of the last change, 0 before the first."""

    of: int
    version: int

    def __str__(self) -> str:
        return f"{self.of}.{self.version}"


def edition(text: str) -> Edition:
    """Raises BadInput for what no form of ours carries."""
    of, _dot, version = text.partition(".")
    if not (of.isascii() and of.isdigit() and version.isascii() and version.isdigit()):
        raise BadInput(_("That form is too old to be saved. Please open it again."))
    return Edition(int(of), int(version))
