"""Being forgotten, as the person who asks for it, the admin who hears of it, and the workspace that leaves."""

from sqlmodel import select

from bot.core.enums import AuditAct, Role
from bot.sandbox import Member, text_of
from storage.tables import AuditEntry, Call, Debrief, Erasure, Membership, OutboxMessage, OutboxState, Person
from tests.support.office import Office


def names(office: Office) -> set[str]:
    with office.db.read() as session:
        return set(session.exec(select(Person.name).where(Person.workspace_id == office.workspace_id)))


def test_somebody_asks_to_be_forgotten_and_gets_a_receipt(office: Office, ana: Member, mia: Member) -> None:
    office.call_ended(ana)
    ana.clicks("Meeting booked")
    ana.opens_home()

    ana.clicks("Forget me")
    ana.waits_for("What goes")
    assert "What stays" in ana.sees()
    assert ana.submits().errors, "the box has to be ticked"
    ana.submits(sure=True)
    assert "It has begun" in ana.sees()
    office.tick()

    ana.closes(everything=True)
    ana.waits_for("You have been forgotten")
    assert "debriefs 1, calls 1" in ana.dm[-1].text
    office.later(minutes=2)
    assert "Ana" not in names(office)
    with office.db.read() as session:
        assert session.exec(select(Call)).all() == []
        assert session.exec(select(Debrief)).all() == []
        assert session.exec(select(Erasure.done_at)).one() is not None
        said = session.exec(select(AuditEntry.act)).all()
    assert said == [AuditAct.ASKED_TO_ERASE, AuditAct.ERASED]
    assert "not on the roster" in text_of(ana.opens_home())


def test_a_closed_account_goes_after_a_week_unless_it_comes_back(
    office: Office, ana: Member, east: int
) -> None:
    ada = office.hires("Ada", Role.MANAGER, east, is_admin=True)

    office.sandbox.change(ana, deleted=True)
    office.tick()
    ada.waits_for("The Slack account of Ana was closed")
    office.later(days=6)
    assert "Ana" in names(office)

    office.sandbox.change(ana, deleted=False)
    office.later(days=30)
    assert "Ana" in names(office)
    with office.db.read() as session:
        assert [one.ended_on for one in session.exec(select(Membership))] == [None, None]

    office.sandbox.change(ana, deleted=True)
    office.tick()
    office.later(days=7)
    assert "Ana" not in names(office)


def test_an_admin_keeps_what_a_closed_account_leaves(
    office: Office, ana: Member, mia: Member, east: int
) -> None:
    ada = office.hires("Ada", Role.MANAGER, east, is_admin=True)
    office.sandbox.change(ana, deleted=True)
    office.tick()
    ada.waits_for("was closed")

    ada.clicks("Keep their data")

    ada.waits_for("The data of Ana is kept")
    office.later(days=8)
    assert "Ana" in names(office)


def test_nothing_is_half_said_when_the_app_is_removed(office: Office, ana: Member, mia: Member) -> None:
    office.call_ended(ana)
    before = len(ana.dm)
    office.sandbox.hear({"type": "app_uninstalled"})
    office.corner.inbox.work_all()

    office.call_ended(ana, contact="Zed")
    office.later(days=1)
    assert len(ana.dm) == before
    with office.db.read() as session:
        waiting = session.exec(
            select(OutboxMessage.state).where(OutboxMessage.state == OutboxState.QUEUED)
        ).all()
    assert waiting, "it waits for the erasure, or for the app to come back"

    office.later(days=6, minutes=5)
    assert names(office) == set()


def test_a_persons_revoked_token_is_none_of_ours(office: Office, ana: Member) -> None:
    office.sandbox.hear({"type": "tokens_revoked", "tokens": {"oauth": ["U1"], "bot": []}})
    office.tick()
    with office.db.read() as session:
        assert session.exec(select(Erasure)).all() == []


def test_somebody_renamed_in_slack_is_renamed_here(office: Office, ana: Member) -> None:
    office.sandbox.change(ana, name="Ana Silva")
    office.tick()

    assert "Ana Silva" in names(office)
