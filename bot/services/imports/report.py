"""What came of an import: the counts, and the file of refused rows."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from bot.errors import BadInput
from bot.services.imports.kinds import Entry, Fate
from bot.words import ImportKind

_TOLD = 20
"""Refusals that are told in words where no file is written."""


@dataclass(frozen=True, slots=True)
class ImportReport:
    """`read` counts the rows below the header; `rejected_file` is None where none was refused, or nothing written."""

    kind: ImportKind
    read: int
    added: int
    updated: int
    unchanged: int
    rejected: int
    rejected_file: Path | None
    notes: tuple[str, ...] = ()
    """Sentences for whoever runs the import."""


class Refusals:
    """FILE.rejected.csv: line, reason, and the row as it came, so that it can be mended and imported as it is.

    The file comes into being with the first refusal; without a `path` none does, and the first few are told instead.
    """

    def __init__(self, path: Path | None, header: Sequence[str]) -> None:
        self.path = path
        self.header = header
        self.told: list[str] = []
        self._file: TextIO | None = None
        self._rows: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            self._file.close()

    @property
    def written(self) -> Path | None:
        return self.path if self._file else None

    def add(self, entry: Entry) -> None:
        if self.path is None:
            if len(self.told) < _TOLD:
                self.told.append(f"Line {entry.line}: {entry.refusal}")
            return
        if self._file is None:
            self._open(self.path)
        self._rows.writerow([entry.line, entry.refusal, *entry.cells])

    def _open(self, path: Path) -> None:
        try:
            self._file = path.open("w", encoding="utf-8", newline="")
        except OSError as error:
            raise BadInput(f"The refused rows cannot be written to {path}: {error.strerror}.") from error
        self._rows = csv.writer(self._file)
        self._rows.writerow(["line", "reason", *self.header])


@dataclass(slots=True)
class Tally:
    refusals: Refusals
    fates: Counter[Fate] = field(default_factory=Counter)

    @property
    def read(self) -> int:
        return self.fates.total()

    def count(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self.fates[entry.fate] += 1
            if entry.refusal:
                self.refusals.add(entry)

    def report(self, kind: ImportKind, *, notes: Iterable[str]) -> ImportReport:
        return ImportReport(
            kind,
            read=self.read,
            added=self.fates[Fate.ADDED],
            updated=self.fates[Fate.UPDATED],
            unchanged=self.fates[Fate.UNCHANGED],
            rejected=self.fates[Fate.REJECTED],
            rejected_file=self.refusals.written,
            notes=(*notes, *self.refusals.told),
        )
