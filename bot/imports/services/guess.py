"""A map guessed from an export that nobody knows: what each of its columns may be, by name and by what it holds."""

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from bot.calls.domain.call import completed
from bot.core.enums import DealStatus, ImportKind
from bot.imports.kinds.kind import Kind
from bot.imports.services.run import KINDS
from bot.imports.services.synonyms import FORMS, SOONER, guessed
from bot.tabular import cells, date_shapes, durations, money
from bot.tabular.files import Source
from bot.tabular.heads import ByDirection, Heads, Together, as_written, every
from bot.tabular.mapping import EVERY_OTHER, LEFT_OUT
from bot.tabular.mapping import Mapping as Map

_LOOKED_AT = 2_000
_NEEDED = 2
"""How many columns that were found speak as loudly for a kind as one that it needs speaks against it."""
_WORDS = 40
"""Different words of a column of stages; more are no stages."""


@dataclass(slots=True)
class Guess:
    """`columns`: ours to theirs; `missing` are needed and were found nowhere."""

    kind: ImportKind
    columns: dict[str, Heads] = field(default_factory=dict)
    missing: list[str] = field(default_factory=list)
    formats: dict[str, tuple[str, ...]] = field(default_factory=dict)
    unclear: tuple[str, ...] = ()
    words: dict[str, dict[str, str]] = field(default_factory=dict)
    """By our column: their words, each with ours or blank."""
    units: dict[str, str] = field(default_factory=dict)
    decimal: str = ""
    examples: dict[str, list[str]] = field(default_factory=dict)
    """By their column."""
    unused: list[str] = field(default_factory=list)


def guess(source: Source, kind: ImportKind | None = None) -> Guess:
    """The kind with the most of what it needs, if none is given."""
    kinds = [kind] if kind else list(FORMS)
    guesses = [_columns(source.header, one) for one in kinds]
    best = max(guesses, key=lambda one: len(one.columns) - _NEEDED * len(one.missing))
    _look(source, best)
    return best


def columns_of(header: Sequence[str], kind: ImportKind) -> dict[str, Heads]:
    """Ours to theirs, by their names alone."""
    return _columns(header, kind).columns


def _columns(header: Sequence[str], kind: ImportKind) -> Guess:
    found = Guess(kind)
    free = list(dict.fromkeys(filter(None, header)))
    own = {head.lower(): head for head in free}
    for ours in KINDS[kind].names:
        if ours in own and own[ours] in free:
            found.columns[ours] = own[ours]
            free.remove(own[ours])
    for ours, form in FORMS.get(kind, {}).items():
        forms = (one for one in (SOONER.get(ours), form) if one is not None)
        named = {head: head.replace("_", " ").strip() for head in free}
        head = next((head for one in forms for head, name in named.items() if one.search(name)), None)
        if ours not in found.columns and head is not None:
            found.columns[ours] = head
            free.remove(head)
    found.columns |= sides(kind, found.columns, free)
    found.missing = _missing(KINDS[kind], found.columns)
    taken = {head for heads in found.columns.values() for head in every(heads)}
    found.unused = [head for head in free if head not in taken]
    return found


def _missing(kind: Kind, columns: Mapping[str, Heads]) -> list[str]:
    needed = [column.name for column in kind.columns if column.required and column.name not in columns]
    return needed + [party.names[1] for party in kind.parties if columns.keys().isdisjoint(party.names)]


def _look(source: Source, found: Guess) -> None:
    """What the columns hold: words, dates, units, decimals, examples."""
    texts: dict[str, dict[str, int]] = {head: {} for head in source.header if head}
    for number, line in enumerate(source.lines()):
        if number == _LOOKED_AT:
            break
        for head, cell in zip(source.header, line.cells, strict=False):
            said = cells.text(cell)
            if head and said and said != head:
                texts[head][said] = texts[head].get(said, 0) + 1
    found.examples = {head: list(its)[:3] for head, its in texts.items()}
    of_ours = {
        ours: list(texts.get(head, {})) for ours, head in found.columns.items() if isinstance(head, str)
    }
    _join(found, texts, of_ours)
    _prefer_reached(found, texts)
    _find_status(found, texts, of_ours)
    dates = {ours: said for ours, said in of_ours.items() if ours.endswith(("_at", "_on", "_close", "as_of"))}
    told = date_shapes.told(
        {ours: said for ours, said in dates.items() if not all(map(date_shapes.is_plain, said))}
    )
    found.formats, found.unclear = {name: forms for name, forms in told.formats.items() if forms}, told.doubts
    _words(found, of_ours)
    if unit := durations.unit_of_head(str(found.columns.get("duration_s", ""))):
        found.units["duration_s"] = unit
    signs = {money.tells_its_decimal_sign(said) for said in of_ours.get("amount", [])} - {""}
    found.decimal = signs.pop() if len(signs) == 1 else ""


def _join(found: Guess, texts: Mapping[str, dict[str, int]], of_ours: dict[str, list[str]]) -> None:
    """A day whose time of day stands in a column of its own."""
    day = found.columns.get("started_at")
    joined = with_its_time(day, found.unused, texts) if isinstance(day, str) else None
    if joined is None:
        return
    found.columns["started_at"] = joined
    found.unused.remove(joined[1])
    times = {date_shapes.shape(one): one for one in texts[joined[1]]}.values()
    of_ours["started_at"] = [f"{day} {time}" for day in texts[joined[0]] for time in times]


