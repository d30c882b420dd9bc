"""The name of a file from outside, as it lies in a folder of ours."""

from pathlib import Path

import pytest

from bot.tabular.names import kept_as


@pytest.mark.parametrize("name", ["deals.csv", "R&D, Größe (2).xlsx", "calls.rejected.csv", "no ending"])
def test_a_name_stays_what_it_is(name: str) -> None:
    assert kept_as(name) == name


@pytest.mark.parametrize(
    "name",
    ["../../etc/passwd", "/etc/passwd", "..", ".", "", " ", "a\0b.csv", "..\\x.csv", "<!channel>.csv", "\ud800.csv",
     "é" * 300 + ".xlsx", "😀" * 300 + ".csv"],
)  # fmt: skip
def test_no_name_leads_out_of_the_folder_or_is_too_long_for_it(tmp_path: Path, name: str) -> None:
    path = tmp_path / f"{kept_as(name)}.rejected.csv"
    path.write_bytes(b"x")

    assert path.resolve().parent == tmp_path.resolve()
    assert "<" not in path.name


@pytest.mark.parametrize("name", ["é" * 300 + ".xlsx", "x" * 90 + ".rejected.csv", ".csv"])
def test_its_ending_stays(name: str) -> None:
    assert kept_as(name).endswith(name[-5:])
