"""Who is top, from the rows to the JSON."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.blocks.reader import reader
from bot.calendar.periods import parse
from bot.core.enums import DealStatus, Metric, Role
from bot.scorecards.domain.scorecard import Board
from bot.scorecards.services import rankings
from bot.scorecards.services import scorecard as scorecards
from bot.scorecards.views import as_json as answers
from bot.scorecards.views import ranking as views
from storage.books import Books
from storage.database import Database
from tests.support.builders import Builder, workspace

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
WEEKS = parse("13w", now=NOW, zone=BERLIN)
QUALIFIED = {"Ana": 36, "Abe": 12, "Cat": 12, "Dov": 11, "Eda": 10}


@pytest.fixture
def build(db: Database) -> Iterator[Builder]:
    with db.begin() as session:
        yield workspace(session)


@pytest.fixture
def east(build: Builder) -> int:
    return build.team("East")


def sdr(build: Builder, team: int, name: str, qualified: int, **about: Any) -> int:
    """Forty leads passed and decided."""
    rep = build.rep(name, Role.SDR, team, **about)
    ae = build.rep(f"AE of {name}", Role.AE, team)
    for n in range(40):
        build.handoff(rep, ae, NOW - timedelta(days=10 + n), accepted=n < qualified)
    return rep


def board(build: Builder, team: int | None, *, public: bool = False) -> Board:
    return rankings.board_of(
        Books(build.session, build.workspace_id, NOW), Role.SDR, WEEKS, as_of=NOW, team_id=team, public=public
    )


def test_the_ranking_says_what_the_contract_promises(build: Builder, east: int) -> None:
    for name, qualified in QUALIFIED.items():
        sdr(build, east, name, qualified)

    told = answers.ranking(board(build, east))

    assert list(told) == [
        "role", "team", "period", "bar", "named", "contenders", "too_close", "too_few", "reps",
    ]  # fmt: skip
    assert (told["role"], told["team"]) == ("SDR", "East")
    assert told["period"] == {
        "label": "13w",
        "start": "2026-08-17T00:00:00+02:00",
        "end": "2026-11-16T00:00:00+01:00",
        "time_zone": "Europe/Berlin",
    }
    (named,) = told["named"]
    assert (named["name"], list(named)) == (
        "Ana", ["name", "email", "probability_top", "for", "survives_overdue"],
    )  # fmt: skip
    assert named["for"] == ["qualified_rate"]
    assert told["bar"] == pytest.approx(9 * 0.2 / (1 + 8 * 0.2))
    assert named["probability_top"] > 0.9
    assert (told["contenders"], told["too_close"], told["too_few"]) == ([], False, False)
    first = told["reps"][0]
    assert list(first) == ["name", "email", "score", "probability_top", "ramping", "estimates"]
    rate = first["estimates"]["qualified_rate"]
    assert (rate["raw"], rate["numerator"], rate["denominator"]) == (0.9, 36, 40)
    assert 0.5 < rate["value"] < 0.9


def test_who_opted_out_leaves_the_public_ranking_without_a_gap(build: Builder, east: int) -> None:
    for name, qualified in QUALIFIED.items():
        sdr(build, east, name, qualified, named_publicly=name != "Ana")

    public, complete = board(build, east, public=True), board(build, east)

    assert len(complete.ranking.reps) == 5
    assert "Ana" not in {public.reps[row.rep].name for row in public.ranking.reps}
    assert all(row.place and row.place.of == 4 for row in public.ranking.reps)


def test_a_team_is_ranked_within_itself_by_the_roles_measure(build: Builder, east: int) -> None:
    for name, qualified in QUALIFIED.items():
        sdr(build, east, name, qualified)
    west = build.team("West")
    for name in ("Fay", "Gil", "Hal"):
        sdr(build, west, name, 20)

    assert {rep.name for rep in board(build, west).reps.values()} == {"Fay", "Gil", "Hal"}
    assert len(board(build, None).ranking.reps) == 8
    assert answers.ranking(board(build, None))["team"] is None
    middles = {
        one.ranking.estimates.columns[Metric.QUALIFIED_RATE].middle
        for one in (board(build, None), board(build, west))
    }
    assert len(middles) == 1


def test_two_are_too_few_to_name_one(build: Builder, east: int) -> None:
    for name in ("Ana", "Abe"):
        sdr(build, east, name, QUALIFIED[name])

    told = answers.ranking(board(build, east))
    assert told["too_few"]
    assert told["named"] == told["contenders"] == []


def test_priors_are_made_of_the_years_windows_of_the_same_length(build: Builder, east: int) -> None:
    """A rep of two leads is drawn to what the role showed in the year, not to those two alone."""
    reps = [sdr(build, east, name, 20) for name in ("Ana", "Abe", "Cat", "Dov")]
    ae = build.rep("Bo", Role.AE, east)
    for rep in reps:
        for n in range(200):
            build.handoff(rep, ae, NOW - timedelta(days=95 + n), accepted=n % 2 == 0)
    late = build.rep("Eda", Role.SDR, east)
    for n in (3, 4):
        build.handoff(late, ae, NOW - timedelta(days=n), accepted=True)

    row = next(row for row in board(build, east).ranking.reps if row.rep == late)

    estimate = row.estimates[Metric.QUALIFIED_RATE].value
    assert estimate is not None and 0.45 < estimate < 0.6


def test_a_year_of_wins_without_a_loss_ranks_nobody_and_says_so(build: Builder, east: int) -> None:
    for name, won in (("Ana", 12), ("Abe", 3), ("Cat", 2)):
        ae = build.rep(name, Role.AE, east)
        for n in range(won):
            day = NOW - timedelta(days=10 + n)
            build.deal(ae, day - timedelta(days=20), status=DealStatus.WON, closed_at=day)

    told = rankings.board_of(
        Books(build.session, build.workspace_id, NOW), Role.AE, WEEKS, as_of=NOW, team_id=east
    )

    assert not told.ranking.named
    assert "No deal was ever marked lost" in views.judged(told, reader(None, BERLIN))


def test_who_never_marks_a_loss_is_not_named_for_it(build: Builder, east: int) -> None:
    """Nine wins of nine closed, and twenty deals left open past the day they were to close."""
    for name in ("Ana", "Abe", "Cat", "Dov"):
        ae = build.rep(name, Role.AE, east)
        for n in range(36):
            day = NOW - timedelta(days=10 + 2 * n)
            is_won = n < 12
            if name == "Ana" and not is_won:
                build.deal(ae, day - timedelta(days=20), expected_close=day.date())
            else:
                status = DealStatus.WON if is_won else DealStatus.LOST
                build.deal(ae, day - timedelta(days=20), status=status, closed_at=day)

    told = rankings.board_of(
        Books(build.session, build.workspace_id, NOW), Role.AE, WEEKS, as_of=NOW, team_id=east
    )

    assert not told.ranking.named and told.ranking.overdue
    assert "many deals are overdue" in views.judged(told, reader(None, BERLIN))


def test_the_card_and_the_ranking_tell_the_same_score(build: Builder, east: int) -> None:
    reps = {name: sdr(build, east, name, qualified) for name, qualified in QUALIFIED.items()}
    ranked = {row["name"]: row["score"] for row in answers.ranking(board(build, east))["reps"]}

    for name, rep in reps.items():
        card = scorecards.scorecard_of(Books(build.session, build.workspace_id, NOW), rep, WEEKS, as_of=NOW)
        assert card.score == pytest.approx(ranked[name])


def test_the_scorecard_says_what_the_contract_promises(build: Builder, east: int) -> None:
    rep = sdr(build, east, "Ana", 30)
    card = scorecards.scorecard_of(Books(build.session, build.workspace_id, NOW), rep, WEEKS, as_of=NOW)

    told = answers.scorecard(card)

    assert list(told) == ["rep", "period", "metrics", "score", "corner", "coached_minutes"]
    assert list(told["rep"]) == ["name", "email", "slack_user_id", "role", "team"]
    assert [metric["key"] for metric in told["metrics"]][:3] == [
        "leads_per_month", "qualified_rate", "qualification_efficiency",
    ]  # fmt: skip
    rate = told["metrics"][1]
    low, high = rate.pop("interval")
    assert low < rate.pop("estimate") < high
    assert rate.pop("role_middle") is None, "the middle of one is no middle"
    assert rate == {
        "key": "qualified_rate", "verdict": "cannot_tell", "certainty": None, "before": None, "moved": "not_told",
        "value": 0.75, "numerator": 30, "denominator": 40, "awaiting": 0,
        "unit": "share", "target": None, "attainment": None, "direction": "up", "kind": "effectiveness",
    }  # fmt: skip
    efficiency = told["metrics"][2]
    assert efficiency["value"] is None, "without calls there is no data"
