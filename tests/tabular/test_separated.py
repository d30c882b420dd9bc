"""CSV files of strangers: a row longer or wider than a table's is refused before it is in memory."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.core.errors import BadInput
from bot.tabular.child import read_safely

MOST_CELLS = 16_384
LONGEST_ROW = 1_048_576
LONGEST_CELL = 131_072
MOST_MEMORY = 100
"""MiB; a reader that has read nothing takes some 30."""


def file(folder: Path, text: str) -> Path:
    path = folder / "deals.csv"
    path.write_text(text, encoding="utf-8", newline="")
    return path


@pytest.mark.parametrize("sign", [",", ";"])
def test_a_row_of_as_many_cells_as_excel_has_columns_passes_and_one_more_does_not(
    tmp_path: Path, sign: str
) -> None:
    def wide(cells: int) -> Path:
        return file(tmp_path, f"email\n\n{sign.join(['x'] * cells)}\n")

    assert [len(line.cells) for line in read_safely(wide(MOST_CELLS)).lines()] == [MOST_CELLS]
    with pytest.raises(BadInput, match="on line 3 has more than 16,384 cells") as told:
        read_safely(wide(MOST_CELLS + 1))

    assert "deals.csv" in str(told.value)


def test_a_row_of_eight_of_the_longest_notes_passes_and_one_character_more_does_not(tmp_path: Path) -> None:
    row = ",".join(["n" * (LONGEST_CELL - 1)] * 8) + "\n"
    assert len(row) == LONGEST_ROW

    assert read_safely(file(tmp_path, f"email\n{row}{row}")).total == 2
    with pytest.raises(BadInput, match="on line 3 has more than 1,048,576 characters"):
        read_safely(file(tmp_path, f"email\n{row},{row}"))


@pytest.mark.parametrize("sign", [",", ";"])
def test_a_row_that_quotes_hold_open_over_many_lines_is_one_row(tmp_path: Path, sign: str) -> None:
    header = f"email{sign}note\n"
    held = f'"two\nlines"{sign}' * 10_000 + "\n"
    assert read_safely(file(tmp_path, header + held)).total == 1

    with pytest.raises(BadInput, match="on line 10004 has more than 1,048,576 characters"):
        read_safely(file(tmp_path, header + held + "x\n" + f'"two\nlines"{sign}' * 100_000))


@pytest.mark.parametrize("sign", [",", ";"])
def test_a_quote_that_is_never_closed_is_told_with_its_line(tmp_path: Path, sign: str) -> None:
    path = file(tmp_path, f'email{sign}note\na@b.c{sign}x\na@b.c{sign}"not closed\n' + "a@b.c\n" * 100_000)

    with pytest.raises(BadInput, match="on line 3 has a cell of more than 131,072 characters") as told:
        read_safely(path)

    assert "a quote that is not closed" in str(told.value)


@pytest.mark.parametrize(
    "endless",
    ["abcde," * 3_500_000, "email\n" + '"x\n",' * 4_000_000, ("ab," * 349_525 + "\n") * 20],
    ids=["one line", "quotes hold it open", "many wide lines"],
)
def test_an_endless_row_takes_the_memory_of_the_longest_and_not_of_the_file(
    tmp_path: Path, endless: str
) -> None:
    path = file(tmp_path, endless)

    refused, peak = _read_alone(path)

    assert peak < MOST_MEMORY, f"{path.stat().st_size >> 20} MiB of file took {peak} MiB"
    assert "on line" in refused


def _read_alone(path: Path) -> tuple[str, int]:
    """What a process of its own says of the file, and the most MiB that it took.

    A process begins with the peak of the one that started it, so what is measured is the child of a small one.
    """
    code = (
        "import os, resource, sys; from pathlib import Path\n"
        "from bot.core.errors import BadInput; from bot.tabular.child import read_safely\n"
        "if os.fork():\n"
        "    os.wait()\n"
        "    print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss >> 10)\n"
        "else:\n"
        "    try: print(read_safely(Path(sys.argv[1])).total, flush=True)\n"
        "    except BadInput as error: print(error, flush=True)\n"
    )
    told = subprocess.run(
        [sys.executable, "-c", code, str(path)], check=True, capture_output=True, text=True
    ).stdout.splitlines()
    return told[0], int(told[1])
