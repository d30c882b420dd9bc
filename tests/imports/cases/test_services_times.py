"""Durations and moments of every spelling, each column with its own."""

from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.core.errors import BadInput
from storage.tables import Call
from tests.imports.cases.cases import CLOSED, CREATE, Cases

MINUTES: dict[str, Any] = {
    "columns": {
        "call_id": ["agent", "started"],
        "rep_name": "agent",
        "started_at": "started",
        "duration_s": "call_duration_in_minutes",
    },
    "constants": {"source": "dialer"},
    **CREATE,
}


def test_minutes_are_never_read_as_seconds(cases: Cases) -> None:
    with pytest.raises(BadInput, match=r'says minutes.*\[units\] duration_s = "minutes"'):
        cases.take("calls-in-minutes.csv", MINUTES)
    assert cases.acme.all(Call) == []

    cases.take("calls-in-minutes.csv", MINUTES | {"units": {"duration_s": "minutes"}})
    assert [call.talk_seconds for call in cases.acme.all(Call)] == [4200, 323]


def test_durations_of_every_spelling(cases: Cases) -> None:
    columns = {"rep_name": "agent", "started_at": "started", "duration_s": "duration"}
    cases.take("calls-durations.csv", {"columns": columns, "constants": {"source": "dialer"}, **CREATE})

    assert [call.talk_seconds for call in cases.acme.all(Call)] == [323] * 5 + [3723]


def test_each_column_has_its_own_dates(cases: Cases) -> None:
    columns = {
        "deal_id": "Opportunity ID",
        "ae_name": "Owner",
        "status": "Stage",
        "opened_at": "CreatedDate",
        "closed_at": "CloseDate",
        "amount": "Amount",
        "last_activity_at": "LastModifiedDate",
    }
    report = cases.take(
        "deals-two-date-formats.csv", {"columns": columns, "values": {"status": CLOSED}, **CREATE}
    )

    assert (report.added, report.left_out, report.doubts) == (2, 0, ())
    won, still_open = cases.deals()["O1"], cases.deals()["O2"]
    assert won.last_activity_at == datetime(2026, 2, 27, 20, 55, tzinfo=UTC)
    assert won.opened_at and won.opened_at.date() == date(2026, 1, 12)
    assert won.closed_at and won.closed_at.date() == date(2026, 2, 26)
    assert still_open.expected_close == date(2026, 3, 30)


ZONED: dict[str, Any] = {
    "columns": {
        "deal_id": "Id",
        "ae_name": "Owner",
        "status": "Stage",
        "opened_at": "CreatedDate",
        "closed_at": "CloseDate",
        "amount": "Amount",
    },
    "values": {"status": CLOSED},
    **CREATE,
}
FORMATS = ["%Y-%m-%d %H:%M:%S.%f %Z", "%Y-%m-%dT%H:%M:%S%z", "epoch_ms", "excel"]


@pytest.mark.parametrize("dates", [{}, {"columns": {"opened_at": FORMATS}}], ids=["told", "by the map"])
def test_moments_with_zones_epochs_and_excels_days(cases: Cases, dates: dict[str, Any]) -> None:
    report = cases.take("deals-instants-with-zone-names.csv", ZONED | {"dates": dates})

    assert (report.added, report.left_out) == (4, 0)
    assert {key: deal.opened_at for key, deal in cases.deals().items()} == {
        "O1": datetime(2026, 1, 12, 15, 15, tzinfo=UTC),
        "O2": datetime(2026, 1, 13, 8, 15, tzinfo=UTC),
        "O3": datetime(2026, 1, 12, 15, 15, tzinfo=UTC),
        "O4": datetime(2026, 1, 12, 12, 0, tzinfo=UTC),
    }
