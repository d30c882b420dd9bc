"""What the tables of targets, weights and disputes refuse."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlmodel import SQLModel

from bot.core.enums import DisputeStatus, Metric, Role
from storage.database import Database, DatabaseError
from storage.tables import Dispute, Target, Weight, WeightSet
from tests.support.builders import Builder, workspace


def test_a_target_is_never_negative(any_db: Database) -> None:
    with pytest.raises(DatabaseError), any_db.begin() as session:
        home = workspace(session).workspace_id
        session.add(
            Target(
                workspace_id=home,
                role=Role.SDR,
                metric=Metric.QUALIFIED_RATE,
                value=-1,
                from_day=date(2026, 1, 1),
            )
        )


def test_a_metric_has_one_share_of_a_score_and_it_is_a_share(any_db: Database) -> None:
    with any_db.begin() as session:
        home = workspace(session).workspace_id
        proposed = WeightSet(workspace_id=home, role=Role.SDR)
        session.add(proposed)
        session.flush()
        set_id = proposed.id

    def share(value: float) -> Weight:
        return Weight(workspace_id=home, weight_set_id=set_id, metric=Metric.QUALIFIED_RATE, share=value)

    for rows in ([share(0.5), share(0.5)], [share(0)], [share(1.5)]):
        with pytest.raises(DatabaseError), any_db.begin() as session:
            session.add_all(rows)


def test_a_dispute_is_answered_when_it_has_an_answer_and_only_then(any_db: Database) -> None:
    with any_db.begin() as session:
        build = workspace(session)
        rep = build.rep("Ana", Role.SDR, build.team())

    def dispute(build: Builder, **about: Any) -> SQLModel:
        given: dict[str, Any] = {"first_day": date(2026, 1, 1), "last_day": date(2026, 1, 7)} | about
        return Dispute(
            workspace_id=build.workspace_id,
            person_id=rep,
            metric=Metric.QUALIFIED_RATE,
            text="One is missing.",
            said_at=datetime(2026, 1, 8, tzinfo=UTC),
            **given,
        )

    for wrong in (
        {"status": DisputeStatus.CORRECTED},
        {"answered_at": datetime(2026, 1, 9, tzinfo=UTC)},
        {"last_day": date(2025, 12, 31)},
    ):
        with pytest.raises(DatabaseError), any_db.begin() as session:
            session.add(dispute(build, **wrong))
