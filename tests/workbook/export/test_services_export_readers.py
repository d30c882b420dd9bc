"""An export shows to each what they may see, runs no word of theirs, and is noted."""

from pathlib import Path

import pytest
from sqlmodel import select

from bot.core.errors import NotAllowed, NotFound
from bot.people.domain.access import Viewer
from storage.tables import ExportLog
from tests.workbook.export.exported import NOW, PERIOD, World
from tests.workbook.spreadsheets import formulas, rows, values


def words(path: Path) -> str:
    """Everything that can be read in the file."""
    return "\n".join(str(value) for value in values(path).values())


def test_a_manager_exports_their_own_team_alone(small: World, tmp_path: Path) -> None:
    report = small.export(path := tmp_path / "book.xlsx", small.viewer("Mia"))

    assert report.reps == 4
    assert {row["Rep"] for row in rows(path, "Reps")} == {"Ana", "Ada", "Ben", "Cy"}
    assert {row["Rep"] for row in rows(path, "Debriefs")} == {"Ana", "Ada", "Ben"}
    assert {row["AE"] for row in rows(path, "Deals")} == {"Ben"}
    with pytest.raises(NotAllowed):
        small.export(tmp_path / "other.xlsx", small.viewer("Mia"), team_id=small.west)
    assert not (tmp_path / "other.xlsx").exists()


def test_a_rep_exports_their_own_numbers_alone(small: World, tmp_path: Path) -> None:
    small.export(path := tmp_path / "book.xlsx", small.viewer("Ana"))

    assert {row["Rep"] for row in rows(path, "Reps")} == {"Ana"}
    assert "Ana listened" in words(path)
    assert "Sue" not in words(path)


def test_who_has_nobody_to_show_is_told_so(small: World, tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="nobody to export"):
        small.export(tmp_path / "book.xlsx", Viewer(small.people["Mia"]))


def test_a_reps_own_words_go_to_the_manager_and_not_to_an_admin(small: World, tmp_path: Path) -> None:
    small.export(by_manager := tmp_path / "manager.xlsx", small.viewer("Mia"))
    small.export(by_admin := tmp_path / "admin.xlsx")

    assert "Ana listened" in words(by_manager)
    assert "own idea, Timeline" in words(by_manager)
    assert "listened" not in words(by_admin)
    assert {row["Outcome"] for row in rows(by_admin, "Debriefs")} == {"advanced", "lost"}


def test_no_word_of_a_rep_is_a_formula(small: World, tmp_path: Path) -> None:
    small.export(path := tmp_path / "book.xlsx", small.viewer("Mia"))

    assert "=HYPERLINK(1)" in words(path)
    assert not [cell for cell, formula in formulas(path).items() if "HYPERLINK" in formula]


def test_every_export_is_noted(small: World, tmp_path: Path) -> None:
    small.export(tmp_path / "book.xlsx", small.viewer("Mia"), team_id=small.east, raw=False)

    with small.db.read() as session:
        [noted] = session.exec(select(ExportLog)).all()
    assert (noted.person_id, noted.team_id, noted.raw) == (small.people["Mia"], small.east, False)
    assert (noted.since, noted.until, noted.exported_at) == (PERIOD.start, PERIOD.end, NOW)
