"""The same number has the same certainty wherever it is told: of one window, one team and one moment."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.blocks.reader import reader
from bot.calendar.periods import parse
from bot.core.enums import DealStatus, Role
from bot.digest.services import compose as digests
from bot.digest.views import as_json as digest_answers
from bot.scorecards.services import rankings
from bot.scorecards.views import as_json as answers
from storage.database import Database
from tests.support.builders import Builder, workspace

BERLIN = ZoneInfo("Europe/Berlin")
NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
WEEK = date(2026, 11, 9)


@pytest.fixture
def east(db: Database) -> tuple[Database, int, int]:
    """Eight AEs, of whom two win more often than the others; deals over the 13 weeks."""
    with db.begin() as session:
        build = workspace(session)
        team = build.team(channel="C0EAST")
        for n in range(8):
            rep = build.rep(f"Rep {n}", Role.AE, team)
            won = {0: 21, 1: 19}.get(n, 11 + n % 3)
            for deal in range(30):
                closed = NOW - timedelta(days=2 + 3 * deal, hours=2)
                status = DealStatus.WON if (deal * 7) % 30 < won else DealStatus.LOST
                build.deal(rep, closed - timedelta(days=20), status=status, closed_at=closed)
        return db, build.workspace_id, team


def likely(rows: list[dict[str, object]]) -> dict[object, object]:
    return {row["name"]: row["probability_top"] for row in rows}


def test_digest_and_ranking_are_as_sure_as_each_other(east: tuple[Database, int, int]) -> None:
    db, workspace_id, team = east
    with db.reading(workspace_id, NOW) as books:
        quarter = parse("13w", now=NOW, zone=BERLIN)
        board = rankings.board_of(books, Role.AE, quarter, as_of=NOW, team_id=team)
        public = rankings.board_of(books, Role.AE, quarter, as_of=NOW, team_id=team, public=True)
        digest = digests.compose(books, team, WEEK, as_of=NOW)
        told = digest_answers.digest(digest, reader(None, BERLIN))["top"]["AE"]
    ranked = likely(answers.ranking(board)["reps"])

    shown = likely(told["named"] + told["contenders"])
    assert shown and shown == {name: ranked[name] for name in shown}
    assert likely(answers.ranking(public)["reps"]) == ranked
    own = {line.person.name: line.place.probability_top for line in digest.own_lines if line.place}
    assert own == ranked


def test_whoever_opts_out_is_left_out_of_what_is_public_alone(east: tuple[Database, int, int]) -> None:
    """The public certainties are those of the others, so that no gap tells; one's own stays what the ranking says."""
    db, workspace_id, team = east
    with db.begin() as session:
        hidden = Builder(session, workspace_id).rep("Shy", Role.AE, team, named_publicly=False)
        for deal in range(30):
            closed = NOW - timedelta(days=2 + 3 * deal, hours=2)
            status = DealStatus.WON if deal % 2 else DealStatus.LOST
            Builder(session, workspace_id).deal(
                hidden, closed - timedelta(days=20), status=status, closed_at=closed
            )
    with db.reading(workspace_id, NOW) as books:
        quarter = parse("13w", now=NOW, zone=BERLIN)
        board = rankings.board_of(books, Role.AE, quarter, as_of=NOW, team_id=team)
        public = rankings.board_of(books, Role.AE, quarter, as_of=NOW, team_id=team, public=True)
        digest = digests.compose(books, team, WEEK, as_of=NOW)
        told = digest_answers.digest(digest, reader(None, BERLIN))["top"]["AE"]

    shown = likely(told["named"] + told["contenders"])
    others = likely(answers.ranking(public)["reps"])
    assert "Shy" not in others and shown and shown == {name: others[name] for name in shown}
    own = {line.person.name: line.place.probability_top for line in digest.own_lines if line.place}
    assert own == likely(answers.ranking(board)["reps"])
