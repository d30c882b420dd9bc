"""Who adds a column says so in the tables, and the migration is written for the rows that are there already."""

import shutil
import subprocess
import sys
from pathlib import Path

from tests.tree import ROOT


def test_a_count_that_weeks_are_to_hold_is_filled_in_for_all_of_them(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "storage", tmp_path / "storage")
    (tmp_path / "bot").symlink_to(ROOT / "bot")
    tables = tmp_path / "storage/tables/scorecards.py"
    before = "    timeline_yes: int = 0\n"
    tables.write_text(tables.read_text().replace(before, f"    no_shows: int = 0\n{before}"))

    subprocess.run([sys.executable, "-m", "storage.migrations", "Count no-shows"], cwd=tmp_path, check=True)

    [written] = (tmp_path / "storage/migrations/versions").glob("*_count_no_shows.py")
    assert "'no_shows', sa.Integer(), server_default='0', nullable=False" in written.read_text()
    for table in ("INSERT INTO rep_touched", "DELETE FROM rep_week", "DELETE FROM rep_zone"):
        assert table in written.read_text(), "every week is counted anew"
