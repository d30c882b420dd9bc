"""What came of an import: the counts, and the file of refused rows."""

import csv
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from bot.core.enums import ImportKind
from bot.core.errors import BadInput
from bot.imports.domain import ImportReport, counted
from bot.imports.kinds.kind import Entry, Fate
from bot.imports.services.reasons import Reasons

_TOLD = 20
"""Refusals that are told in words where no file is written."""


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
    reasons: Reasons = field(default_factory=Reasons)
    left_out: Reasons = field(default_factory=Reasons)
    told: Reasons = field(default_factory=Reasons)

    @property
    def read(self) -> int:
        return self.fates.total()

    def count(self, entries: Iterable[Entry]) -> None:
        for entry in entries:
            self.fates[entry.fate] += 1
            if entry.refusal:
                self.refusals.add(entry)
                self.reasons.add(entry.refusal, entry.line)
                continue
            for lapse in entry.lapses:
                self.left_out.add(lapse, entry.line)
            for sentence in entry.told:
                self.told.add(sentence, entry.line)

    def report(
        self, kind: ImportKind, *, notes: Iterable[str], blank: int, recognised: str | None
    ) -> ImportReport:
        return ImportReport(
            kind,
            read=self.read,
            added=self.fates[Fate.ADDED],
            updated=self.fates[Fate.UPDATED],
            unchanged=self.fates[Fate.UNCHANGED],
            rejected=self.fates[Fate.REJECTED],
            rejected_file=self.refusals.written,
            notes=(*notes, *map(counted, self.told.listed()), *self.refusals.told),
            recognised=recognised,
            reasons=self.reasons.listed(),
            left_out=len(self.left_out) + blank,
            left_out_reasons=self.left_out.listed(),
            waiting=self.fates[Fate.WAITING],
        )
