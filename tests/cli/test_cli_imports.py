"""Files taken in by `cornerman import`: refused rows, doubts, somebody else's export."""

import csv
import json
from collections import Counter

import pytest

from tests.cli.shell import Shell
from tests.tree import DATA

MAVEN = DATA / "maven-crm"
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
