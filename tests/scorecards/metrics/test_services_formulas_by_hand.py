"""Every formula gives what a person counts by hand in files that hold something of everything."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time

import pytest

from bot.core.enums import Role
from tests.scorecards.metrics.made_floor import NEW_YORK, Made
from tests.scorecards.metrics.saying import agree, figures, spans
from tests.support.databases import SQLiteFiles
from tests.support.importing import importer


@pytest.fixture(scope="module", params=[1, 2])
def made(
    request: pytest.FixtureRequest, sqlite_files: SQLiteFiles, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Made]:
    with sqlite_files.fresh() as db:
        yield Made(importer(db, tmp_path_factory.mktemp("made")), seed=request.param)


@pytest.mark.parametrize("role", [Role.SDR, Role.AE, Role.AM])
@pytest.mark.parametrize("period", ["2026-W37", "2026-09", "2026-Q3", "2026-07-02..2026-09-16"])
@pytest.mark.parametrize("seen", [date(2026, 11, 20), date(2026, 9, 10)])
def test_every_metric_of_every_role(made: Made, role: Role, period: str, seen: date) -> None:
    as_of = datetime.combine(seen, time(23, 59, 59, 999999), NEW_YORK)
    days = spans(period, NEW_YORK, as_of)
    said = figures(made.files, role, period, zone=NEW_YORK, as_of=as_of)

    assert len(said) == 3
    for who, answer in said.items():
        counted = made.counted(role, who, days)
        assert answer.keys() - counted.keys() <= {"debrief_rate", "quota_attainment"}, (
            "no questions, no goals"
        )
        agree(answer, counted, f"{who} in {period} as of {seen}")


def test_the_made_up_floor_says_something_of_every_metric(made: Made) -> None:
    as_of = datetime(2026, 11, 20, 12, tzinfo=UTC)
    for role in (Role.SDR, Role.AE, Role.AM):
        for answer in figures(made.files, role, "2026-Q3", zone=NEW_YORK, as_of=as_of).values():
            blank = [key for key, value in answer.items() if value is None]
            assert set(blank) <= {"debrief_rate", "quota_attainment"}
