"""What was said of whoever is forgotten loses its words, those of earlier versions too, and nothing more is said."""

from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlmodel import select

from bot.core.enums import (
    AuditAct,
    ErasureCause,
    OutboxKind,
    Outcome,
)
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.people.services import erasure_requests
from storage.database import Database, DatabaseError
from storage.queries.delivery import outbox_due as messages
from storage.queries.privacy import erasure as queries
from storage.tables import (
    AuditEntry,
    Debrief,
    DebriefVersion,
    Leave,
    OutboxMessage,
    OutboxState,
)
from tests.privacy.floor import NOW, Floor, forget


def test_a_message_already_said_loses_its_words_and_can_still_be_updated(
    any_db: Database, floor: Floor
) -> None:
    with any_db.writing(floor.workspace_id, NOW) as books:
        told = outbox.put(books, Message(OutboxKind.NOTICE, "Ask Zoraida", person_id=floor.bo))  # fmt: skip
        row = books.session.get_one(OutboxMessage, told)
        row.state, row.sent_at, row.ts, row.channel = OutboxState.SENT, NOW - timedelta(days=1), "1.2", "D1"

    forget(any_db, floor, floor.zora)

    with any_db.read() as session:
        row = session.get_one(OutboxMessage, told)
        assert (row.text, row.blocks, row.ts, row.channel) == ("", [], "1.2", "D1")


def test_nothing_more_is_said_where_the_app_was_removed(any_db: Database, floor: Floor) -> None:
    with any_db.writing(floor.workspace_id, NOW) as books:
        outbox.put(books, Message(OutboxKind.DIGEST, "Top", channel="C1"))
        assert messages.is_due(books.session, now=NOW)
        request = erasure_requests.ask(books, None, ErasureCause.UNINSTALLED)
        books.session.flush()
        assert not messages.is_due(books.session, now=NOW)
        assert messages.claim_due(books.session, now=NOW, rest=timedelta()) is None

        erasure_requests.came_back(books)
        assert queries.open_erasures(books) == []
        [old] = books.session.exec(select(OutboxMessage))
        books.session.refresh(old)
        assert old.state is OutboxState.DEAD, "a digest of last week is not news"
    assert request.cause is ErasureCause.UNINSTALLED


def test_the_words_of_an_earlier_version_go_too(any_db: Database, floor: Floor) -> None:
    with any_db.begin() as session:
        debrief = session.exec(select(Debrief).limit(1)).one()
        session.add(
            DebriefVersion(
                workspace_id=floor.workspace_id,
                debrief_id=debrief.id,
                version=1,
                outcome=Outcome.LOST,
                improve="Zoraida, before",
                written_at=NOW,
            )
        )
    forget(any_db, floor, floor.zora)

    with any_db.read() as session:
        assert session.exec(select(DebriefVersion)).all() == []
        assert session.exec(select(Leave)).all() == []


@pytest.mark.parametrize("verb", ["UPDATE audit_entry SET what = 'x'", "DELETE FROM audit_entry"])
def test_the_audit_log_refuses_to_be_changed(any_db: Database, floor: Floor, verb: str) -> None:
    with any_db.begin() as session:
        session.add(
            AuditEntry(workspace_id=floor.workspace_id, at=NOW, act=AuditAct.EXPORTED, what="workbook")
        )
    with pytest.raises(DatabaseError, match="never changed"), any_db.begin() as session:
        session.execute(sa.text(verb))
