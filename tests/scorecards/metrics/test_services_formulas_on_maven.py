"""What a public CRM export comes to is what a person counts in it by hand."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from bot.calendar.periods import parse
from bot.core.enums import Role
from bot.people.services import people
from bot.pipeline.domain.stuck import Pipeline, StuckReason
from bot.pipeline.services import stuck as pipelines
from bot.scorecards.services import rankings
from bot.tabular.mapping import parse as mapping_of
from tests.imports.test_services_maven import DEALS, FOLDER, ROSTER, plain
from tests.scorecards.metrics import by_hand
from tests.scorecards.metrics.made_floor import written
from tests.scorecards.metrics.saying import agree, figures, spans
from tests.support.databases import SQLiteFiles
from tests.support.importing import Importer, importer

UTC_ZONE = ZoneInfo("UTC")
PERIODS = ("2017-04", "2017-07", "2017-Q3", "2017-W31", "2017-12", "2016-11-01..2017-11-15")
BEGUN = ("2017-07", "2017-Q3", "2017-W31", "2016-11-01..2017-11-15")
needs_maven = pytest.mark.skipif(not FOLDER.exists(), reason=f"{FOLDER} is not here")


@pytest.fixture(scope="module")
def maven(sqlite_files: SQLiteFiles, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Importer]:
    with sqlite_files.fresh() as db:
        files = importer(db, tmp_path_factory.mktemp("maven"))
        files.take_path("reps", FOLDER / "sales_teams.csv", mapping=ROSTER)
        files.take_path("deals", FOLDER / "sales_pipeline.csv", mapping=DEALS)
        yield files


@pytest.fixture(scope="module")
def opportunities() -> list[dict[str, str]]:
    """The export's rows under the names that `by_hand` uses, without those nobody had begun to work on."""
    status = {"Won": "won", "Lost": "lost", "Engaging": "open"}
    return [
        {
            "ae": row["sales_agent"],
            "opened_at": row["engage_date"],
            "closed_at": row["close_date"],
            "status": status[row["deal_stage"]],
            "amount": row["close_value"],
            "product": row["product"],
            "deal_id": row["opportunity_id"],
        }
        for row in plain("sales_pipeline.csv")
        if row["deal_stage"] in status
    ]


@needs_maven
@pytest.mark.parametrize(
    "period, seen",
    [*((period, date(2018, 2, 1)) for period in PERIODS), *((period, date(2017, 8, 3)) for period in BEGUN)],
)
def test_every_agent_of_the_export(
    maven: Importer, opportunities: list[dict[str, str]], period: str, seen: date
) -> None:
    as_of = datetime.combine(seen, time.max, UTC)
    days = spans(period, UTC_ZONE, as_of)
    said = figures(maven, Role.AE, period, zone=UTC_ZONE, as_of=as_of)

    assert said.keys() == {row["sales_agent"] for row in plain("sales_teams.csv")}
    for agent, answer in said.items():
        agree(answer, by_hand.ae([row for row in opportunities if row["ae"] == agent], days), agent)


@needs_maven
def test_the_amounts_won_by_every_agent(maven: Importer, opportunities: list[dict[str, str]]) -> None:
    as_of = datetime(2018, 2, 1, tzinfo=UTC)
    quarter = parse("2017-Q3", now=as_of, zone=UTC_ZONE)
    counted: dict[str, int] = {}
    for row in opportunities:
        if row["status"] == "won" and "2017-07-01" <= row["closed_at"] <= "2017-09-30":
            counted[row["ae"]] = counted.get(row["ae"], 0) + int(row["amount"])

    said: dict[str, Decimal] = {}
    with maven.db.reading(maven.workspace_id, as_of) as books:
        for stint in people.who_held(books, Role.AE, quarter, as_of=as_of):
            deals = pipelines.worked(books, [stint.rep.id], quarter, as_of=as_of)
            won = [deal.amount for deal in deals if deal.closed_at and quarter.contains(deal.closed_at)]
            if any(won):
                said[stint.rep.name] = sum((amount for amount in won if amount), Decimal())
    assert said == counted


