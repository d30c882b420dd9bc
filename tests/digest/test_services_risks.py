"""What the manager alone is told beside the digest."""

from datetime import datetime, timedelta

from sqlmodel import select

from bot.blocks.reader import reader
from bot.core.enums import DisputeStatus, Metric, PairingStatus, Role
from bot.digest.domain.digest import Digest
from bot.digest.services import compose as digests
from bot.digest.views import private
from storage.books import Books
from storage.tables import Call, Dispute
from tests.digest.composed import DUE, NOON, WEEK, Office, a_full_team, office

__all__ = ["office"]


def page(digest: Digest) -> str:
    return private.managers_page(digest, reader(None, digest.week.zone)).text


def dispute(office: Office, rep: int, said_at: datetime, *, is_open: bool = True) -> None:
    office.session.add(
        Dispute(
            workspace_id=office.build.workspace_id,
            person_id=rep,
            metric=Metric.QUALIFIED_RATE,
            first_day=WEEK,
            last_day=WEEK,
            text="One is missing",
            said_at=said_at,
            status=DisputeStatus.OPEN if is_open else DisputeStatus.ANSWERED,
            answered_at=None if is_open else said_at,
        )
    )


def test_the_manager_hears_of_disputes_and_of_coaching_that_is_owed(office: Office) -> None:
    a_full_team(office)
    ana, ben, middle = (office.ids[name] for name in ("Ana", "Ben", "Middle 1"))
    build = office.build
    dispute(office, ben, NOON)
    dispute(office, ana, NOON, is_open=False)
    dispute(office, ana, DUE + timedelta(hours=1))
    build.pairing(office.team, ana, ben, WEEK, status=PairingStatus.ACCEPTED)
    build.pairing(office.team, ana, middle, WEEK, status=PairingStatus.MET)
    build.coached(ana, ben, WEEK - timedelta(days=5), kept=None)
    build.coached(ana, ben, WEEK + timedelta(days=5), kept=None)  # due after the week

    text = page(office.compose())

    assert "1 dispute about a number waits" in text
    assert "Coaching owed: 1 pair wrote down no meeting, 1 commitment unanswered" in text
    assert "coaching places taken" in text


def test_with_nothing_owed_nothing_is_said_of_it(office: Office) -> None:
    a_full_team(office)

    text = page(office.compose())

    assert "owed" not in text and "dispute" not in text


def test_the_manager_hears_of_what_was_accepted_or_advanced_and_led_nowhere(office: Office) -> None:
    a_full_team(office)
    build = office.build
    ana, ben = office.ids["Ana"], office.ids["Ben"]
    ae = build.rep("Ada", Role.AE, office.team)
    before = office.compose().page.leads_without_deal
    build.handoff(ben, ae, NOON - timedelta(days=50), accepted=True)
    build.handoff(ben, ae, NOON - timedelta(days=3), accepted=True)  # its 30 days are not over
    for day in (40, 41, 42, 60):
        build.debrief(ana, NOON - timedelta(days=day), outcome="advanced")
    office.session.flush()
    for number, call in enumerate(office.session.exec(select(Call).where(Call.person_id == ana))):
        call.company = f"Company {number}"
    office.session.flush()

    digest = office.compose()

    assert digest.page.leads_without_deal == before + 1
    assert digest.page.nothing_followed >= 4
    told = page(digest)
    assert "after 30 days" in told
    assert "Nothing followed within 30 days from" in told


def test_a_week_that_runs_owes_no_meeting_yet(office: Office) -> None:
    a_full_team(office)
    ana, ben, middle = (office.ids[name] for name in ("Ana", "Ben", "Middle 1"))
    office.build.pairing(office.team, ana, ben, WEEK, status=PairingStatus.ACCEPTED)
    office.build.pairing(office.team, ana, middle, WEEK, status=PairingStatus.MISSED)
    friday = DUE - timedelta(days=3)

    books = Books(office.session, office.build.workspace_id, friday)
    text = page(digests.compose(books, office.team, WEEK, as_of=friday))

    assert "Coaching owed: 1 pair wrote down no meeting" in text
