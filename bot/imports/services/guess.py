"""A map guessed from an export that nobody knows: what each of its columns may be, by name and by what it holds."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.core.enums import DealStatus, ImportKind
from bot.imports.kinds.kind import Kind
from bot.imports.services import pairs
from bot.imports.services.run import KINDS
from bot.imports.services.synonyms import guessed
from bot.tabular import date_shapes, durations, money
from bot.tabular.files import Source
from bot.tabular.heads import Heads, as_written, every
from bot.tabular.mapping import EVERY_OTHER

_LOOKED_AT = 2_000
_WORDS = 40
"""Different words of a column of stages; more are no stages."""
_PARTIES = r"owner|agent|assigned|responsible|sales ?rep|\brep\b|user|salesperson|seller|closer"
_FORMS: dict[ImportKind, dict[str, str]] = {
    ImportKind.DEALS: {
        "deal_id": (
            r"^(item id|(deal|opportunity|record|lead)?\W*(id|key|number|no\.?)$|(deal|opp(ortunity)?)[ _-]?(id|key))"
        ),
        "ae_email": rf"({_PARTIES}).*(e-?mail)|(e-?mail).*({_PARTIES})",
        "ae_name": rf"^(deal |opportunity |account |sales )?({_PARTIES})([ _](name|full name))?$",
        "status": r"^(stage|status)([ _]name)?$|(deal|opportunity|sales)[ _-]?(stage|status)",
        "opened_at": r"creat|^(open|start|begin|engage)(ed)?([ _](date|on|at|time))?$|^(added|add time)",
        "closed_at": r"^(close|closed|won|win|end|lost)([ _](date|on|at|time))?$|clos(e|ed|ing)[ _]?(date|time|on|at)",
        "expected_close": r"(expect|estimat|plan|tentative|target).*clos|clos.*(expect|estimat|plan|target)",
        "amount": r"^((deal|total) )?(amount|value|income|revenue|price|sum)\b|(deal|close)[ _](value|size)",
        "currency": r"currency",
        "company": r"^(account|company|organi[sz]ation|customer|client)([ _]name)?$|(account|company)[ _]name",
        "loss_reason": r"(loss|lost|clos).*reason",
        "last_activity_at": r"last.*(activity|contact|modified|touch|updated)",
        "next_meeting_at": r"next.*(meeting|activity|step.*date)",
    },
    ImportKind.CALLS: {
        "call_id": r"^(record|activity|interaction)?[ _-]?(id|sid|uuid|key)$|(call|session|conversation)[ _-]?(id|sid)",
        "rep_email": rf"({_PARTIES}).*(e-?mail)|^e-?mail$",
        "rep_name": rf"^(call |sales )?({_PARTIES})([ _](name|full name))?$|made by|handled by",
        "rep_extension": r"\bext(ension)?\b|internal number",
        "started_at": r"start|^(call )?(date|time|datetime|date[ /&]*time|created)([ _](at|on))?$|call (date|time)",
        "ended_at": r"^(call )?end",
        "duration_s": r"duration|talk[ _]?time|length|seconds|minutes",
        "direction": r"direction|^(call )?type$",
        "contact": r"contact|prospect|lead|callee|customer name|to name",
        "company": r"company|account([ _]name)?$|organi[sz]ation",
        "disposition": r"disposition|outcome|result|^(call )?status$",
    },
    ImportKind.HANDOFFS: {
        "handoff_id": r"^(lead|handoff|record)?[ _-]?(id|key|number)?$|lead[ _-]?id",
        "sdr_email": r"(sdr|bdr).*mail",
        "sdr_name": r"^(sdr|bdr|passed by|sourced by|set by|booked by)([ _]name)?$",
        "ae_email": r"(\bae\b|closer|seller).*mail",
        "ae_name": r"^(ae|closer|seller|account executive|passed to|owner)([ _]name)?$",
        "company": r"company|account|organi[sz]ation|segment",
        "passed_at": r"passed|handed|converted|^(lead )?(creat|date)|won_date",
        "contact": r"contact|prospect|lead name",
        "decision": r"decision|accepted|^(lead )?status$",
        "reason": r"reason",
        "decided_at": r"decided|(accept|reject).*(at|on|date)",
    },
    ImportKind.REPS: {
        "email": r"e-?mail",
        "name": r"^(full |display |sales[ _]?)?(name|agent|rep|person)([ _]name)?$",
        "role": r"role|title|position|function",
        "team": r"team|department|group|manager$",
        "started_on": r"(start|hire|join)",
        "ended_on": r"(end|leave|terminat)",
    },
}
_COMPILED = {
    kind: {ours: re.compile(form, re.IGNORECASE) for ours, form in forms.items()}
    for kind, forms in _FORMS.items()
}


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
    kinds = [kind] if kind else list(_COMPILED)
    guesses = [_columns(source.header, one) for one in kinds]
    best = max(guesses, key=lambda one: (-len(one.missing), len(one.columns)))
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
    for ours, form in _COMPILED.get(kind, {}).items():
        head = next((head for head in free if form.search(head.replace("_", " ").strip())), None)
        if ours not in found.columns and head is not None:
            found.columns[ours] = head
            free.remove(head)
    found.columns |= pairs.sides(kind, found.columns, free)
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
            said = cell.strip() if isinstance(cell, str) else str(cell)
            if head and said and said != head:
                texts[head][said] = texts[head].get(said, 0) + 1
    found.examples = {head: list(its)[:3] for head, its in texts.items()}
    of_ours = {
        ours: list(texts.get(head, {})) for ours, head in found.columns.items() if isinstance(head, str)
    }
    _join(found, texts, of_ours)
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
    joined = pairs.with_its_time(day, found.unused, texts) if isinstance(day, str) else None
    if joined is None:
        return
    found.columns["started_at"] = joined
    found.unused.remove(joined[1])
    days, times = list(texts[joined[0]]), list(texts[joined[1]])
    of_ours["started_at"] = [f"{one} {times[0]}" for one in days] + [f"{days[0]} {one}" for one in times]


_CLOSED = {
    "status": tuple(DealStatus),
    "role": ("SDR", "AE", "AM", "manager"),
    "direction": ("inbound", "outbound"),
    "decision": ("accepted", "rejected"),
    "outcome": ("advanced", "continued", "no_decision", "lost", "no_show"),
}


def _words(found: Guess, of_ours: dict[str, list[str]]) -> None:
    for ours, words in _CLOSED.items():
        theirs = of_ours.get(ours, [])
        if theirs and len(theirs) <= _WORDS:
            found.words[ours] = {one: guessed(one, words) for one in theirs}


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