@needs_maven
@pytest.mark.parametrize("quarter", ["2017-Q2", "2017-Q3", "2017-Q4"])
def test_nobody_is_named_among_agents_who_do_not_differ(maven: Importer, quarter: str) -> None:
    """Their shares won differ no more than chance would have it (p = .26), however many deals lie open."""
    as_of = datetime(2018, 1, 1, tzinfo=UTC)
    period = parse(quarter, now=as_of, zone=UTC_ZONE)
    with maven.db.reading(maven.workspace_id, as_of) as books:
        told = rankings.board_of(books, Role.AE, period, as_of=min(as_of, period.end), team_id=None)

    assert told.ranking.named == () and len(told.ranking.reps) >= 30


@needs_maven
def test_an_export_without_expected_dates_calls_no_deal_stuck(
    maven: Importer, opportunities: list[dict[str, str]]
) -> None:
    as_of = datetime(2017, 8, 31, 23, 59, tzinfo=UTC)
    august = parse("2017-08", now=as_of, zone=UTC_ZONE)
    standing = [
        row
        for row in opportunities
        if row["ae"] == "Darcel Schlecht"
        and row["opened_at"] < "2017-08-31"
        and (not row["closed_at"] or row["closed_at"] >= "2017-08-31")
    ]
    with maven.db.reading(maven.workspace_id, as_of) as books:
        (darcel,) = (
            stint.rep.id
            for stint in people.who_held(books, Role.AE, august, as_of=as_of)
            if stint.rep.name == "Darcel Schlecht"
        )
        found = pipelines.of_rep(books, darcel, august, as_of=as_of)

    assert (found.open, found.stuck, found.slipped) == (len(standing), 0, 0)
    assert found.not_applied == tuple(StuckReason)


@needs_maven
def test_stuck_and_slipped_deals_of_the_export_with_a_date_and_answers_given_to_each(
    sqlite_files: SQLiteFiles, tmp_path: Path, opportunities: list[dict[str, str]]
) -> None:
    """Every deal is expected 45 days after its opening; the product decides what was pinned down."""
    mine = [row for row in opportunities if row["ae"] in ("Darcel Schlecht", "Anna Snelling")]
    for row in mine:
        expected = date.fromisoformat(row["opened_at"]) + timedelta(days=45)
        row["expected_close"] = expected.isoformat()
        row["timeline_confirmed"] = "yes" if row["product"].startswith("GTX") else "no"
        row["authority_confirmed"] = "yes" if row["product"] == "GTX Basic" else ""
    path = tmp_path / "deals.csv"
    wanted = ("deal_id", "status", "opened_at", "closed_at", "expected_close")
    columns = [*wanted, "timeline_confirmed", "authority_confirmed"]
    written(path, ["ae_name", *columns], [[row["ae"], *(row[name] for name in columns)] for row in mine])

    as_of = datetime(2017, 8, 31, 23, 59, 59, 999999, tzinfo=UTC)
    august = parse("2017-08", now=as_of, zone=UTC_ZONE)
    with sqlite_files.fresh() as db:
        files = importer(db, tmp_path)
        files.take_path("reps", FOLDER / "sales_teams.csv", mapping=ROSTER)
        report = files.take_path("deals", path, mapping=mapping_of({}))
        assert (report.added, report.rejected) == (len(mine), 0)
        with db.reading(files.workspace_id, as_of) as books:
            for stint in people.who_held(books, Role.AE, august, as_of=as_of):
                rows = [row for row in mine if row["ae"] == stint.rep.name]
                found = pipelines.of_rep(books, stint.rep.id, august, as_of=as_of)
                assert (found.open, found.stuck, found.slipped, _unpinned(found)) == plunged(rows), stint.rep


def _unpinned(found: Pipeline) -> int:
    return found.slipped_without_timeline_or_authority or 0


def plunged(rows: by_hand.Rows) -> tuple[int, int, int, int]:
    """Open at the end of August 2017, of those stuck; slipped in August, of those without timeline or authority."""
    opened = stuck = slipped = unpinned = 0
    for row in rows:
        if row["opened_at"] > "2017-08-31":
            continue
        is_pinned = row["timeline_confirmed"] == "yes"
        if not row["closed_at"] or row["closed_at"] > "2017-08-31":
            opened += 1
            stuck += row["expected_close"] <= "2017-08-31" or not is_pinned
        is_august = "2017-08-01" <= row["expected_close"] <= "2017-08-31"
        if is_august and (not row["closed_at"] or row["closed_at"] > row["expected_close"]):
            slipped += 1
            unpinned += not (is_pinned and row["authority_confirmed"] == "yes")
    return opened, stuck, slipped, unpinned
