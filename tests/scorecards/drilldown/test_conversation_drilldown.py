"""A rep asks why a number is what it is, says that it is wrong, and is answered."""

import csv
from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import select

from bot.blocks.reader import reader
from bot.core.enums import DisputeStatus, Metric, Role
from bot.core.errors import BadInput
from bot.sandbox import Member
from bot.scorecards.domain.drilldown import Bearing, FigureId, Record, figure_id
from bot.scorecards.views import drilldown as views
from storage.tables import Dispute, Person
from tests.scorecards.numbers import ids
from tests.support.builders import Builder
from tests.support.office import Office


@pytest.fixture(autouse=True)
def leads(office: Office, ana: Member, bo: Member, mia: Member) -> None:
    """Ana passed 12 leads, from a Friday back; Bo decided 10 of them and accepted 6."""
    sdr, ae = ids(office, ana, bo)
    ago = office.clock() - timedelta(days=10)
    with office.db.begin() as session:
        build = Builder(session, office.workspace_id)
        for n in range(12):
            reason = "No budget before the next fiscal year" if 6 <= n < 10 else ""
            build.handoff(
                sdr, ae, ago - timedelta(days=n), accepted=None if n >= 10 else n < 6, reason=reason
            )


def explained(person: Member, metric: str, line: str = "/scorecard") -> str:
    """What the person reads after choosing the metric on the card."""
    card = person.commands(line).message
    person.chooses("Why this number?", metric, card)
    person.waits_for("Why this number")
    return person.sees()


def test_a_figure_is_told_in_plain_words_with_what_speaks_for_and_against_each(ana: Member) -> None:
    told = explained(ana, "Qualified leads")

    assert "6 of 10 (60%), 2 awaiting, Aug 17, 2026 – Nov 15, 2026." in told
    assert "Of the leads you passed and an AE decided on, those that were accepted" in told
    assert "÷" not in told
    assert "days in Europe/Berlin time" in told
    assert told.count("✓ ") == 6 and told.count("· accepted") == 6
    assert told.count("✗ ") == 4 and told.count("· rejected") == 4
    assert told.count("“No budget before the next fiscal year”") == 4, "with what the AE wrote"
    assert "✓ Fri, Nov 6, 10:00" in told.replace("\u202f", " ").replace(" AM", "")
    assert "Acme" in told


def test_the_records_are_those_of_the_cards_own_days(ana: Member) -> None:
    assert "no records" in explained(ana, "Qualified leads", "/scorecard week")


def test_the_newest_ten_are_listed_and_all_of_it_comes_as_a_file(office: Office, ana: Member) -> None:
    told = explained(ana, "Qualified leads")
    assert told.count("· Acme ·") == 10
    assert "2 older ones are in the file" in told

    ana.clicks("All of it, as a file")
    ana.waits_for("comes to you in our direct messages")
    office.tick()

    [file] = ana.waits_for(lambda member: member.files)
    rows = list(csv.DictReader((file.content or b"").decode("utf-8-sig").splitlines()))
    assert len(rows) == 12
    assert [row["Bears"] for row in rows].count("waits") == 2
    assert "rejected" in {row["Why"] for row in rows}


def test_nothing_that_somebody_wrote_is_a_formula_in_the_file() -> None:
    reads = reader("en-US", ZoneInfo("UTC"))
    record = Record(None, '=HYPERLINK("x")', Bearing.COUNTS, note="accepted", reason="+1 for May")

    [row] = csv.DictReader(
        views.as_file([record], Metric.QUALIFIED_RATE, reads).decode("utf-8-sig").splitlines()
    )

    assert (row["What"], row["In their words"]) == ('\'=HYPERLINK("x")', "'+1 for May")


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
            person.waits_for("Why this number")
            person.closes()


def test_a_manager_reads_why_but_the_objection_is_the_reps(mia: Member) -> None:
    told = explained(mia, "Qualified leads", "/scorecard @Ana")

    assert "6 of 10" in told
    assert "Mistake?" not in told and "Something is missing" not in told


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
    ana.clicks("Something is missing")
    ana.submits(wrong=text)
    return ana.sees()


def test_one_record_is_said_to_be_wrong_where_it_stands(office: Office, ana: Member, mia: Member) -> None:
    explained(ana, "Qualified leads")
    ana.clicks("Mistake?", beside="Oct 31")
    ana.waits_for("what is wrong with this one?")
    assert "rejected" in ana.sees()
    ana.submits(wrong="She has the budget now.")
    office.tick()

    waiting = mia.commands("/scorecard disputes").says.replace("\u202f", " ").replace(" AM", "")
    assert "Acme, rejected: She has the budget now." in waiting, "the manager sees which one"


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
