"""Calls and deals fetched by hand, as somebody types it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.shell import Shell
from tests.crm.crms import HUBSPOT_DEALS, hubspot_deal
from tests.support.doubles.call_logs import aircall
from tests.support.doubles.crms import TOKEN, HubSpotCrm
from tests.support.doubles.http import Answer, double

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
    today = datetime.now(UTC)
    day, before = (f"{today - timedelta(days=ago):%Y-%m-%d}" for ago in (2, 3))
    assert "[aircall]" in shell("backfill", "aircall", "--since", day, code=1)[1]
    assert "--since takes" in shell("backfill", "aircall", "--since", "lately", code=1)[1]
    assert "no call log of fax" in shell("backfill", "fax", "--since", day, code=1)[1]
    late = shell("backfill", "zoom", "--since", day, "--until", before, code=1)[1]
    assert "must come before" in late


def test_a_crm_is_read_by_hand(shell: Shell, tmp_path: Path) -> None:
    (shell.folder / "reps.csv").write_text(ROSTER, encoding="utf-8")
    shell("import", "reps.csv", "--kind", "reps")
    (tmp_path / "deals.toml").write_text(HUBSPOT_DEALS, encoding="utf-8")
    file = tmp_path / "crm.toml"
    hub = HubSpotCrm(deals={"d1": hubspot_deal("2026-11-10T08:00:00Z")})
    with double(hub) as crm:
        table = f'[hubspot]\naccess_token = "{TOKEN}"\napi_url = "{crm.url}"\ndeals = "deals.toml"\n'
        file.write_text(table, encoding="utf-8")

        out, _ = shell("pull", "crm", code=3, CORNERMAN_CRM=str(file))
        assert "1 deals of hubspot read: 0 added" in out
        assert "1 refused rows wait" in out
        (shell.folder / "more.csv").write_text(
            ROSTER.replace("ana@example.com", "ben@acme.io"), encoding="utf-8"
        )
        shell("import", "more.csv", "--kind", "reps")
        out, _ = shell("pull", "crm", "--json", CORNERMAN_CRM=str(file))
    assert '"rejected": 0' in out


def test_a_pull_without_a_crm_says_how_to_set_one(shell: Shell) -> None:
    assert "CORNERMAN_CRM is not set" in shell("pull", "crm", code=1)[1]


def test_the_doctor_tells_what_did_not_come_in(shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "deals.toml").write_text(HUBSPOT_DEALS, encoding="utf-8")
    file = tmp_path / "crm.toml"
    with double(HubSpotCrm(deals={"d1": hubspot_deal("2026-11-10T08:00:00Z")})) as crm:
        table = f'[hubspot]\naccess_token = "{TOKEN}"\napi_url = "{crm.url}"\ndeals = "deals.toml"\n'
        file.write_text(table, encoding="utf-8")
        shell("pull", "crm", code=3, CORNERMAN_CRM=str(file))

    assert "NO  CRM: hubspot, 1 row of deals refused" in shell("doctor", code=1)[0]
    file.write_text("[pipedrive]", encoding="utf-8")
    said = shell("doctor", code=1, CORNERMAN_CRM=str(file), SLACK_BOT_TOKEN="xoxb-1", SLACK_APP_TOKEN="xapp-1",
                 SLACK_API_URL="http://127.0.0.1:9/")[0]  # fmt: skip
    assert "no CRM that I know" in said
