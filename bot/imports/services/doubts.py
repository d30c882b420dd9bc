"""What in a file a person should look at before it is stored: seen in the whole of it, in one walk over its lines."""

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from statistics import median

from bot.core.enums import DealStatus
from bot.core.errors import BadInput
from bot.imports.kinds.kind import Kind
from bot.imports.services.parser import Parser, is_header
from bot.imports.services.rows import Unnamed
from bot.imports.services.same_keys import Row, SameKeys
from bot.imports.services.synonyms import guessed
from bot.tabular import cells, durations, money
from bot.tabular.files import Source
from bot.tabular.layout import Layout
from bot.tabular.mapping import Mapping
from bot.tabular.words import NotOurs

ENOUGH = 20
"""Rows from which a share says anything."""
_REPS = 4
_TIMES = 1_000
_UNLIKE = 300
_THOUSANDS = re.compile(r"\b(in )?(thousands|tsd|k[€$£]|[€$£]k|'?000s?)\b|\((k|000)\)", re.IGNORECASE)


def refuse_units(layout: Layout, mapping: Mapping) -> None:
    """Raises BadInput where a column's own name tells a unit that nobody has told the import."""
    head = layout.heads.get("duration_s", "")
    unit = durations.unit_of_head(head) if head.lower() != "duration_s" else ""
    if unit not in ("", "seconds") and "duration_s" not in mapping.units:
        raise BadInput(
            f'“{head}” says {unit}, and duration_s is in seconds; write [units] duration_s = "{unit}" in the map.'
        )
    for ours in ("amount", "value"):
        head = layout.heads.get(ours, "")
        if _THOUSANDS.search(head) and ours not in mapping.units:
            raise BadInput(
                f'“{head}” says thousands; write [units] {ours} = "thousands" in the map, or "ones".'
            )


class Survey:
    """One walk over a file's lines, in a few bytes a row."""

    def __init__(self, kind: Kind, layout: Layout, mapping: Mapping, parser: Parser) -> None:
        self._kind, self._layout, self._mapping, self._parser = kind, layout, mapping, parser
        self._reader = parser.reader
        self._same_keys = SameKeys(kind, layout, parser)
        self._rows = 0
        self._people: Counter[int] = Counter()
        self._statuses: Counter[str] = Counter()
        self._stages: Counter[str] = Counter()
        """Words that the map reads as open because it does not name them."""
        self._amounts: dict[str, array[float]] = defaultdict(lambda: array("d"))
        self._largest: dict[str, tuple[float, int]] = {}
        self._unwhole = 0

    def walk(self, source: Source) -> None:
        looks = self._looks()
        for number, given in source.lines():
            if is_header(given, source.header):
                continue
            try:
                row = self._layout.row(given)
                people = self._reader.people(row)
            except (BadInput, NotOurs, Unnamed):
                continue
            if people:
                self._people[people[0][1].id] += 1
            self._rows += 1
            for look in looks:
                look(row, number)

    def doubts(self, source: Source, stored: Sequence[float]) -> Iterator[str]:
        """In sentences. `stored` are some amounts that the workspace has already."""
        yield from self._same_keys.doubts(source)
        yield from self._closed_read_as_open()
        yield from self._only_wins()
        yield from self._one_for_all()
        yield from self._too_large()
        yield from self._unlike_stored(stored)
        if self._unwhole > self._rows / 2:
            yield (
                "Most durations have decimals, and seconds seldom do; "
                '[units] duration_s = "minutes" in the map says that they are minutes, "seconds" that they are seconds.'
            )

    def _looks(self) -> list[Callable[[Row, int], None]]:
        places = self._layout.places
        looks: list[Callable[[Row, int], None]] = [self._same_keys.look]
        if "status" in places:
            looks.append(self._look_at_status)
        if "amount" in places:
            looks.append(self._look_at_amount)
        if "duration_s" in places and "duration_s" not in self._mapping.units:
            looks.append(self._look_at_duration)
        return looks

    def _look_at_status(self, row: Row, _: int) -> None:
        cell = row[self._layout.places["status"]]
        try:
            said = cells.text(self._layout.ours("status", cell)).lower()
        except NotOurs:
            return
        self._statuses[said] += 1
        words, theirs = self._layout.values.get("status"), cells.text(cell)
        if said == DealStatus.OPEN and words and words.named(theirs) is None:
            self._stages[theirs] += 1

    def _look_at_amount(self, row: Row, number: int) -> None:
        cell = row[self._layout.places["amount"]]
        try:
            read = money.read(cells.text(cell), self._mapping.decimal) if isinstance(cell, str) else None
            value = float(read.value) if read else float(cell)  # type: ignore[arg-type]
        except (BadInput, TypeError, ValueError):
            return
        place = self._layout.places.get("currency")
        currency = cells.text(row[place]) if place is not None else ""
        if value > 0:
            self._amounts[currency].append(value)
            if value > self._largest.get(currency, (0.0, 0))[0]:
                self._largest[currency] = (value, number)

    def _look_at_duration(self, row: Row, _: int) -> None:
        cell = row[self._layout.places["duration_s"]]
        said = cell if isinstance(cell, str) else str(cell)
        if "." in said or "," in said:
            self._unwhole += bool(re.fullmatch(r"\d+[.,]\d*[1-9]", said))

    def _closed_read_as_open(self) -> Iterator[str]:
        for stage, rows in self._stages.items():
            meant = guessed(stage, tuple(DealStatus))
            if meant in (DealStatus.WON, DealStatus.LOST):
                yield (
                    f"{rows:,} × “{stage}” is read as open. If it is {meant}, write "
                    f'[values.status] "{stage}" = "{meant}" in the map, and else "{stage}" = "open".'
                )

    def _only_wins(self) -> Iterator[str]:
        won, lost = self._statuses[DealStatus.WON], self._statuses[DealStatus.LOST]
        if won >= ENOUGH and not lost:
            yield (
                f"{won:,} deals are won and none is lost: with this file alone every win rate is 100%. "
                "Are the lost ones in another export?"
            )

    def _one_for_all(self) -> Iterator[str]:
        total = self._people.total()
        if total < ENOUGH or len(self._people) < _REPS:
            return
        [(busiest, rows)] = self._people.most_common(1)
        if rows * 2 >= total:
            name = self._reader.name_of(busiest)
            yield f"{name} has {rows:,} of {total:,} rows: is that the person, or who made the records?"

    def _too_large(self) -> Iterator[str]:
        for currency, amounts in self._amounts.items():
            middle, (largest, number) = median(amounts), self._largest[currency]
            if len(amounts) >= _REPS and largest >= _TIMES * middle:
                yield f"The amount in line {number:,}, {largest:,.0f}, is {largest / middle:,.0f} times the middle one."

    def _unlike_stored(self, stored: Sequence[float]) -> Iterator[str]:
        every = [value for amounts in self._amounts.values() for value in amounts]
        if len(stored) < ENOUGH or len(every) < _REPS:
            return
        ratio = median(every) / median(stored)
        if ratio >= _UNLIKE or ratio <= 1 / _UNLIKE:
            times = f"{ratio:,.0f} times" if ratio > 1 else f"a {1 / ratio:,.0f}th of"
            yield f"The middle amount is {times} that of the deals here: is the unit right ([units] amount in the map)?"
