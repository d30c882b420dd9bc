"""Calls of somebody nobody knows wait, are shown once per person, and follow once somebody says who that is."""

from datetime import timedelta

from sqlmodel import select

from bot.calls.domain.call import Agent, EndedCall
from bot.calls.services import agent_names, arrivals
from bot.core.enums import Role
from bot.sandbox import Member
from storage.tables import Person, StrayCall
from tests.calls.sources.reading import calls
from tests.support.office import Office

MINUTES = timedelta(minutes=12)


def rings(
    office: Office, agent: Agent, key: str = "c-1", *, ago: timedelta = timedelta(), **more: object
) -> None:
    """The phone system tells of a call that ended `ago`."""
    now = office.clock()
    ended = EndedCall("zoom", "", key, agent, now - ago - MINUTES, now - ago, contact="Dana", **more)  # type: ignore[arg-type]
    with office.db.writing(office.workspace_id, now) as books:
        arrivals.take(books, ended)


def test_the_admin_says_who_an_extension_is_and_the_calls_follow(
    office: Office, ana: Member, boss: Member
) -> None:
    rings(office, Agent(key="1001", name="A. Desk"))
    rings(office, Agent(key="1001", name="A. Desk"), "c-2")
    office.tick()
    assert ana.dm == []

    boss.opens_home()
    assert "Calls of 1 person I do not know" in boss.sees()
    assert "A. Desk (1001)" in boss.sees()
    assert "2 calls" in boss.sees()
    boss.clicks("This is…")
    boss.submits(person=ana)
    office.tick()

    assert len(calls(office)) == 2
    assert "Dana" in ana.dm[0].text
    boss.closes(everything=True)
    boss.opens_home()
    assert "I do not know" not in boss.sees()


def test_what_was_said_holds_for_the_next_call(office: Office, ana: Member, mia: Member) -> None:
    mia.commands("/scorecard agents")
    mia.clicks("Add one")
    mia.submits(source="zoom", agent="+49 30 / 901-820", person=ana)
    assert "→" in mia.sees()

    rings(office, Agent(key="+4930901820"))

    assert [call.source for call in calls(office)] == ["zoom"]


def test_a_call_older_than_a_day_is_history_once_its_rep_is_known(
    office: Office, ana: Member, boss: Member
) -> None:
    rings(office, Agent(key="1001"), ago=timedelta(days=3))
    boss.opens_home()
    boss.clicks("This is…")
    boss.submits(person=ana)
    office.tick()

    assert [call.imported for call in calls(office)] == [True]
    assert ana.dm == []


def test_a_key_that_comes_with_the_email_answers_the_question_itself(office: Office, ana: Member) -> None:
    rings(office, Agent(key="1001"), is_hint=True)
    rings(office, Agent(email="ana@example.com", key="1001", name="Ana"))
    office.tick()

    [call] = calls(office)
    assert not call.hinted
    with office.db.reading(office.workspace_id, office.clock()) as books:
        assert agent_names.count_unnamed(books) == 0
        assert books.session.exec(select(StrayCall)).all() == []
    rings(office, Agent(key="1001"), "c-2", is_hint=True)
    assert len(calls(office)) == 2


def test_calls_of_nobody_are_not_kept(office: Office, boss: Member) -> None:
    rings(office, Agent(key="lobby"))
    boss.opens_home()
    boss.clicks("This is…")
    boss.submits(not_ours=["not_ours"])

    rings(office, Agent(key="lobby"), "c-2")

    boss.closes(everything=True)
    boss.opens_home()
    assert "I do not know" not in boss.sees()
    with office.db.read() as session:
        assert session.exec(select(StrayCall)).all() == []


def test_a_form_without_an_answer_says_so(office: Office, boss: Member) -> None:
    rings(office, Agent(key="1001"))
    boss.opens_home()
    boss.clicks("This is…")

    assert "pick the person" in boss.submits().errors["person"]


def test_a_rep_sees_no_list_and_a_manager_names_only_their_own(
    office: Office, ana: Member, mia: Member
) -> None:
    west = office.hires("Wes", Role.SDR, office.team("West"))
    rings(office, Agent(key="1001"))

    assert "Only their manager" in ana.commands("/scorecard agents").says
    mia.commands("/scorecard agents")
    mia.clicks("This is…")
    mia.submits(person=west)
    assert "Only their manager" in mia.sees()
    assert calls(office) == []


def test_a_redelivery_of_a_stray_is_one_stray(office: Office, boss: Member) -> None:
    for _ in range(3):
        rings(office, Agent(key="1001"))
    boss.opens_home()

    assert "1 call," in boss.sees()


def test_who_is_gone_from_the_roster_leaves_no_mapping(office: Office, ana: Member, mia: Member) -> None:
    mia.commands("/scorecard agents")
    mia.clicks("Add one")
    mia.submits(source="zoom", agent="1001", person=ana)
    with office.db.begin() as session:
        session.delete(session.exec(select(Person).where(Person.slack_user_id == ana.id)).one())

    rings(office, Agent(key="1001"))

    assert calls(office) == []


def test_a_call_of_an_email_nobody_knows_follows_when_its_person_joins(office: Office, east: int) -> None:
    rings(office, Agent(email="Ana@Example.com"), "c-1")
    rings(office, Agent(email="ana@example.com", key="1001"), "c-2")
    office.tick()
    assert calls(office) == []

    ana = office.hires("Ana", Role.SDR, east)
    office.later(minutes=1)

    assert {call.call_key for call in calls(office)} == {"c-1", "c-2"}
    assert "Dana" in ana.dm[0].text


def test_what_cannot_be_a_call_is_left_out_whoever_tells_it(office: Office, ana: Member) -> None:
    for key, ago in (("old", timedelta(days=3000)), ("coming", -timedelta(days=400))):
        rings(office, Agent(email="ana@example.com"), key, ago=ago)
        rings(office, Agent(key="1001"), key, ago=ago)
    office.tick()

    assert calls(office) == []
    assert ana.dm == []
    with office.db.read() as session:
        assert session.exec(select(StrayCall)).all() == []
