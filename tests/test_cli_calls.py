"""Calls and deals fetched by hand, as somebody types it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.doubles.call_logs import aircall
from tests.doubles.http import Answer, double
from tests.test_cli import Shell, shell

__all__ = ["shell"]

ROSTER = "email,name,role,team\nana@example.com,Ana,SDR,East\n"


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    return tmp_path / "sources.toml"


def test_a_call_log_is_read_into_the_calls(shell: Shell, secrets: Path) -> None:
    (shell.folder / "reps.csv").write_text(ROSTER, encoding="utf-8")
    shell("import", "reps.csv", "--kind", "reps")
    began = datetime.now(UTC) - timedelta(hours=5)
    words = ("backfill", "aircall", "--since", f"{began - timedelta(days=1):%Y-%m-%d}")
    with double(aircall(began)) as log:
        table = f'[aircall]\nsecret = "s"\napi_id = "i"\napi_token = "t"\napi_url = "{log.url}"\n'
        secrets.write_text(table, encoding="utf-8")

        out, _ = shell(*words, CORNERMAN_WEBHOOK_SECRETS=str(secrets))
        assert "2 calls of aircall read: 2 added, 0 known" in out
        out, _ = shell(*words, "--json", CORNERMAN_WEBHOOK_SECRETS=str(secrets))
        assert '"known": 2' in out

        log.answers = lambda _: Answer(status=401)
        assert "have expired" in shell(*words, code=1, CORNERMAN_WEBHOOK_SECRETS=str(secrets))[1]


def test_what_is_wrong_is_said_in_a_sentence(shell: Shell, secrets: Path) -> None:
    assert "[aircall]" in shell("backfill", "aircall", "--since", "2026-11-16", code=1)[1]
    assert "--since takes" in shell("backfill", "aircall", "--since", "lately", code=1)[1]
    assert "no call log of fax" in shell("backfill", "fax", "--since", "2026-11-16", code=1)[1]
    late = shell("backfill", "zoom", "--since", "2026-11-17", "--until", "2026-11-16", code=1)[1]
    assert "must come before" in late
