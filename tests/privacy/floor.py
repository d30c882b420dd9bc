"""A sales floor with people who can be forgotten, and what is known of them."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from sqlmodel import SQLModel

from bot.core.enums import (
    DealStatus,
    ErasureCause,
    Metric,
    Role,
)
from bot.people.services import erasure_requests
from bot.privacy.services import erasure
from bot.privacy.services.erasure import Stage
from storage.database import Database, Session
from storage.tables import (
    Dispute,
    InboxEvent,
    InboxState,
    Target,
    WishKind,
)
from tests.support.builders import workspace

NOW = datetime(2026, 11, 16, 9, tzinfo=UTC)
OCTOBER = datetime(2026, 10, 6, 12, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")


class Floor:
    """East with four SDRs, two AEs; Zoraida, an SDR, has a bit of everything, and so has her AE, Bo."""

    def __init__(self, session: Session) -> None:
        self.build = build = workspace(session)
        self.workspace_id = build.workspace_id
        self.team = build.team()
        self.zora = build.rep("Zoraida", Role.SDR, self.team)
        self.others = [build.rep(name, Role.SDR, self.team) for name in ("Ana", "Cy", "Di")]
        self.bo, self.ed = (build.rep(name, Role.AE, self.team) for name in ("Bo", "Ed"))
        for n in range(5):
            build.debrief(
                self.zora, OCTOBER + timedelta(days=n), outcome="advanced", improve="Zoraida's words"
            )
            build.handoff(
                self.zora, self.bo, OCTOBER + timedelta(days=n), accepted=n < 3, reason="Bo's words"
            )
        build.handoff(self.others[0], self.bo, OCTOBER, accepted=True, reason="Bo's words")
        build.coached(self.bo, self.zora, date(2026, 10, 20), commitment="I, Zoraida, ask who signs")
        build.pairing(self.team, self.bo, self.zora, date(2026, 10, 19))
        build.story(self.zora, "How Zoraida won", OCTOBER)
        build.wish(WishKind.EXCLUSION, self.zora, self.bo)
        build.away(self.zora, date(2026, 12, 1), date(2026, 12, 3))
        build.deal(self.bo, OCTOBER, status=DealStatus.WON, closed_at=OCTOBER + timedelta(days=9))
        session.add_all(self._about_zora())
        session.flush()

    def _about_zora(self) -> list[SQLModel]:
        mine: dict[str, Any] = {"workspace_id": self.workspace_id, "person_id": self.zora}
        event: dict[str, Any] = {"workspace_id": self.workspace_id, "source": "calls/generic", "name": "x"}
        return [
            Dispute(metric=Metric.CALLS_PER_DAY, first_day=date(2026, 10, 1), last_day=date(2026, 10, 2),
                    text="Zoraida objects", said_at=OCTOBER, **mine),
            Target(role=Role.SDR, metric=Metric.CALLS_PER_DAY, value=10, from_day=date(2026, 1, 1), **mine),
            InboxEvent(event_key="1", body={"rep": "Zoraida"}, request_id="", received_at=OCTOBER, next_at=OCTOBER,
                       state=InboxState.DONE, done_at=OCTOBER, **event),
            InboxEvent(event_key="2", body={"rep": "Zoraida"}, request_id="", received_at=OCTOBER, next_at=OCTOBER,
                       state=InboxState.PARKED, done_at=OCTOBER, **event),
        ]  # fmt: skip


def forget(
    db: Database, floor: Floor, person_id: int | None, cause: ErasureCause = ErasureCause.ASKED
) -> int:
    """Asked for and worked to its end; the erasure's id."""
    with db.writing(floor.workspace_id, NOW) as books:
        request = erasure_requests.ask(books, person_id, cause)
    stage = Stage.MORE
    while stage is Stage.MORE:
        with db.writing(floor.workspace_id, NOW) as books:
            stage = erasure.erase_some(books, request.id, tell=False)
    assert stage is Stage.DONE
    return request.id


def everything(db: Database) -> Iterator[str]:
    """Every value of every row of every table, as text."""
    with db.engine.connect() as connection:
        for table in SQLModel.metadata.sorted_tables:
            for row in connection.execute(sa.select(table)):
                yield from (f"{table.name}: {value}" for value in row)
