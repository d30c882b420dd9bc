"""Who is top, from the rows to the JSON."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain.periods import parse
from bot.domain.scorecard import Board
from bot.services import rankings, scorecards
from bot.views import answers
from bot.words import Metric, Role
from storage.database import Database
from tests.builders import Builder, workspace

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
    return rankings.of(
        build.session, build.workspace_id, Role.SDR, WEEKS, as_of=NOW, team_id=team, public=public
    )


def test_the_ranking_says_what_the_contract_promises(build: Builder, east: int) -> None:
    for name, qualified in QUALIFIED.items():
        sdr(build, east, name, qualified)

    told = answers.ranking(board(build, east))

    assert list(told) == [
        "role", "team", "period", "named", "contenders", "too_close", "too_few", "reps",
    ]  # fmt: skip
    assert (told["role"], told["team"]) == ("SDR", "East")
    assert told["period"] == {
        "label": "13w",
        "start": "2026-08-17T00:00:00+02:00",
        "end": "2026-11-16T00:00:00+01:00",
        "time_zone": "Europe/Berlin",
    }
    (named,) = told["named"]
    assert (named["name"], list(named)) == ("Ana", ["name", "email", "probability_top"])
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


def test_priors_are_fitted_to_the_year_and_not_to_the_period_alone(build: Builder, east: int) -> None:
    rep = sdr(build, east, "Ana", 40)
    ae = build.rep("Bo", Role.AE, east)
    for n in range(120):
        build.handoff(rep, ae, NOW - timedelta(days=100 + n), accepted=False)

    row = board(build, east).ranking.reps[0]

    estimate = row.estimates[Metric.QUALIFIED_RATE].value
    assert estimate == pytest.approx((20 * 40 / 160 + 40) / 60), "20 pseudo-trials at the year's 40 of 160"


def test_the_card_and_the_ranking_tell_the_same_score(build: Builder, east: int) -> None:
    reps = {name: sdr(build, east, name, qualified) for name, qualified in QUALIFIED.items()}
    ranked = {row["name"]: row["score"] for row in answers.ranking(board(build, east))["reps"]}

    for name, rep in reps.items():
        card = scorecards.of(build.session, build.workspace_id, rep, WEEKS, as_of=NOW)
        assert card.score == pytest.approx(ranked[name])


def test_the_scorecard_says_what_the_contract_promises(build: Builder, east: int) -> None:
    rep = sdr(build, east, "Ana", 30)
    card = scorecards.of(build.session, build.workspace_id, rep, WEEKS, as_of=NOW)

    told = answers.scorecard(card)

    assert list(told) == ["rep", "period", "metrics", "score", "corner"]
    assert list(told["rep"]) == ["name", "email", "slack_user_id", "role", "team"]
    assert [metric["key"] for metric in told["metrics"]][:3] == [
        "leads_per_month", "qualified_rate", "qualification_efficiency",
    ]  # fmt: skip
    rate = told["metrics"][1]
    low, high = rate.pop("interval")
    assert low < rate.pop("estimate") < high
    assert rate.pop("role_middle") is not None
    assert rate == {
        "key": "qualified_rate", "value": 0.75, "numerator": 30, "denominator": 40, "awaiting": 0,
        "unit": "share", "target": None, "attainment": None, "direction": "up", "kind": "effectiveness",
    }  # fmt: skip
    efficiency = told["metrics"][2]
    assert efficiency["value"] is None, "without calls there is no data"
