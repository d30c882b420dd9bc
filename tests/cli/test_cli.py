"""The shell, as somebody types it: sentences, exit codes, and what is done once."""

import json
import os
import subprocess
import sys
from pathlib import Path

import sqlalchemy as sa
from sqlmodel import col

from storage.database import Database
from storage.tables import RepWeek
from tests.cli.shell import Shell
from tests.tree import ROOT


def test_it_is_a_command_of_its_own(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot", "db", "status"],
        cwd=tmp_path,
        env={"PATH": "/usr/bin:/bin", "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, "needs" in done.stdout) == (0, True), done.stderr


def test_failures_are_one_sentence_and_the_contracts_exit_codes(shell: Shell) -> None:
    assert "SLACK_BOT_TOKEN" in shell("run", code=1)[1]
    assert "xoxb-" in shell("doctor", code=1, SLACK_BOT_TOKEN="a-token")[1]
    assert "DATABASE_URL" in shell("db", "status", code=1, DATABASE_URL="mysql://x")[1]
    for address in ("u:p@ss5ecret@127.0.0.1:1/x", "u:pass5ecret@127.0.0.1:no/x", "u:pass5ecret"):
        told = shell("db", "status", code=1, DATABASE_URL=f"postgresql+psycopg://{address}")[1]
        assert "write @ as %40" in told and "ss5ecret" not in told and "Traceback" not in told
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
