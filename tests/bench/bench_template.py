"""What filling a template costs, beside openpyxl loading and saving the same file and changing nothing.

The template holds 100,000 debriefs of 15 columns in a table, as last month's report does, and gets 100,000 others.
"""

import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import openpyxl

from bot.workbook.domain.sheets import by_name
from bot.workbook.excel import unheard
from bot.workbook.template import packing
from tests.bench.bench_workbook import ours, sheet
from tests.bench.table import Row, compared, demand, in_turn, written

ROWS, ROUNDS = 100_000, 3


def filled(template: Path, out: Path, count: int) -> None:
    """Looked at, packed and filled, as the command does it: the child process is part of it."""
    given = packing.usable(template, by_name([sheet(0)]))
    packing.fill(given, packing.pack(given, by_name([sheet(count, "B")]), out.parent, unheard), out)


def loaded_and_saved(template: Path, out: Path, _count: int) -> None:
    openpyxl.load_workbook(template).save(out)


def timed(make: Callable[[Path, Path, int], None], template: Path, count: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        started = time.perf_counter()
        make(template, Path(folder) / "out.xlsx", count)
        return time.perf_counter() - started


def peak_mib(template: Path, count: int) -> float:
    """The most memory that one of its processes takes: the one that fills."""
    code = (
        "import resource, tempfile; from pathlib import Path; from tests.bench.bench_template import filled\n"
        "with tempfile.TemporaryDirectory() as folder:\n"
        f"    filled(Path({str(template)!r}), Path(folder) / 'out.xlsx', {count})\n"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)"
    )
    told = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return float(told.stdout)


def run() -> list[Row]:
    with tempfile.TemporaryDirectory() as folder:
        template = Path(folder) / "template.xlsx"
        ours(template, ROWS)
        _prove(template)
        times = in_turn(
            ROUNDS, lambda: timed(filled, template, ROWS), lambda: timed(loaded_and_saved, template, ROWS)
        )
        what = f"template of {ROWS:,} rows of 15, filled anew"
        memory = peak_mib(template, ROWS)
        return [compared(what, *times, "openpyxl load and save", memory=memory)]


def _prove(template: Path) -> None:
    """Ours holds the new rows and none of the old, theirs the old ones."""
    with tempfile.TemporaryDirectory() as folder:
        small = Path(folder) / "small.xlsx"
        ours(small, 50)
        for make, there, gone in ((filled, "B 49", "A 49"), (loaded_and_saved, "A 49", "B 49")):
            make(small, out := Path(folder) / "out.xlsx", 50)
            page = openpyxl.load_workbook(out)["Debriefs"]
            told = {str(cell) for row in page.iter_rows(values_only=True) for cell in row}
            demand(
                any(there in cell for cell in told), f"the new rows are not in the file of {make.__name__}"
            )
            demand(
                not any(gone in cell for cell in told),
                f"the file of {make.__name__} is not what it should be",
            )
    demand(template.stat().st_size > ROWS, "the template is empty")


if __name__ == "__main__":
    print(written(run()))
