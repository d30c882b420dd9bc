"""Credit stays where it was earned: a later owner, a reopening or a correction changes nothing before it."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from bot.calendar import periods
from bot.core.enums import Metric, Role
from bot.pipeline.services import stuck
from bot.scorecards.domain.definitions import measures
from bot.scorecards.domain.tally import Tally
from bot.scorecards.services import drilldown, tallies
from storage.books import Books
from storage.database import Database
from storage.queries.scorecards import rollups
from storage.tables import DealChange, DealField, Person
from tests.support.builders import workspace
from tests.support.importing import NOW, Importer, importer
from tests.tree import DATA

CASES = DATA / "cases"
ROSTER = "email,name,role,team\nada@acme.io,Ada Sample,AE,East\nbo@acme.io,Bo Sample,AE,East\n"
HEAD = "deal_id,ae_name,status,opened_at,closed_at,amount\n"
OCTOBER = periods.parse("2026-10", now=NOW, zone=ZoneInfo("UTC"))
NOVEMBER = periods.parse("2026-11", now=NOW, zone=ZoneInfo("UTC"))
QUARTER = periods.parse("2026-Q4", now=NOW, zone=ZoneInfo("UTC"))
REOPENED = datetime(2026, 11, 20, 9, tzinfo=UTC)
LATER = datetime(2026, 12, 1, 9, tzinfo=UTC)


@pytest.fixture
def east(any_db: Database, tmp_path: Path) -> Importer:
    acme = importer(any_db, tmp_path)
    acme.take("reps", ROSTER)
    return acme


@pytest.fixture(autouse=True, params=[0, 20])
def few(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Counted from the rollup by week, and from the rows."""
    monkeypatch.setattr(rollups.count, "__kwdefaults__", {"few": request.param})


def people(session: Session) -> dict[str, int]:
    return {name.split()[0]: id for id, name in session.exec(select(Person.id, Person.name))}


def told(acme: Importer, period: object = OCTOBER, as_of: datetime = LATER) -> dict[str, Tally]:
    with acme.db.reading(acme.workspace_id, NOW) as books:
        names = {id: name for name, id in people(books.session).items()}
        rows = tallies.of_role(books, Role.AE, period, as_of=as_of)  # type: ignore[arg-type]
        return {names[row.rep]: row.tally for row in rows}


def won(acme: Importer, period: object = OCTOBER, as_of: datetime = LATER) -> dict[str, tuple[int, int, int]]:
    return {name: (one.won, one.lost, one.worked) for name, one in told(acme, period, as_of).items()}


def behind(acme: Importer, name: str, metric: Metric, as_of: datetime = LATER) -> int:
    with acme.db.reading(acme.workspace_id, NOW) as books:
        who = people(books.session)[name]
        return len(drilldown.rows_behind(books, who, metric, OCTOBER, as_of=as_of))


def test_a_later_owner_has_not_won_what_another_won(east: Importer) -> None:
    east.take("deals", HEAD + "1,Ada Sample,won,2026-10-05,2026-10-20,100\n")
    east.take("deals", HEAD + "1,Bo Sample,won,2026-10-05,2026-10-20,100\n", now=NOW + timedelta(days=1))

    assert won(east) == {"Ada": (1, 0, 1), "Bo": (0, 0, 0)}
    assert won(east, as_of=NOW) == {"Ada": (1, 0, 1), "Bo": (0, 0, 0)}
    assert won(east, NOVEMBER) == {"Ada": (0, 0, 0), "Bo": (0, 0, 0)}
    assert told(east)["Ada"].won_after_days == (15,)
    assert [behind(east, who, Metric.WIN_RATE) for who in ("Ada", "Bo")] == [1, 0]
    changes = [(c.field, c.changed_at) for c in east.all(DealChange)]
    assert changes == [(DealField.AE, NOW + timedelta(days=1))]


@pytest.mark.skipif(not CASES.is_dir(), reason="the cases are not here")
def test_a_won_deal_given_to_a_colleague_stays_a_win_of_whoever_won_it(east: Importer) -> None:
    for at, name in enumerate(("deals-owner-changed-1.csv", "deals-owner-changed-2.csv")):
        east.take("deals", (CASES / name).read_bytes(), now=NOW + timedelta(days=at))

    assert won(east) == {"Ada": (1, 0, 1), "Bo": (0, 0, 0)}


def test_a_deal_handed_on_before_it_closes_is_the_heirs_from_then_on(east: Importer) -> None:
    east.take("deals", HEAD + "1,Ada Sample,open,2026-10-05,,100\n")
    east.take("deals", HEAD + "1,Bo Sample,open,2026-10-05,,100\n", now=NOW + timedelta(days=1))
    east.take("deals", HEAD + "1,Bo Sample,won,2026-10-05,2026-11-20,100\n", now=NOW + timedelta(days=5))

    assert won(east) == {"Ada": (0, 0, 1), "Bo": (0, 0, 0)}, "in October it was Ada's to work"
    assert won(east, NOVEMBER, NOW) == {"Ada": (0, 0, 1), "Bo": (0, 0, 0)}
    assert won(east, NOVEMBER) == {"Ada": (0, 0, 0), "Bo": (1, 0, 1)}
    assert [behind(east, who, Metric.CLOSE_RATE) for who in ("Ada", "Bo")] == [1, 0]


