"""What came of an import: the counts, the file of refused rows, and why they were refused, with the way to mend
each.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from bot.core.enums import ImportKind
from bot.core.errors import BadInput
from bot.imports.domain import ImportReport, Reason, counted
from bot.imports.kinds.kind import Entry, Fate
from bot.imports.services.synonyms import guessed

_QUOTED = re.compile(r"“([^”]*)”")
_NAMED = re.compile(r"^(.+?)(?= is not in the roster|'s? calls wait)|(?<=The manager )(.+?)(?= is neither)")
_FIGURE = re.compile(r"(?<![\w“\[])-?\d[\d.,:+\-T]*\d|(?<![\w“\[])-?\d")
_WORD = re.compile(r"(\w+): “(.*)” is not one of (.+)\.")
_SHOWN = 3
_KEPT = 40
"""Different words of one reason that are remembered."""
_WAYS = (
    ("is not one of", "Say in the map what each word means:"),
    (
        "without a closing date",
        'Name its column in the map; several are tried in turn: closed_at = ["…", "…"].',
    ),
    (
        "is not in the roster",
        'Import the reps first, or write [create] reps = { role = "AE", team = "…" } in the map.',
    ),
    ("is not a date like", 'Say in the map how dates are written: [dates.columns] {column} = "%d.%m.%Y".'),
    (
        "is a zone that I do not know",
        'Write [dates] time_zone = "Europe/Berlin" in the map, and a format without %Z.',
    ),
    ("in two ways", 'Say in the map what parts decimals: [numbers] decimal = "," or ".".'),
    ("is not a number", "Correct the cell; the map's [numbers] decimal says what parts decimals."),
    ("is not a duration", '[units] {column} = "minutes" in the map says what plain numbers are.'),
    ("There is no handoff", "Import the handoffs first, then this file again."),
    ("import the calls first", "Import the calls first, then this file again."),
    ("and the currency is", "Correct the amount or the currency; they contradict each other."),
    ("cut short", "Export the file again, or format the column as text before saving it."),
    ("more cells than the header", "Put quotes around a text that holds the sign between the cells."),
    (
        "closed before it was opened",
        "Check which columns opened_at and closed_at are taken from.",
    ),
    ("in the future", "Check the date's format; if it is right, import with --yes."),
    (
        "a day or more",
        'Check the unit: [units] duration_s = "seconds" in the map says what plain numbers are.',
    ),
    ("is empty", "Fill the cell, or give the column a constant in the map."),
)


@dataclass(slots=True)
class _Group:
    rows: int
    first_line: int
    sentences: dict[str, None] = field(default_factory=dict)


class Reasons:
    """Sentences about lines, put together where they differ in a name, a word or a figure alone."""

    def __init__(self) -> None:
        self._groups: dict[str, _Group] = {}
        self._alike: dict[str, str] = {}

    def add(self, sentence: str, line: int) -> None:
        alike = self._alike.get(sentence) or _alike(sentence)
        if len(self._alike) < 1_000:
            self._alike[sentence] = alike
        group = self._groups.get(alike)
        if group is None:
            group = self._groups[alike] = _Group(0, line)
        group.rows += 1
        group.first_line = min(group.first_line, line)
        if len(group.sentences) < _KEPT:
            group.sentences[sentence] = None

    def __len__(self) -> int:
        return sum(group.rows for group in self._groups.values())

    def listed(self) -> tuple[Reason, ...]:
        """The most frequent first."""
        groups = sorted(self._groups.items(), key=lambda one: (-one[1].rows, one[1].first_line))
        return tuple(
            Reason(_told(alike, group), group.rows, group.first_line, _mend(alike, list(group.sentences)))
            for alike, group in groups
        )


def _alike(sentence: str) -> str:
    """The sentence without what differs from row to row."""
    return _FIGURE.sub("…", _NAMED.sub("…", _QUOTED.sub("“…”", sentence)))


def _told(alike: str, group: _Group) -> str:
    if len(group.sentences) == 1:
        return next(iter(group.sentences))
    examples = list(dict.fromkeys(said for one in group.sentences for said in _differing(one)))
    more = ", …" if len(examples) > _SHOWN else ""
    return f"{alike} ({', '.join(examples[:_SHOWN])}{more})" if examples else alike


def _differing(sentence: str) -> Iterator[str]:
    yield from _QUOTED.findall(sentence)[:1]
    if not _QUOTED.search(sentence) and (named := _NAMED.search(sentence)):
        yield named[0]


def _mend(alike: str, sentences: list[str]) -> str:
    way = next((way for sign, way in _WAYS if sign in alike), "")
    column = alike.partition(":")[0]
    if "is not one of" not in alike:
        return way.replace("{column}", column)
    return "\n".join([way, *_lines(sentences)])


def _lines(sentences: list[str]) -> Iterator[str]:
    """The lines of the map that would say what the words mean."""
    said: dict[str, list[str]] = defaultdict(list)
    words: dict[str, str] = {}
    for sentence in sentences:
        if found := _WORD.fullmatch(sentence):
            said[found[1]].append(found[2])
            words[found[1]] = found[3]
    for column, theirs in said.items():
        yield f"[values.{column}]"
        for one in theirs:
            ours = guessed(one, words[column].split(", "))
            yield f'"{one}" = "{ours or "…"}"  # {"a guess; " if ours else ""}one of {words[column]}'


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
