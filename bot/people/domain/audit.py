"""An entry of the audit log, as it is read."""

from dataclasses import dataclass
from datetime import datetime

from bot.core.enums import AuditAct


@dataclass(frozen=True, slots=True)
class Entry:
    """`who` and `whom` are names as they are now, of the erased a number; `whom` is blank where nobody is meant."""

    id: int
    at: datetime
    who: str
    act: AuditAct
    whom: str
    what: str
