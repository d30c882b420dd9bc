"""What is said of an import: before anything is stored, and of what came of it."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bot.core.enums import ImportKind


@dataclass(frozen=True, slots=True)
class Reason:
    """Rows with one reason, from which line on, and the way to mend them; `mend` may have several lines."""

    reason: str
    rows: int
    first_line: int
    mend: str = ""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`read` counts the rows below the header; `rejected_file` is None where none was refused, or nothing written.

    With doubts that nobody has accepted nothing was stored.
    """

    kind: ImportKind
    read: int
    added: int
    updated: int
    unchanged: int
    rejected: int
    rejected_file: Path | None
    notes: tuple[str, ...] = ()
    """Sentences for whoever runs the import."""
    recognised: str | None = None
    """Whose export it was taken for, where nobody said."""
    reasons: tuple[Reason, ...] = ()
    """Why rows were refused."""
    left_out: int = 0
    """Cells that could not be read, and lines that are no rows."""
    left_out_reasons: tuple[Reason, ...] = ()
    waiting: int = 0
    """Calls that wait until somebody has said whose they are."""
    doubts: tuple[str, ...] = ()
    """What must be looked at by a person: accepted, or the reason why nothing was stored."""
    accepted: bool = False
    sample: tuple[dict[str, str], ...] = ()
    """The first rows as they would be stored, by our columns; of a dry run."""

    @property
    def is_stored(self) -> bool:
        return self.accepted or not self.doubts

    @property
    def outcome(self) -> str:
        """For the audit log: `deals: 12 added, 3 changed, 1 refused`."""
        return f"{self.kind}: {self.added} added, {self.updated} changed, {self.rejected} refused"


@dataclass(frozen=True, slots=True)
class Look:
    """What would become of a file. Without a report, `why` says what is missing; `columns`: ours to theirs."""

    draft_id: int
    name: str
    kind: ImportKind
    told: str | None
    columns: dict[str, str]
    report: ImportReport | None = None
    why: str = ""
    stages: dict[str, str] = field(default_factory=dict)
    """Their words of a deal's status to ours."""

    @property
    def is_clear(self) -> bool:
        return self.report is not None and not self.report.doubts


@dataclass(frozen=True, slots=True)
class Form:
    """What the form about a file asks; `needed` are our columns, each with theirs or blank."""

    draft_id: int
    kind: ImportKind
    header: tuple[str, ...]
    needed: dict[str, str]
    document: dict[str, Any]
    stages: dict[str, str] = field(default_factory=dict)
    """As they are read now."""


def counted(reason: Reason) -> str:
    """`135 × The deal is won without a closing date, first in line 9.`"""
    return f"{reason.rows:,} × {reason.reason.rstrip('.')}, first in line {reason.first_line:,}."
