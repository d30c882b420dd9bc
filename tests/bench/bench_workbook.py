"""What the workbook costs, beside openpyxl's write-only mode writing the same cells.

`python -m tests.bench.bench_workbook` writes 100,000 debriefs of 15 columns; `--million` also a million, for memory.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from statistics import median

import openpyxl

from bot import excel
from bot.domain.workbook.sheets import Column, Row, Sheet, Style, Table, Workbook

ROWS, ROUNDS = 100_000, 3
_COLUMNS = (
    Column("Rep"),
    Column("Team"),
    Column("Call", Style.MOMENT),
    Column("Company"),
    Column("Contact"),
    Column("Talk minutes", Style.DECIMAL),
    Column("Outcome"),
    Column("Timeline agreed"),
    Column("Authority reached"),
    Column("Reason if lost", Style.LONG, 28),
    Column("What went well", Style.LONG, 36),
    Column("To work on", Style.LONG, 24),
    Column("In own words", Style.LONG, 36),
    Column("How we will see it", Style.LONG, 30),
    Column("Next step", Style.LONG, 28),
)
_MOST_SECONDS, _MOST_MIB = 0.7, 400


def debriefs(count: int) -> Iterator[Row]:
    """Rows like those of the sheet Debriefs, no two alike."""
    first = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
    for n in range(count):
        yield (
            f"Rep {n % 40}",
            "East" if n % 2 else "West",
            first + timedelta(minutes=n),
            f"Company {n % 5_000}",
            f"Contact {n % 20_000}",
            n % 3_600 / 60,
            ("advanced", "continued", "lost")[n % 3],
            "yes" if n % 2 else "no",
            "yes" if n % 3 else "no",
            "They chose another vendor" if n % 3 == 2 else "",
            f"Listened before I spoke, call {n}",
            "Timeline, Authority",
            f"Ask sooner who signs, as in call {n}",
            "The next three calls name a date",
            "Send the summary and a date",
        )


def ours(path: Path, count: int) -> None:
    table = Table("Debriefs", _COLUMNS, debriefs(count))
    sheet = Sheet("Debriefs", "Debriefs", (table,), is_long=True)
    excel.write(Workbook("Bench", "", "", datetime(2026, 1, 5, tzinfo=UTC), (sheet,)), path)


def theirs(path: Path, count: int) -> None:
    """The same cells and nothing else: no looks, no table, no formulas."""
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Debriefs")
    page.append([column.title for column in _COLUMNS])
    for row in debriefs(count):
        page.append([value.replace(tzinfo=None) if isinstance(value, datetime) else value for value in row])
    book.save(path)


def timed(write: Callable[[Path, int], None], count: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        write(Path(folder) / "book.xlsx", count)
        return time.perf_counter() - started


def peak_mib(count: int) -> float:
    """The most memory that a process of its own takes to write so many rows."""
    code = (
        "import resource, tempfile; from pathlib import Path; from tests.bench.bench_workbook import ours\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        f"    ours(Path(folder) / 'book.xlsx', {count})\n"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024)"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(told.stdout)


def run(*, million: bool = False) -> bool:
    """Print the figures; returns whether they are within their bounds."""
    rounds = [(timed(ours, ROWS), timed(theirs, ROWS)) for _ in range(ROUNDS)]
    ratio = median(mine / bare for mine, bare in rounds)
    print(
        f"workbook, {ROWS:,} x {len(_COLUMNS)}: {ratio:.2f} x openpyxl write-only (at most {_MOST_SECONDS})"
    )
    least, most = peak_mib(ROWS // 10), peak_mib(ROWS)
    print(f"workbook, memory: {least:.0f} MiB for {ROWS // 10:,} rows, {most:.0f} MiB for {ROWS:,}")
    within = ratio <= _MOST_SECONDS and most < least * 1.3
    if million:
        whole = peak_mib(10 * ROWS)
        print(f"workbook, memory: {whole:.0f} MiB for {10 * ROWS:,} rows (at most {_MOST_MIB})")
        within = within and whole <= _MOST_MIB
    return within


if __name__ == "__main__":
    sys.exit(0 if run(million="--million" in sys.argv) else 1)
