"""A commented MAP.toml for a file: what was guessed of each column, and what could not be."""

import json
import shlex
import tomllib
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from bot.core.enums import ImportKind
from bot.core.errors import BadInput
from bot.imports.services import recognise, vendor_maps
from bot.imports.services.guess import Guess, guess
from bot.imports.services.opening import joined
from bot.imports.services.run import KINDS
from bot.tabular import child
from bot.tabular.files import NotUtf8, Source, Where
from bot.tabular.heads import Heads, as_written, every
from bot.tabular.mapping import Mapping

_IN_EVERY_ROW = ("source", "role", "team", "company")
"""What a file seldom has a column for, because all its rows share it."""
_EXCELS = "cp1252"
"""The encoding of *CSV (Comma delimited)* as Excel saves it on most Windows."""


_TOGETHER = "Name its column below, or several that together are another in every row."


def suggested(path: Path, *, kind: ImportKind | None, mapping: Mapping | None, sheet: str = "") -> str:
    """The map as text; of a known export the one that comes with the program. Raises BadInput.

    A text that is not UTF-8 is taken for one that Excel saved on Windows, and the map says so.
    """
    given = mapping.where.encoding if mapping else ""
    try:
        return _suggested(path, kind, mapping, sheet, given)
    except NotUtf8:
        return _suggested(path, kind, mapping, sheet, given or _EXCELS)


def _suggested(
    path: Path, kind: ImportKind | None, mapping: Mapping | None, sheet: str, encoding: str
) -> str:
    try:
        known = recognise.recognised(path, kind=kind, mapping=mapping, sheet=sheet, encoding=encoding)
    except NotUtf8:
        raise
    except BadInput:
        known = None
    if known is not None and known.told:
        where = known.mapping.where
        header = child.read_safely(path, where).header
        return "\n".join(
            [
                *_shipped(vendor_maps.text_of(known.told), header),
                *_table("file", _encoded(where)),
                *_create(),
                "",
            ]
        )
    source, where = best_table(path, kind, sheet, encoding)
    return "\n".join([*_lines(path, source, where, guess(source, kind)), ""])


def best_table(
    path: Path, kind: ImportKind | None, sheet: str = "", encoding: str = ""
) -> tuple[Source, Where]:
    """The sheet of which the most can be guessed; raises BadInput."""
    places = [
        Where(name, encoding=encoding) for name in ([sheet] if sheet else child.sheet_names(path) or [""])
    ]
    tables = [(child.read_safely(path, where), where) for where in places]
    return min(tables, key=lambda one: len(guess(one[0], kind).missing))


def _shipped(text: str, header: Sequence[str]) -> Iterator[str]:
    """Without the table by which the program knows the file, and without the columns that this export leaves out."""
    before, _, after = text.partition("[recognise]")
    there, table = {head.lower() for head in header}, ""
    for line in f"{before}[{after.partition(chr(10) + '[')[2]}".rstrip().splitlines():
        table = line if line.startswith("[") else table
        is_column = table == "[columns]" and line.partition("#")[0].count("=")
        yield _column(line, there) if is_column else line


def _column(line: str, there: Collection[str]) -> str:
    ((ours, named),) = tomllib.loads(line).items()
    heads = [named] if isinstance(named, str) else named
    found = [head for head in heads if head.lower() in there]
    if not found:
        return f"# {line}"
    return line if found == heads else f"{ours} = {json.dumps(found, ensure_ascii=False)}"


def _lines(path: Path, source: Source, where: Where, found: Guess) -> Iterator[str]:
    yield f"# A map for {path.name}, guessed as {found.kind}. Correct it, then:"
    yield f"#   cornerman import {shlex.quote(path.name)} --kind {found.kind} --map MAP.toml --dry-run"
    for name in found.missing:
        way = (
            _TOGETHER
            if name in joined(KINDS[found.kind])
            else "Name its column below, or give it a constant."
        )
        yield f"# Needed, and found in no column: {name}. {way}"
    yield ""
    yield "[columns]            # ours = theirs"
    for ours, heads in found.columns.items():
        yield f"{ours} = {_written(heads)}{_examples(found, *every(heads))}"
    for name in found.missing:
        several = name in joined(KINDS[found.kind])
        yield f'# {name} = ["…", "…"]' if several else f'# {name} = "…"'
    for head in found.unused:
        yield f"# nothing is made of {_quoted(head)}{_examples(found, head)}"
    yield from _words(found)
    yield from _rest(source, where, found)


def _words(found: Guess) -> Iterator[str]:
    for ours, words in found.words.items():
        if all(ours_word and theirs.lower() == ours_word.lower() for theirs, ours_word in words.items()):
            continue
        yield ""
        yield f"[values.{ours}]      # theirs = ours"
        for theirs, meant in words.items():
            sure = meant or ("open" if ours == "status" else "")
            yield f"{_quoted(theirs)} = {_quoted(sure or '…')}  # {'a guess' if meant else 'I could not tell'}"
        if ours == "status":
            yield '"*" = "open"         # every other'


def _rest(source: Source, where: Where, found: Guess) -> Iterator[str]:
    yield from _table("constants", _constants(found))
    forms = (
        f"{ours} = {json.dumps(list(forms), ensure_ascii=False)}" for ours, forms in found.formats.items()
    )
    yield from _table("dates.columns", [*forms, *(f"# Look at this: {doubt}" for doubt in found.unclear)])
    yield from _table("numbers", ['decimal = ","'] if found.decimal == "," else [])
    yield from _table(
        "units", [f"{ours} = {_quoted(unit)}  # its name says so" for ours, unit in found.units.items()]
    )
    sheet = [f"sheet = {_quoted(where.sheet)}"] if where.sheet else []
    row = [f"header_row = {source.header_row}"] if source.header_row > 1 else []
    yield from _table("file", [*sheet, *row, *_encoded(where)])
    yield from _create()


def _create() -> Iterator[str]:
    return _table(
        "create]             # people the file names and the roster lacks; leave out to refuse such rows",
        ['# reps = { role = "AE", team = "Imported" }'],
    )


def _encoded(where: Where) -> list[str]:
    return [f"encoding = {_quoted(where.encoding)}     # it is not UTF-8"] if where.encoding else []


def _constants(found: Guess) -> Iterator[str]:
    for name in found.missing:
        if name in _IN_EVERY_ROW:
            yield f'{name} = "…"           # in every row'
    if "amount" in found.columns and "currency" not in found.columns:
        yield '# currency = "EUR"     # no column tells it'


def _table(name: str, lines: Iterable[str]) -> Iterator[str]:
    its = list(lines)
    if its:
        yield ""
        yield f"[{name}" if "]" in name else f"[{name}]"
        yield from its


def _examples(found: Guess, *heads: str) -> str:
    examples = [one for head in heads for one in found.examples.get(head, [])[: 4 - len(heads)]]
    return f"  # such as {', '.join(one[:30].replace(chr(10), ' ') for one in examples)}" if examples else ""


def _written(heads: Heads) -> str:
    said = as_written(heads)
    if not isinstance(said, dict):
        return json.dumps(said, ensure_ascii=False)
    return (
        f"{{ {', '.join(f'{name} = {json.dumps(one, ensure_ascii=False)}' for name, one in said.items())} }}"
    )


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
