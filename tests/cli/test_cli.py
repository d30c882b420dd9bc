"""The shell, as somebody types it: one process's worth of settings, real files, exit codes."""

import csv
import json
import os
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import sqlalchemy as sa
from sqlmodel import col

from bot import cli
from storage.database import Database
from storage.tables import RepWeek
from tests.support.databases import SQLiteFiles

MAVEN = Path(__file__).parents[3] / "shared" / "data" / "maven-crm"
REPS_MAP = '[columns]\nname = "sales_agent"\nteam = "manager"\n[constants]\nrole = "AE"\n'
DEALS_MAP = """
[columns]
deal_id = "opportunity_id"
ae_name = "sales_agent"
opened_at = "engage_date"
closed_at = "close_date"
amount = "close_value"
company = "account"
status = "deal_stage"
[values.status]
Won = "won"
Lost = "lost"
Engaging = "open"
Prospecting = "open"
[constants]
currency = "USD"
"""
FORECAST_KEYS = {
    "period", "won", "expected", "interval", "currency", "open", "unknown", "target", "pace",
}  # fmt: skip
METRIC_KEYS = {
    "verdict", "certainty", "before", "moved",
    "key", "value", "estimate", "interval", "numerator", "denominator", "awaiting", "unit", "target", "attainment",
    "role_middle", "direction", "kind",
}  # fmt: skip


class Shell:
    """The command in a folder and with a database of its own."""

    def __init__(
        self, folder: Path, database: str, patch: pytest.MonkeyPatch, captured: pytest.CaptureFixture[str]
    ) -> None:
        self.folder, self._patch, self._captured = folder, patch, captured
        patch.chdir(folder)
        patch.setenv("DATABASE_URL", database)

    def __call__(self, *words: str, code: int = 0, **environment: str) -> tuple[str, str]:
        """What it wrote to stdout and to stderr."""
        self._captured.readouterr()
        with self._patch.context() as patch, pytest.raises(SystemExit) as ended:
            patch.setattr(sys, "argv", ["cornerman", *words])
            for name, value in environment.items():
                patch.setenv(name, value)
            cli.main()
        out, err = self._captured.readouterr()
        assert (ended.value.code or 0) == code, err + out
        assert "Traceback" not in err
        return out, err

    def says(self, *words: str) -> Any:
        return json.loads(self(*words, "--json")[0])


@pytest.fixture
def shell(
    tmp_path: Path,
    sqlite_files: SQLiteFiles,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> Iterator[Shell]:
    with sqlite_files.fresh() as db:
        yield Shell(tmp_path, db.url.render_as_string(), monkeypatch, capsys)


def test_ones_own_workbook_is_filled_and_what_it_lacks_is_told(shell: Shell) -> None:
    (shell.folder / "reps.csv").write_text("email,name,role,team\nben@acme.test,Ben,AE,East\n")
    (shell.folder / "deals.csv").write_text(
        "deal_id,ae_email,status,opened_at,company\nd1,ben@acme.test,open,2026-10-01,Acme\n"
    )
    shell("import", "reps.csv", "--kind", "reps")
    shell("import", "deals.csv", "--kind", "deals")
    shell("export", "--starter-template", "-o", "ours.xlsx")

    book = openpyxl.load_workbook(shell.folder / "ours.xlsx")
    book.remove(book["Money"])
    book.save(shell.folder / "ours.xlsx")

    out, err = shell("export", "--template", "ours.xlsx", "--period", "2026-10", "-o", "october.xlsx")

    assert "october.xlsx: 1 rep." in out
    assert "no table Money; these were left out" in err
    told = shell.says("export", "--template", "october.xlsx", "--period", "2026-10", "-o", "again.xlsx")
    assert (told["rows"]["Deals"], told["missing_tables"]) == (1, ["Money"])
    _, err = shell("export", "--template", "reps.csv", "-o", "x.xlsx", code=1)
    assert err == "I cannot fill reps.csv: it is no Excel workbook (.xlsx).\n"
    _, err = shell("export", "-o", "nowhere/x.xlsx", code=1)
    assert err == "nowhere/x.xlsx cannot be written: No such file or directory.\n"
    _, err = shell("export", "--template", "ours.xlsx", "--summary", "-o", "x.xlsx", code=2)
    assert "a template takes the tables that it has" in err
    _, err = shell("export", "--template", "ours.xlsx", "-o", "./ours.xlsx", code=1)
    assert err == "ours.xlsx is the template itself; call the file to write something else.\n"
    assert "Money" not in openpyxl.load_workbook(shell.folder / "ours.xlsx").sheetnames


def test_a_folder_of_csv_is_never_written_over(shell: Shell) -> None:
    (shell.folder / "reps.csv").write_text("email,name,role,team\nben@acme.test,Ben,AE,East\n")
    shell("import", "reps.csv", "--kind", "reps")
    out, _ = shell("export", "--format", "csv", "-o", "tables")
    (shell.folder / "tables" / "Reps.csv").write_text("mine")
    noted = shell("audit")[0].count("exported")

    _, err = shell("export", "--format", "csv", "-o", "tables", code=1)

    assert out == "tables: 1 rep.\n"
    assert err == "tables is there already; name a new folder.\n"
    assert (shell.folder / "tables" / "Reps.csv").read_text() == "mine"
    assert shell("audit")[0].count("exported") == noted > 0, "nobody took anything out"
    _, err = shell("export", "--template", "x.xlsx", "--format", "csv", "-o", "x", code=2)
    assert "a template is an Excel workbook" in err


def test_it_is_a_command_of_its_own(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "db", "status"],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, "needs" in done.stdout) == (0, True), done.stderr


