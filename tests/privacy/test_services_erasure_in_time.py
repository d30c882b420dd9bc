"""When forgetting begins, how long it can be called off, and that it goes in small batches."""

from datetime import timedelta

import pytest

from bot.calendar import periods
from bot.core.enums import (
    ErasureCause,
    FormerCount,
    Role,
)
from bot.core.errors import NotFound
from bot.people.services import erasure_requests
from bot.privacy.services import erasure
from bot.privacy.services.erasure import Stage, people, sums
from storage.database import Database
from storage.queries.privacy import erasure as queries
from storage.tables import (
    Debrief,
    Workspace,
)
from tests.privacy.floor import BERLIN, NOW, Floor, everything, forget


def test_who_left_slack_has_a_week_in_which_it_can_be_called_off(any_db: Database, floor: Floor) -> None:
    with any_db.writing(floor.workspace_id, NOW) as books:
        request = erasure_requests.ask(books, floor.zora, ErasureCause.LEFT)
        assert erasure.erasures_due(books.at(NOW + timedelta(days=6))) == []
        assert erasure.erasures_due(books.at(NOW + timedelta(days=7))) == [request.id]
        assert request.due_at == NOW + timedelta(days=14)
        erasure_requests.call_off(books, request.id)
        assert queries.open_erasures(books) == []


def test_asking_oneself_does_not_wait_for_the_week(any_db: Database, floor: Floor) -> None:
    with any_db.writing(floor.workspace_id, NOW) as books:
        first = erasure_requests.ask(books, floor.zora, ErasureCause.LEFT)
        again = erasure_requests.ask(books, floor.zora, ErasureCause.ASKED)
        assert (again.id, again.begins_at) == (first.id, NOW)


def test_what_has_begun_is_not_called_off(any_db: Database, floor: Floor) -> None:
    with any_db.writing(floor.workspace_id, NOW) as books:
        request = erasure_requests.ask(books, floor.zora, ErasureCause.ASKED)
        erasure.erase_some(books, request.id, tell=False)
    with any_db.writing(floor.workspace_id, NOW) as books, pytest.raises(NotFound, match="has begun"):
        erasure_requests.call_off(books, request.id)


def test_a_whole_workspace_goes_and_its_neighbour_stays(any_db: Database, floor: Floor) -> None:
    with any_db.begin() as session:
        neighbour = Floor(session)
    before = sorted(value for value in everything(any_db))
    done = forget(any_db, floor, None, ErasureCause.OPERATOR)

    with any_db.reading(floor.workspace_id, NOW) as books:
        for table in queries.owned():
            assert not queries.rows(books, table, 1), table.name
        assert books.session.get_one(Workspace, floor.workspace_id).slack_team_id is None
        assert erasure.receipt(books, done).counts["call"] == 5
        kept = queries.rows(books.of(neighbour.workspace_id), Debrief.__table__, 100)  # type: ignore[attr-defined]
    assert len(kept) == 5
    assert sum("Zoraida" in value for value in everything(any_db)) * 2 == sum("Zoraida" in v for v in before)


def test_many_rows_go_in_small_batches(
    any_db: Database, floor: Floor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(people, "BATCH", 2)
    with any_db.writing(floor.workspace_id, NOW) as books:
        request = erasure_requests.ask(books, floor.zora, ErasureCause.ASKED)
    stages = []
    while Stage.DONE not in stages:
        with any_db.writing(floor.workspace_id, NOW) as books:
            stages.append(erasure.erase_some(books, request.id, tell=False))
    assert len(stages) > 12

    october = periods.parse("2026-10", now=NOW, zone=BERLIN)
    with any_db.reading(floor.workspace_id, NOW) as books:
        kept = sums.of_months(books, floor.team, october)
    assert kept[Role.SDR, FormerCount.CALLS] == 5, "each row is counted once"
