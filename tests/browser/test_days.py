"""Days with the bot as people live them on the sandbox's page, in a real browser."""

from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import expect
from sqlmodel import col, select

from bot.core.enums import Outcome
from bot.sandbox import Member
from storage.tables import CoachingSession, Debrief
from tests.browser.conftest import PHONE, Pictures, Sits
from tests.browser.pages import says
from tests.support.closers import Team
from tests.support.digest_floor import Floor
from tests.support.office import Office

pytestmark = pytest.mark.browser

SLOW = 60_000
"""Milliseconds that the first digest of a process may take: it loads the optimiser."""


def test_a_reps_day(office: Office, ana: Member, sits: Sits, picture: Pictures) -> None:
    office.sandbox.change(ana, title="SDR, East")
    page = sits(ana, office.sandbox)
    form = page.get_by_role("dialog")

    office.call_ended(ana, contact="Dana Whitfield", company="Kestrel Foods")
    expect(page.get_by_role("log")).to_contain_text(
        "How did your call with Dana Whitfield, Kestrel Foods end?"
    )
    page.get_by_role("button", name="Meeting booked").click()
    expect(page.get_by_role("log")).to_contain_text(
        "✓ Your call with Dana Whitfield, Kestrel Foods: meeting booked."
    )
    expect(page.get_by_role("button", name="No-show")).to_have_count(0)

    office.call_ended(ana, contact="Omar Haddad", company="Umbra Health", minutes=25)
    page.get_by_role("button", name="Debrief").click()
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_have_text("Please complete this required field.")
    form.get_by_label("Lost").check()
    form.get_by_label("What went well?").fill("He said no early and kindly")
    form.get_by_label("When optional").fill("2026-11-20")
    form.get_by_label("Timeline", exact=True).check()
    picture(page, "form")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("heading", name="A little more")).to_be_visible()
    form.get_by_label("Why was it lost?").fill("Their budget moved to next year")
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    expect(page.get_by_role("log")).to_contain_text("lost")

    says(page, "/scorecard")
    card = page.get_by_role("article").filter(has_text="Only visible to you")
    expect(card).to_contain_text("Ana, SDR")
    page.get_by_role("link", name="Home").click()
    expect(page.get_by_role("main")).to_contain_text("No call to debrief")

    with office.db.read() as session:
        advanced, lost = session.exec(select(Debrief).order_by(col(Debrief.id)))
    assert (advanced.outcome, lost.outcome) == (Outcome.ADVANCED, Outcome.LOST)
    assert (lost.reason, lost.went_well) == ("Their budget moved to next year", "He said no early and kindly")
    assert str(lost.next_step_on) == "2026-11-20"


def test_a_managers_monday(floor: Floor, sits: Sits, picture: Pictures) -> None:
    sandbox = floor.office.sandbox
    sandbox.change(floor.mia, title="Manager, East")
    page = sits(floor.mia, sandbox)

    says(page, "/scorecard digest")
    page.get_by_role("button", name="Post now").click(timeout=SLOW)
    expect(page.get_by_role("log")).to_contain_text("is on its way", timeout=SLOW)
    floor.office.tick()
    news = page.get_by_role("link", name="# sales")
    expect(news).to_contain_text("1 new")
    news.click()
    expect(page.get_by_role("log")).to_contain_text("Top SDR: Ana")

    ben = sits(floor.ben, sandbox)
    ben.get_by_role("link", name="# sales").click()
    ben.get_by_role("button", name="Why am I not here?").click()
    expect(ben.get_by_role("dialog").or_(ben.get_by_text("Only visible to you"))).to_be_visible(timeout=SLOW)


def test_a_manager_takes_the_workbook_home(floor: Floor, sits: Sits) -> None:
    page = sits(floor.mia, floor.office.sandbox)

    says(page, "/scorecard export")
    with page.expect_download(timeout=SLOW) as download:
        page.get_by_role("link", name=".xlsx").click(timeout=SLOW)

    workbook = load_workbook(BytesIO(download.value.path().read_bytes()), read_only=True)
    assert len(workbook.sheetnames) > 1


def test_a_pairs_first_meeting(team: Team, sits: Sits, picture: Pictures) -> None:
    team.told()
    coach, sandbox = team.coach(), team.office.sandbox
    learner, other = sits(team.ben, sandbox), sits(coach, sandbox, size=PHONE, dark=True)

    expect(learner.get_by_role("log")).to_contain_text("You have most to gain in")
    learner.get_by_role("button", name="Accept").click()
    expect(learner.get_by_role("button", name="Accept")).to_have_count(0)
    team.office.tick()
    expect(other.get_by_role("log")).to_contain_text("Ben said yes")

    other.get_by_role(
        "link", name="Ben"
    ).click()  # the two are brought together in a conversation of their own
    other.get_by_role("button", name="We met").first.click()
    form = other.get_by_role("dialog")
    form.get_by_label("minutes").fill("no")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_role("alert")).to_contain_text("whole minutes")
    picture(other, "meeting")
    form.get_by_label("minutes").fill("25")
    form.get_by_label("commitment").fill("Ask who signs")
    form.get_by_role("button", name="Save").click()
    expect(form).to_have_count(0)
    team.office.tick()
    expect(learner.get_by_role("log")).to_contain_text("wrote down your meeting: 25 minutes")

    with team.office.db.read() as session:
        [held] = session.exec(select(CoachingSession)).all()
    assert (held.minutes, held.commitment) == (25, "Ask who signs")


def test_an_offline_sheet_goes_out_and_comes_back(
    office: Office, ana: Member, sits: Sits, tmp_path: Path
) -> None:
    office.call_ended(ana, contact="Dana Whitfield", company="Kestrel Foods")
    page = sits(ana, office.sandbox)
    page.get_by_role("link", name="Home").first.click()
    page.get_by_role("button", name="Work offline").click()
    sent = ana.waits_for(lambda one: next((said for said in one.dm if said.files), None))
    [file] = sent.files  # type: ignore[union-attr]
    book = load_workbook(BytesIO(file.content or b""))
    [sheet] = book.worksheets
    sheet["C2"] = "advanced"
    book.save(tmp_path / "debriefs.xlsx")

    page.get_by_role("link", name="Messages").click()
    page.get_by_label("A file for the bot").set_input_files(tmp_path / "debriefs.xlsx")

    expect(page.get_by_role("log")).to_contain_text("✓ 1 debrief saved.")