def test_failures_are_one_sentence_and_the_contracts_exit_codes(shell: Shell) -> None:
    assert "SLACK_BOT_TOKEN" in shell("run", code=1)[1]
    assert "xoxb-" in shell("doctor", code=1, SLACK_BOT_TOKEN="a-token")[1]
    assert "DATABASE_URL" in shell("db", "status", code=1, DATABASE_URL="mysql://x")[1]
    assert "cannot be opened" in shell("import", "none.csv", "--kind", "deals", code=1)[1]
    assert "Nobody" in shell("scorecard", "--rep", "Nobody", code=1)[1]
    assert "period" in shell("ranking", "--role", "AE", "--period", "soon", code=1)[1].lower()
    for words in (("ranking", "--role", "AE"), ("export", "-o", "out.xlsx")):
        assert "2099-Q1 has not begun" in shell(*words, "--period", "2099-Q1", code=1)[1]
    shell("import", "none.csv", "--kind", "nonsense", code=2)
    shell("ranking", "--role", "manager", code=2)


def test_where_there_is_nothing_to_show_a_sentence_says_so(shell: Shell) -> None:
    (shell.folder / "reps.csv").write_text("email,name,role,team\ncy@a.io,Cy,AM,East\n", encoding="utf-8")
    shell("import", "reps.csv", "--kind", "reps")

    assert "Nobody sells in" in shell("ranking", "--role", "SDR")[0]
    assert "nothing to post" in shell("digest", "--team", "East")[0]
    backwards = "2026-11-10..2026-11-01"
    assert "must come after the start" in shell("scorecard", "--rep", "Cy", "--period", backwards, code=1)[1]
    assert "Nobody on the roster" in shell("scorecard", "--rep", "Di", code=1)[1]


def test_a_digest_is_posted_once_and_only_where_there_is_a_channel(shell: Shell) -> None:
    roster = "email,name,role,team\nana@example.com,Ana,AE,East\n"
    deals = "deal_id,ae_email,status,closed_at\n" + "".join(
        f"d{n},ana@example.com,won,2026-10-06\n" for n in range(4)
    )
    (shell.folder / "reps.csv").write_text(roster, encoding="utf-8")
    (shell.folder / "deals.csv").write_text(deals, encoding="utf-8")
    shell("import", "reps.csv", "--kind", "reps")
    shell("import", "deals.csv", "--kind", "deals")
    week = ("digest", "--team", "East", "--week", "2026-W41")

    assert "no channel" in shell(*week, "--post", code=1)[1]
    (shell.folder / "teams.csv").write_text("team,channel\nEast,C0EAST\n", encoding="utf-8")
    shell("import", "teams.csv", "--kind", "teams")
    shell(*week, "--post")
    assert "told already" in shell(*week, "--post", code=1)[1]


