"""What the workbook costs, beside openpyxl's write-only mode writing the same cells.

`python -m tests.bench.bench_workbook` writes 100,000 debriefs of 15 columns; `--million` also a million, for memory.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from operator import itemgetter
from pathlib import Path

import openpyxl

from bot.workbook import excel
from bot.workbook.domain.sheets import Column, Sheet, Style, Table, Workbook
from bot.workbook.domain.sheets import Row as Line
from tests.bench.table import Row, compared, demand, in_turn, written

ROWS, ROUNDS = 100_000, 3
_COLUMNS: Sequence[Column[Line]] = (
    Column("Rep", itemgetter(0)),
    Column("Team", itemgetter(1)),
    Column("Call", itemgetter(2), Style.MOMENT),
    Column("Company", itemgetter(3)),
    Column("Contact", itemgetter(4)),
    Column("Talk minutes", itemgetter(5), Style.DECIMAL),
    Column("Outcome", itemgetter(6)),
    Column("Timeline agreed", itemgetter(7)),
    Column("Authority reached", itemgetter(8)),
    Column("Reason if lost", itemgetter(9), Style.LONG, 28),
    Column("What went well", itemgetter(10), Style.LONG, 36),
    Column("To work on", itemgetter(11), Style.LONG, 24),
    Column("In own words", itemgetter(12), Style.LONG, 36),
    Column("How we will see it", itemgetter(13), Style.LONG, 30),
    Column("Next step", itemgetter(14), Style.LONG, 28),
)


def debriefs(count: int, mark: str = "A") -> Iterator[Line]:
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
            f"Listened before I spoke, call {mark} {n}",
            "Timeline, Authority",
            f"Ask sooner who signs, as in call {n}",
            "The next three calls name a date",
            "Send the summary and a date",
        )


def sheet(count: int, mark: str = "A") -> Sheet:
    table = Table("Debriefs", _COLUMNS, debriefs(count, mark))
    return Sheet("Debriefs", "Debriefs", (table,), is_long=True)


def ours(path: Path, count: int) -> None:
    excel.write(Workbook("Bench", "", "", datetime(2026, 1, 5, tzinfo=UTC), (sheet(count),)), path)


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


def run(*, million: bool = False) -> list[Row]:
    _prove()
    times = in_turn(ROUNDS, lambda: timed(ours, ROWS), lambda: timed(theirs, ROWS))
    what = f"workbook, {ROWS:,} rows of {len(_COLUMNS)}"
    least, most = peak_mib(ROWS // 10), peak_mib(ROWS)
    rows = [
        compared(
            what, *times, "openpyxl write-only", memory=most, note=f"{least:.0f} MiB for a tenth of the rows"
        )
    ]
    if million:
        rows.append(Row(f"workbook, {10 * ROWS:,} rows, memory", peak_mib(10 * ROWS), "MiB"))
    return rows


def _prove() -> None:
    """Both files hold the rows."""
    with tempfile.TemporaryDirectory() as folder:
        for write in (ours, theirs):
            path = Path(folder) / "book.xlsx"
            write(path, 50)
            page = openpyxl.load_workbook(path, read_only=True)["Debriefs"]
            told = {str(cell) for row in page.iter_rows(values_only=True) for cell in row}
            demand("Company 49" in told, f"the last row is not in the file of {write.__name__}")


if __name__ == "__main__":
    print(written(run(million="--million" in sys.argv)))
