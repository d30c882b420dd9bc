"""A rep asks why a number is what it is, says that it is wrong, and is answered."""

from datetime import timedelta

import pytest
import scipy.special  # noqa: F401  the first card pays for it, which a crowded machine has no time for
from sqlmodel import select

from bot.domain.behind import FigureId, figure_id
from bot.errors import BadInput
from bot.sandbox import Member
from bot.words import DisputeStatus, Role
from storage.tables import Dispute, Person
from tests.builders import Builder
from tests.conversations.office import Office


def ids(office: Office, *people: Member) -> list[int]:
    with office.db.read() as session:
        found = {person.slack_user_id: person.id for person in session.exec(select(Person))}
    return [found[person.id] for person in people]


@pytest.fixture(autouse=True)
def leads(office: Office, ana: Member, bo: Member, mia: Member) -> None:
    """Ana passed 12 leads, from a Friday back; Bo decided 10 of them and accepted 6."""
    sdr, ae = ids(office, ana, bo)
    ago = office.clock() - timedelta(days=10)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for n in range(12):
            build.handoff(sdr, ae, ago - timedelta(days=n), accepted=None if n >= 10 else n < 6)


def explained(person: Member, metric: str, line: str = "/scorecard") -> str:
    """What the person reads after choosing the metric on the card."""
    card = person.commands(line).message
    person.chooses("Why this number?", metric, card)
    person.waits_for("How")
    return person.sees()


def test_a_figure_tells_its_formula_its_days_and_its_records(ana: Member) -> None:
    told = explained(ana, "Qualified leads")

    assert "6 of 10 (60%), 2 awaiting" in told
    assert "qualified ÷ decided" in told
    assert "by the clock of Europe/Berlin" in told
    assert told.count("✓ ") == 6 + 1, "six count, and the legend says so"
    assert told.count("✗ ") == 4 + 1
    assert "✓ Fri, Nov 6, 10:00" in told.replace("\u202f", " ").replace(" AM", "")
    assert "Acme" in told


def test_the_records_are_those_of_the_cards_own_days(ana: Member) -> None:
    assert "no records" in explained(ana, "Qualified leads", "/scorecard week")


def test_only_the_newest_fifty_are_listed(office: Office, ana: Member) -> None:
    [sdr] = ids(office, ana)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for n in range(70):
            build.call(sdr, office.clock() - timedelta(days=2, minutes=n))

    told = explained(ana, "Calls per day")

    assert told.count("✓ ") == 50 + 1
    assert "20 older ones are in the workbook" in told


def test_every_number_of_a_card_can_be_explained(
    office: Office, ana: Member, bo: Member, mia: Member
) -> None:
    am = office.hires("Cy", Role.AM, 1)

    for person in (ana, bo, mia, am):
        card = person.commands("/scorecard").message
        [menu] = [
            e
            for b in (card.blocks if card else [])
            for e in b.get("elements", [])
            if e["type"] == "static_select"
        ]
        for option in menu["options"]:
            person.chooses("Why this number?", option["text"]["text"], card)
            person.waits_for(f"{option['text']['text']}")
            person.waits_for("How")
            person.closes()


def test_a_manager_reads_why_but_the_objection_is_the_reps(mia: Member) -> None:
    told = explained(mia, "Qualified leads", "/scorecard @Ana")

    assert "6 of 10" in told
    assert "This is wrong" not in told


def test_a_figure_somebody_may_not_see_is_not_explained(office: Office, ana: Member) -> None:
    card = ana.commands("/scorecard").message
    with office.db.begin() as session:
        for person in session.exec(select(Person).where(Person.name == "Ana")):
            person.slack_user_id = None
        for person in session.exec(select(Person).where(Person.name == "Bo")):
            person.slack_user_id = ana.id

    ana.chooses("Why this number?", "Qualified leads", card)

    ana.waits_for("for the rep and for those who lead")
    assert ana.modal is None


def disputed(ana: Member, text: str = "Acme of Friday was accepted.") -> str:
    explained(ana, "Qualified leads")
    ana.clicks("This is wrong")
    ana.submits(wrong=text)
    return ana.sees()


def test_a_dispute_goes_to_the_manager_and_the_answer_back(office: Office, ana: Member, mia: Member) -> None:
    assert "Your manager has it" in disputed(ana)
    office.tick()
    assert "Ana says a number is wrong" in mia.sees()
    assert "Acme of Friday was accepted." in mia.commands("/scorecard disputes").says
    assert "Waits for an answer" in ana.commands("/scorecard disputes").says

    mia.clicks("Answer", mia.dm[-2] if "Answer" not in str(mia.dm[-1].blocks) else None)
    mia.submits(verdict="I corrected the record", answer="You are right, it is in now.")
    office.tick()

    ana.closes(everything=True)
    assert "Mia corrected the record" in ana.sees()
    assert "You are right, it is in now." in ana.commands("/scorecard disputes").says
    assert "Nobody of yours" in mia.commands("/scorecard disputes").says
    with office.db.read() as session:
        [kept] = session.exec(select(Dispute))
    assert (kept.status, kept.text) == (DisputeStatus.CORRECTED, "Acme of Friday was accepted.")


def test_the_same_dispute_twice_is_one(office: Office, ana: Member, mia: Member) -> None:
    disputed(ana)
    ana.closes(everything=True)

    assert "said this before" in disputed(ana)
    office.tick()

    assert len([message for message in mia.dm if "says a number is wrong" in message.text]) == 1


def test_two_who_lead_do_not_answer_twice(office: Office, ana: Member, mia: Member, east: int) -> None:
    zoe = office.hires("Zoe", Role.MANAGER, east)
    disputed(ana)
    office.tick()
    for manager in (mia, zoe):
        manager.clicks("Answer")
        manager.waits_for("Your answer")
    mia.submits(verdict="The number stands", answer="Bo rejected it.")

    zoe.submits(verdict="The number stands", answer="No.")

    assert "answered this already" in zoe.sees()
    assert "Bo rejected it." in ana.commands("/scorecard disputes").says


def test_a_dispute_is_not_for_the_manager_of_another_team(office: Office, ana: Member, mia: Member) -> None:
    will = office.hires("Will", Role.MANAGER, office.team("West"))
    disputed(ana)

    assert "Acme" not in will.commands("/scorecard disputes").says


def test_without_a_manager_the_admins_are_asked(office: Office, ana: Member, mia: Member) -> None:
    with office.db.begin() as session:
        for person in session.exec(select(Person).where(Person.name == "Mia")):
            session.delete(person)
    boss = office.hires("Boss", Role.MANAGER, office.team("West"), is_admin=True)

    disputed(ana)
    office.tick()

    assert "Ana says a number is wrong" in boss.sees()


def test_a_figures_name_reads_back_and_nothing_else_is_one() -> None:
    about = figure_id("7 win_rate 2026-10-01..2026-11-01")

    assert figure_id(str(about)) == about
    assert isinstance(about, FigureId)
    for wrong in ("", "7", "7 luck 2026-10-01..2026-11-01", "7 win_rate 2026-13-01..2026-11-01"):
        with pytest.raises(BadInput):
            figure_id(wrong)
