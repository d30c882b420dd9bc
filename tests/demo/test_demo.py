"""The demo: an invented team that comes in by the real road, and a week that plays itself."""

import csv
import json
import socket
from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
import structlog

from bot import demo
from bot.core.enums import ImportKind, Role
from bot.core.errors import BadInput, CoachError
from bot.demo.controls import offer
from bot.demo.play import WEEK, play
from bot.demo.screenplay import Scene
from bot.demo.season.season import SeasonFile, begins, import_season, season
from bot.demo.serve import claimed, free_port
from bot.demo.stage import MovableClock, open_stage
from bot.people.services import workspace as workspaces
from bot.sandbox import Member, text_of
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


def test_the_week_plays_itself(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert demo.run(once=True, port=None, folder=tmp_path / ".demo") == 0

    told, out = capsys.readouterr().out, tmp_path / "demo-out"
    for scene in WEEK:
        assert f"{scene.moment:%A, %d %B, %H:%M} · {scene.title}" in told
    assert "Ana Ferreira is on it and writes to you" in told
    assert "@U" not in told, "ids are read aloud nowhere"
    assert "Ana Ferreira" in (out / "scorecard.txt").read_text(encoding="utf-8")
    assert (out / "scorecard.png").read_bytes().startswith(b"\x89PNG")
    digest = json.loads((out / "digest.json").read_text(encoding="utf-8"))
    assert "Top SDR: Ana Ferreira" in (out / "digest.txt").read_text(encoding="utf-8").replace("*", "")
    assert {block["type"] for block in digest["blocks"]} >= {"header", "section", "actions"}
    workbook = openpyxl.load_workbook(out / "scorecards.xlsx", read_only=True)
    assert {"Summary", "SDR", "Definitions"} <= set(workbook.sheetnames)
    assert not (tmp_path / ".demo").exists()


def test_a_step_that_does_not_happen_is_told_with_its_scene(tmp_path: Path) -> None:
    scene = Scene(0, time(9, 30), "A button nobody made", lambda stage, _: _click(stage.people["ana"]))
    logs = structlog.get_config()["logger_factory"]

    with pytest.raises(
        CoachError, match="“A button nobody made” did not happen: Ana Ferreira finds no 'Fly'"
    ):
        play(tmp_path, [scene])

    assert structlog.get_config()["logger_factory"] is logs


def _click(member: Member) -> None:
    member.clicks("Fly")


def test_the_buttons_of_the_page_end_calls_and_move_the_clock(tmp_path: Path) -> None:
    with open_stage(tmp_path, lambda: begins(MONDAY), with_jobs=False) as stage:
        offer(stage)
        button = {control.label: control for control in stage.sandbox.controls}
        kofi = stage.people["kofi"]
        call = {"Rep": kofi.name, "Contact": "Dana Whitfield", "Company": "Kestrel Foods", "Minutes": "12"}

        assert "whole minutes" in button["A call just ended"].press(call | {"Minutes": "a few"})
        assert "It is Monday, 02:59 there: the question comes Monday, 09:00." in button[
            "A call just ended"
        ].press(call)
        assert kofi.dm == []
        assert "09:59" in button["An hour later"].press({})
        assert "Tuesday, 17 November, 09:00" in button["Next morning, 9:00"].press({})
        assert any("our call with *Dana Whitfield" in text_of(message) for message in kofi.dm)

        assert "Monday, 23 November, 09:00" in button["Next Monday, 9:00"].press({})
        assert stage.to_come == []
        stage.people["ana"].waits_for("East: week of 16 Nov")


def test_a_second_demo_in_the_same_folder_gets_a_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with claimed(tmp_path):
        assert demo.run(once=False, port=None, folder=tmp_path) == 1

    assert "A demo is running in" in capsys.readouterr().err
    with claimed(tmp_path):
        pass  # free again


def test_a_demo_begins_anew_and_leaves_what_is_not_its_own(tmp_path: Path) -> None:
    for name in ("demo.db", "demo.db-wal", "calls-2026-11-16.csv", "notes.txt"):
        (tmp_path / name).touch()

    with claimed(tmp_path):
        left = {path.name for path in tmp_path.iterdir() if not path.name.startswith("in-use")}
        assert left == {"notes.txt"}


def test_a_port_that_is_taken_gives_way_to_the_next() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]

        assert free_port(port) > port


def test_the_clock_keeps_its_pace_and_never_goes_back() -> None:
    beginning, machine = datetime(2026, 11, 16, 8, 59, tzinfo=UTC), [datetime(2031, 1, 1, tzinfo=UTC)]
    clock = MovableClock(beginning, lambda: machine[0])

    assert clock() == beginning
    machine[0] += timedelta(minutes=1)
    assert clock() == beginning + timedelta(minutes=1)
    clock.move_to(beginning + timedelta(days=7))
    clock.move_to(beginning)
    assert clock() == beginning + timedelta(days=7)
