"""The demo: an invented team that comes in by the real road, and a week that plays itself."""

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from bot.demo.season import SeasonFile, import_season, season
from bot.errors import BadInput
from bot.services import workspaces
from bot.words import ImportKind, Role
from storage.database import Database

MONDAY = date(2026, 11, 16)


@pytest.fixture(scope="module")
def files() -> list[SeasonFile]:
    return season(MONDAY)


def rows_of(files: list[SeasonFile], kind: ImportKind) -> list[dict[str, str]]:
    return [row for file in files for row in file.rows if file.kind is kind]


def test_the_same_seed_and_monday_give_the_same_files(files: list[SeasonFile], tmp_path: Path) -> None:
    again = season(MONDAY)

    for first, second in zip(files, again, strict=True):
        assert first.write(tmp_path).read_bytes() == second.write(tmp_path).read_bytes()
    assert season(MONDAY, seed="another")[3].rows != files[3].rows


def test_every_row_is_taken_in(files: list[SeasonFile], db: Database, tmp_path: Path) -> None:
    with db.begin() as session:
        workspace_id = workspaces.only(session, time_zone="UTC")

    read = import_season(db, workspace_id, files, tmp_path)

    assert read == sum(len(file.rows) for file in files)
    assert {file.kind for file in files} == set(ImportKind)
    assert not list(tmp_path.glob("*.rejected.csv"))


def test_a_refused_row_stops_the_demo_with_its_file(db: Database, tmp_path: Path) -> None:
    with db.begin() as session:
        workspace_id = workspaces.only(session, time_zone="UTC")
    known = season(MONDAY)[0].known_at
    wrong = SeasonFile(ImportKind.LEAVE, known, [{"rep_email": "x@y.example", "from": "?", "to": "?"}])

    with pytest.raises(BadInput, match=r"1 rows? of leave-2026-11-16\.csv"):
        import_season(db, workspace_id, [wrong], tmp_path)


def test_the_team_has_every_role(files: list[SeasonFile]) -> None:
    roles = Counter(row["role"] for row in rows_of(files, ImportKind.REPS))

    assert roles == {Role.SDR: 5, Role.AE: 6, Role.AM: 4, Role.MANAGER: 2}


def test_deals_come_with_a_history(files: list[SeasonFile]) -> None:
    moved: dict[str, set[str]] = {}
    for row in rows_of(files, ImportKind.DEALS):
        moved.setdefault(row["deal_id"], set()).add(row["expected_close"])

    assert any(len(days) > 1 for days in moved.values())


def test_nothing_is_known_before_it_happens(files: list[SeasonFile]) -> None:
    for file in files:
        for row in file.rows:
            for column in ("started_at", "passed_at", "decided_at", "closed_at", "last_activity_at"):
                assert row.get(column, "") < file.known_at.date().isoformat() + "T24"


def test_csv_files_are_whole(files: list[SeasonFile], tmp_path: Path) -> None:
    path = files[1].write(tmp_path)

    with path.open(encoding="utf-8", newline="") as file:
        names = [row["name"] for row in csv.DictReader(file)]
    assert "ศิริพร วงศ์สวัสดิ์" in names
    assert "ليلى منصور" in names