def test_what_was_known_of_a_reopened_deal_stays_true_as_of_then(east: Importer) -> None:
    east.take("deals", HEAD + "1,Ada Sample,won,2026-10-05,2026-10-20,100\n")
    east.take("deals", HEAD + "1,Bo Sample,open,2026-10-05,,100\n", now=REOPENED)
    before, after = REOPENED - timedelta(hours=1), REOPENED

    assert won(east, as_of=before) == {"Ada": (1, 0, 1), "Bo": (0, 0, 0)}
    assert won(east, NOVEMBER, before) == {"Ada": (0, 0, 0), "Bo": (0, 0, 0)}
    assert won(east, as_of=after) == {"Ada": (0, 0, 1), "Bo": (0, 0, 0)}
    assert won(east, NOVEMBER, after) == {"Ada": (0, 0, 0), "Bo": (0, 0, 1)}
    assert behind(east, "Ada", Metric.WIN_RATE, before) == 1
    assert behind(east, "Ada", Metric.WIN_RATE, after) == 0

    east.take("deals", HEAD + "1,Bo Sample,lost,2026-10-05,2026-11-28,100\n", now=LATER)
    assert won(east, as_of=before) == {"Ada": (1, 0, 1), "Bo": (0, 0, 0)}
    assert won(east, NOVEMBER, LATER) == {"Ada": (0, 0, 0), "Bo": (0, 1, 1)}


def test_a_win_corrected_into_a_loss_was_a_win_until_then(east: Importer) -> None:
    east.take("deals", HEAD + "1,Ada Sample,won,2026-10-05,2026-10-20,100\n")
    east.take("deals", HEAD + "1,Ada Sample,lost,2026-10-05,2026-10-20,100\n", now=REOPENED)

    assert won(east, as_of=REOPENED - timedelta(hours=1))["Ada"] == (1, 0, 1)
    assert won(east, as_of=REOPENED)["Ada"] == (0, 1, 1)


def test_a_deal_that_never_changed_hands_counts_as_ever_however_often_the_file_comes(east: Importer) -> None:
    for day in range(3):
        east.take(
            "deals", HEAD + "1,Ada Sample,won,2026-10-05,2026-10-20,100\n", now=NOW + timedelta(days=day)
        )

    assert won(east) == {"Ada": (1, 0, 1), "Bo": (0, 0, 0)}
    assert east.all(DealChange) == []


def test_the_pipeline_of_a_past_day_is_that_of_those_who_had_it_then(east: Importer) -> None:
    east.take("deals", HEAD + "1,Ada Sample,open,2026-10-05,,100\n")
    east.take("deals", HEAD + "1,Bo Sample,open,2026-10-05,,100\n", now=REOPENED)

    def open_at(name: str, as_of: datetime) -> int:
        with east.db.reading(east.workspace_id, NOW) as books:
            who = people(books.session)[name]
            return stuck.of_rep(books, who, QUARTER, as_of=as_of).open

    assert [open_at(who, NOW) for who in ("Ada", "Bo")] == [1, 0]
    assert [open_at(who, LATER) for who in ("Ada", "Bo")] == [0, 1]


def test_an_account_that_its_heir_lost_is_not_lost_by_whoever_handed_it_over(any_db: Database) -> None:
    with any_db.begin() as session:
        build = workspace(session)
        team = build.team(zone="UTC")
        ada, bo = (build.rep(name, Role.AM, team) for name in ("Ada", "Bo"))
        for account in ("Kept", "Lost by the heir"):
            build.account(ada, account, date(2026, 1, 31), 100)
        build.account(bo, "Lost by the heir", date(2026, 9, 15), 100)
        build.account(bo, "Lost by the heir", date(2026, 10, 15), 0)
        session.flush()

        def retained(period: periods.Period) -> dict[int, float | None]:
            rows = tallies.of_role(Books(session, build.workspace_id, NOW), Role.AM, period, as_of=LATER)
            return {
                row.rep: next(
                    measure.value
                    for measure in measures(Role.AM, row.tally, row.presence, monthly_tool_cost=Decimal(1))
                    if measure.key is Metric.NET_RETENTION
                )
                for row in rows
            }

        whole = periods.parse("2026-08-01..2026-11-01", now=NOW, zone=ZoneInfo("UTC"))
        assert retained(whole) == {ada: 1.0, bo: None}, "it was not Ada's any more when it was lost"
        assert retained(OCTOBER) == {ada: 1.0, bo: 0.0}