def test_a_refused_row_is_kept_with_its_reason(shell: Shell) -> None:
    (shell.folder / "deals.csv").write_text(
        "deal_id,ae_email,status,closed_at\nd1,ana@example.com,won,2026-10-01\n", encoding="utf-8"
    )

    done = shell("import", "deals.csv", "--kind", "deals", "--json", code=3)

    told = json.loads(done[0])
    [reason] = told.pop("reasons")
    assert (reason["rows"], reason["first_line"]) == (1, 2)
    assert reason["reason"].startswith("ana@example.com is not in the roster")
    assert told | {"rejected_file": ""} == {
        "kind": "deals", "read": 1, "added": 0, "updated": 0, "unchanged": 0, "rejected": 1, "rejected_file": "",
        "recognised": None, "left_out": 0, "left_out_reasons": [], "waiting": 0, "doubts": [],
    }  # fmt: skip
    assert "Refused: 1 × ana@example.com is not in the roster" in done[1]
    assert "Import the reps first" in done[1]
    with (shell.folder / "deals.csv.rejected.csv").open(encoding="utf-8-sig", newline="") as file:
        [row] = csv.DictReader(file)
    assert row["deal_id"] == "d1"
    assert any("ana@example.com" in value for value in row.values())


def test_an_export_is_recognised_and_what_is_doubtful_is_asked_about(shell: Shell) -> None:
    (shell.folder / "reps.csv").write_text("name,role,team\nBo,AE,East\n", encoding="utf-8")
    shell("import", "reps.csv")
    head = "Record ID,Deal Name,Deal Stage,Close Date,Deal owner,Amount\n"
    row = "1,Globex,Closed won,2026-10-20,Bo,{}\n"
    (shell.folder / "hubspot.csv").write_text(head + row.format(100) + row.format(900), encoding="utf-8")

    told, said = shell("import", "hubspot.csv", "--json", code=1)
    document = json.loads(told)
    assert (document["kind"], document["recognised"]) == ("deals", "a HubSpot export of deals")
    assert (document["read"], document["added"]) == (2, 0)
    assert "Lines 2 and 3 have one key, “1”" in document["doubts"][0]
    assert "say so with --yes" in said

    assert shell.says("import", "hubspot.csv", "--yes")["updated"] == 1
    assert "[recognise]" not in (shown := shell("import", "hubspot.csv", "--suggest")[0])
    assert 'deal_id = "Record ID"' in shown


@pytest.mark.skipif(not MAVEN.exists(), reason="the public CRM export is not at hand")
def test_somebody_elses_crm_export_goes_in_as_it_is(shell: Shell) -> None:
    (shell.folder / "reps.toml").write_text(REPS_MAP, encoding="utf-8")
    (shell.folder / "deals.toml").write_text(DEALS_MAP, encoding="utf-8")
    teams, deals = str(MAVEN / "sales_teams.csv"), str(MAVEN / "sales_pipeline.csv")

    assert shell.says("import", teams, "--kind", "reps", "--map", "reps.toml")["added"] == 35
    assert shell.says("import", deals, "--kind", "deals", "--map", "deals.toml")["added"] == 8800
    assert shell.says("import", deals, "--kind", "deals", "--map", "deals.toml")["unchanged"] == 8800

    _the_ranking_is_honest(shell)
    _the_counts_are_those_of_the_file(shell)
    _what_is_to_come_is_told(shell)
    digest = shell.says("digest", "--team", "Dustin Brinkmann", "--as-of", "2017-12-31")
    assert digest["team"] == "Dustin Brinkmann"
    assert len(digest["blocks"]) <= 50