def _prefer_reached(found: Guess, texts: Mapping[str, dict[str, int]]) -> None:
    """Of a call's words those that say whether anybody was reached, whatever their column is called."""
    if found.kind is not ImportKind.CALLS:
        return
    named = found.columns.get("disposition")
    told = [
        head
        for head in (named, *found.unused)
        if isinstance(head, str) and _says_who_was_missed(texts.get(head, {}))
    ]
    if told and told[0] != named:
        found.columns["disposition"] = told[0]
        found.unused.remove(told[0])
        found.unused += [named] if isinstance(named, str) else []


def _find_status(found: Guess, texts: Mapping[str, dict[str, int]], of_ours: dict[str, list[str]]) -> None:
    """A column in which some deals are won and some are lost, whatever it is called."""
    if "status" not in found.missing:
        return
    ends = {DealStatus.WON, DealStatus.LOST}
    for head in found.unused:
        said = list(texts.get(head, {}))
        if len(said) <= _WORDS and ends <= {guessed(one, tuple(DealStatus)) for one in said}:
            found.columns["status"], of_ours["status"] = head, said
            found.missing.remove("status")
            found.unused.remove(head)
            return


def _says_who_was_missed(words: Mapping[str, int]) -> bool:
    return len(words) <= _WORDS and not all(map(completed, words))


_CLOSED = {
    "status": tuple(DealStatus),
    "role": ("SDR", "AE", "AM", "manager"),
    "direction": ("inbound", "outbound", LEFT_OUT),
    "decision": ("accepted", "rejected"),
    "outcome": ("advanced", "continued", "no_decision", "lost", "no_show"),
}


def _words(found: Guess, of_ours: dict[str, list[str]]) -> None:
    for ours, words in _CLOSED.items():
        theirs = of_ours.get(ours, [])
        if theirs and len(theirs) <= _WORDS:
            found.words[ours] = {one: guessed(one, words) for one in theirs}


def stages(source: Source, mapping: Map) -> list[str]:
    """The words of the column that the map reads a deal's status from; none where there are too many."""
    heads = {head.lower() for head in every(mapping.columns.get("status", ()))}
    places = [at for at, head in enumerate(source.header) if head.lower() in heads]
    found: dict[str, None] = {}
    for line in islice(source.lines(), _LOOKED_AT):
        said = (cells.text(line.cells[at]) for at in places if at < len(line.cells))
        found |= dict.fromkeys(one for one in said if one and one.lower() not in heads)
    return list(found) if len(found) <= _WORDS else []


def document(found: Guess, *, sheet: str, header_row: int) -> dict[str, Any]:
    """What a MAP.toml of the guess would say; dates that can be read in two ways stay open."""
    status = found.words.get("status")
    words = {
        ours: {theirs: meant for theirs, meant in its.items() if meant} for ours, its in found.words.items()
    }
    if status is not None:
        words["status"] = words["status"] | {EVERY_OTHER: "open"}
    open_ = {doubt.partition(":")[0] for doubt in found.unclear}
    table: dict[str, Any] = {"header_row": header_row} | ({"sheet": sheet} if sheet else {})
    return {
        "columns": {ours: as_written(heads) for ours, heads in found.columns.items()},
        "values": words,
        "dates": {
            "columns": {ours: list(forms) for ours, forms in found.formats.items() if ours not in open_}
        },
        "units": dict(found.units),
        "file": table,
    }


_FROM = re.compile(
    r"^(from|caller|source|src|calling)([ _](number|phone|ext(ension)?|no\.?))?$", re.IGNORECASE
)
_TO = re.compile(
    r"^(to|callee|called|destination|dst|dest|dialed)([ _](number|phone|ext(ension)?|no\.?))?$", re.IGNORECASE
)
_TIME = re.compile(r"^((call|start)[ _])?time$|^time of (day|call)$", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}:\d{2}(:\d{2})?(\s*[ap]\.?m\.?)?", re.IGNORECASE)


def sides(kind: ImportKind, columns: Mapping[str, Heads], free: Collection[str]) -> dict[str, Heads]:
    """Whose call it is and with whom, where the file says only who called whom and in which direction."""
    caller = next(filter(_FROM.match, free), None)
    called = next(filter(_TO.match, free), None)
    if kind is not ImportKind.CALLS or "direction" not in columns or not caller or not called:
        return {}
    found: dict[str, Heads] = {}
    if not {"rep_email", "rep_name", "rep_extension"} & columns.keys():
        found["rep_extension"] = ByDirection(inbound=called, outbound=caller)
    if "contact" not in columns:
        found["contact"] = ByDirection(inbound=caller, outbound=called)
    return found


def with_its_time(day: str, free: Iterable[str], texts: Mapping[str, Collection[str]]) -> Together | None:
    """A column of days with the column that has the times of day."""
    if not texts.get(day) or any(":" in said for said in texts[day]):
        return None
    for head in filter(_TIME.match, free):
        if texts.get(head) and all(map(_CLOCK.fullmatch, texts[head])):
            return Together((day, head))
    return None
