"""`cornerman paid`: the month's coaching credit for payroll, as somebody types it."""

import csv
import io
from datetime import date, timedelta

import openpyxl
import pytest

from bot.core.clock import system_clock
from tests.cli.shell import Shell

ROSTER = """email,name,role,team,coach
bo@acme.test,Bo,AE,East,yes
ana@acme.test,Ana,AE,East,no
mia@acme.test,Mia,manager,East,no
"""


@pytest.fixture
def day(shell: Shell) -> date:
    """Of the last month, on which Bo held an hour with a commitment and half an hour without."""
    found = system_clock().date().replace(day=1) - timedelta(days=3)
    (shell.folder / "reps.csv").write_text(ROSTER)
    (shell.folder / "sessions.csv").write_text(
        "session_id,coach_email,learner_email,metric,held_on,minutes,commitment\n"
        f"s1,bo@acme.test,ana@acme.test,win_rate,{found},60,Ask who signs\n"
        f"s2,bo@acme.test,ana@acme.test,win_rate,{found},30,\n"
    )
    shell("import", "reps.csv", "--kind", "reps")
    shell("import", "sessions.csv", "--kind", "sessions")
    return found


def test_the_month_is_printed_written_and_told_as_json(shell: Shell, day: date) -> None:
    month = f"{day:%Y-%m}"

    [row] = csv.DictReader(io.StringIO(shell("paid", "--month", month)[0]))
    [told] = shell.says("paid", "--month", month)
    shell("paid", "--month", month, "-o", "pay.xlsx")

    assert (row["Coach"], row["Minutes held"], row["Credited minutes"], row["Status"]) == (
        "Bo",
        "90",
        "60",
        "waits",
    )
    assert row["Rate an hour"] == "no rate is set" and row["To pay"] == ""
    assert (told["credited_minutes"], told["rate"], told["to_pay"], told["why"]) == (
        60,
        None,
        None,
        "no rate is set",
    )
    page = openpyxl.load_workbook(shell.folder / "pay.xlsx")["Payroll"]
    assert "Bo" in [cell.value for line in page.iter_rows() for cell in line]
    assert shell("audit")[0].count(f"payroll {month}") == 3


def test_a_rep_takes_nothing_along_and_what_is_no_month_or_file_is_refused(shell: Shell, day: date) -> None:
    _, err = shell("paid", "--viewer", "ana@acme.test", code=1)
    assert err == "Only managers and admins take the payroll along.\n"
    _, err = shell("paid", "--month", "2026-W46", code=1)
    assert "Pay goes by the month" in err
    _, err = shell("paid", "--month", f"{day:%Y-%m}", "-o", "pay.pdf", code=1)
    assert "takes a .csv or an .xlsx file" in err
    assert "payroll" not in shell("audit")[0]
    [told] = shell.says("paid", "--month", f"{day:%Y-%m}", "--viewer", "mia@acme.test")
    assert told["coach"]["name"] == "Bo"