def _the_ranking_is_honest(shell: Shell) -> None:
    """The agents differ no more than chance: nobody of 30 is top with certainty."""
    ranking = shell.says("ranking", "--role", "AE", "--as-of", "2017-12-31")
    ranked = [rep for rep in ranking["reps"] if rep["score"] is not None]
    assert len(ranked) == 30, "five agents have no deal, which is no data and no place"
    assert all(rep["probability_top"] < 0.9 for rep in ranked)
    assert ranked == sorted(ranked, key=lambda rep: -rep["score"])


def _what_is_to_come_is_told(shell: Shell) -> None:
    (shell.folder / "quotas.csv").write_text("role,period,amount\nAE,2017-Q4,90000\n", encoding="utf-8")
    assert shell.says("import", "quotas.csv")["added"] == 1

    mine = shell.says("scorecard", "--rep", "Moses Frase", "--forecast", "--as-of", "2017-11-15")["forecast"]
    team = shell.says("digest", "--team", "Dustin Brinkmann", "--as-of", "2017-11-15")["forecast"]
    for told in (mine, team):
        assert set(told) == FORECAST_KEYS
        assert told["won"] <= told["interval"][0] <= told["expected"] <= told["interval"][1]
    assert (mine["target"], mine["currency"], mine["period"]["label"]) == (90_000, "USD", "2017-Q4")
    assert mine["pace"] == pytest.approx(mine["won"] / 90_000 / (33 / 65)), "weekdays"
    assert team["target"] % 90_000 == 0


def _the_counts_are_those_of_the_file(shell: Shell) -> None:
    card = shell.says("scorecard", "--rep", "Moses Frase", "--period", "2017-Q4", "--as-of", "2018-01-01")
    with (MAVEN / "sales_pipeline.csv").open(encoding="utf-8-sig", newline="") as file:
        closed = Counter(
            row["deal_stage"]
            for row in csv.DictReader(file)
            if row["sales_agent"] == "Moses Frase" and "2017-10-01" <= row["close_date"] < "2018-01-01"
        )
    win_rate = next(metric for metric in card["metrics"] if metric["key"] == "win_rate")
    assert set(win_rate) == METRIC_KEYS
    assert (win_rate["numerator"], win_rate["denominator"]) == (closed["Won"], closed["Won"] + closed["Lost"])
    idle = shell.says("scorecard", "--rep", "Carl Lin", "--as-of", "2017-12-31")
    assert next(metric for metric in idle["metrics"] if metric["key"] == "win_rate")["value"] is None


def test_what_was_counted_wrongly_is_counted_anew(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "reps.csv").write_text("email,name,role,team\nana@x.test,Ana,SDR,East\n", encoding="utf-8")
    calls = "source,call_id,rep_email,started_at,duration_s\nx,1,ana@x.test,2026-10-05T09:00Z,60\n"
    (tmp_path / "calls.csv").write_text(calls, encoding="utf-8")
    shell("import", "reps.csv", "--kind", "reps")
    shell("import", "calls.csv", "--kind", "calls")
    db = Database(os.environ["DATABASE_URL"])
    with db.begin() as session:
        session.connection().execute(sa.update(RepWeek).values(calls=7))

    shell("db", "rebuild")

    with db.read() as session:
        assert session.scalars(sa.select(col(RepWeek.calls))).all() == [1]
    db.close()


def test_somebody_is_forgotten_after_being_asked_about(shell: Shell) -> None:
    (shell.folder / "reps.csv").write_text(
        "email,name,role,team\nana@example.com,Ana,AE,East\nbo@example.com,Bo,AE,East\n", encoding="utf-8"
    )
    shell("import", "reps.csv", "--kind", "reps")

    shell("forget", code=1)
    shell("forget", "Nobody", "--yes", code=1)
    receipt = json.loads(shell("forget", "ana@example.com", "--yes", "--json")[0])
    assert receipt["erased"] == {"membership": 1, "person": 1}
    assert "Nobody on the roster" in shell("scorecard", "--rep", "Ana", code=1)[1]
    assert "erased" in shell("audit")[0]
    assert "Ana" not in shell("audit")[0]

    assert "Erased" in shell("forget", "--workspace", "--yes")[0]
    assert "Nobody on the roster" in shell("scorecard", "--rep", "Bo", code=1)[1]
