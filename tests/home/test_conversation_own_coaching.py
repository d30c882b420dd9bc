"""One's pair, what one set out to do, and who coaches whom, as Home tells it."""

from datetime import timedelta

from sqlmodel import select

from bot.coaching.services import commitments
from bot.core.enums import Metric, PairingStatus, Role
from bot.sandbox import Member, text_of
from storage.tables import CoachingSession
from tests.support.office import Office
from tests.support.roster import ids, leaves, paired


def held(office: Office, *, coach: str, learner: str, commitment: str) -> int:
    """A session of today; gives its id."""
    people, today = ids(office), office.clock().date()
    with office.db.writing(office.workspace_id, office.clock()) as books:
        row = CoachingSession(
            workspace_id=office.workspace_id,
            session_key="one",
            coach_id=people[coach],
            learner_id=people[learner],
            metric=Metric.AUTHORITY_RATE,
            held_on=today,
            commitment=commitment,
            due_on=today + timedelta(days=7),
        )
        books.session.add(row)
        books.session.flush()
        commitments.follow_session(books, row.id)
        return row.id


def test_a_pair_that_is_only_proposed_is_told_as_a_question(
    office: Office, ana: Member, bo: Member, east: int
) -> None:
    paired(office, east, coach="Bo", learner="Ana", status=PairingStatus.PROPOSED)

    assert "*Bo* would coach you on *Authority" in text_of(ana.opens_home())
    assert "*Ana* is asked whether you coach them on *Authority" in text_of(bo.opens_home())


def test_a_manager_reads_who_agreed_apart_from_who_has_still_to_answer(
    office: Office, ana: Member, bo: Member, mia: Member, east: int
) -> None:
    office.hires("Cem", Role.SDR, east)
    paired(office, east, coach="Bo", learner="Ana")
    paired(office, east, coach="Bo", learner="Cem", status=PairingStatus.PROPOSED)

    home = text_of(mia.opens_home())

    assert "Pairs that have met this week: 0 of 1. 1 more waits for an answer." in home
    assert "No call to debrief" not in home, "who leads has no calls"


def test_my_pair_and_what_i_set_out_to_do(office: Office, ana: Member, bo: Member, east: int) -> None:
    paired(office, east, coach="Bo", learner="Ana")
    session_id = held(office, coach="Bo", learner="Ana", commitment="Ask who signs")

    home = text_of(ana.opens_home())
    assert "*Bo* coaches you on *Authority" in home
    assert "“Ask who signs”" in home
    assert "You coach *Ana* on *Authority" in text_of(bo.opens_home())

    ana.clicks("Yes, I did")

    assert office.sandbox.workspace.wait_until(lambda: "Ask who signs" not in text_of(ana.person.home), 5)
    with office.db.read() as session:
        kept = session.exec(select(CoachingSession.kept).where(CoachingSession.id == session_id)).one()
    assert kept is True


def test_who_leads_is_not_told_that_they_are_coached_nor_who_left_that_they_coach(
    office: Office, bo: Member, mia: Member
) -> None:
    assert "You are coached" not in text_of(mia.opens_home())
    assert "You coach others" in text_of(bo.opens_home())

    leaves(office, "Bo", office.clock().date() - timedelta(days=1))

    home = text_of(bo.opens_home())
    assert "Change hours" in home
    assert "You coach others" not in home and "be named" not in home
