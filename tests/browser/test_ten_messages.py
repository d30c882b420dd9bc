"""Each of the ten messages that people get, on a phone and on a desk in both themes; `make screenshots` keeps them."""

import io
import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from bot.sandbox import Member
from tests.browser.conftest import PHONE, Sits
from tests.browser.pages import WIDER_THAN_SHOWN
from tests.coaching.test_conversation_feedback import answers, debriefs, pair
from tests.scorecards.numbers import seven
from tests.support.closers import Team
from tests.support.digest_floor import Floor
from tests.support.leads import add_criterion, passes
from tests.support.office import Office

__all__ = ["pair", "seven"]

pytestmark = pytest.mark.browser

GAP = 12
SMALL_DESK = (1000, 700)
COLOURS = 128
"""Enough for a page, and a third of the size."""
Shows = Callable[..., None]


@pytest.fixture
def shows(sits: Sits, office: Office, tmp_path: Path) -> Shows:
    """Takes a message's pictures for its reader, light beside dark, the message from its beginning on."""
    home = Path(os.environ.get("CORNERMAN_PICTURES") or tmp_path)

    def show(name: str, reader: Member, text: str, *, where: str = "Messages") -> None:
        for device, (width, height) in {"phone": PHONE, "desk": SMALL_DESK}.items():
            both = Image.new("RGB", (2 * width + GAP, height), (128, 128, 128))
            for dark in (False, True):
                page = sits(reader, office.sandbox, size=(width, height), dark=dark)
                both.paste(_taken(page, text, where, width), (dark * (width + GAP), 0))
            (home / device).mkdir(exist_ok=True)
            both.quantize(COLOURS).save(home / device / f"{name}.png", optimize=True)

    return show


def _taken(page: Page, text: str, where: str, width: int) -> Image.Image:
    """`where`: the conversation; blank for what lies over it already."""
    if where:
        page.get_by_role("link", name=where).first.click()
    shown = page.locator("article, dialog, main").filter(has_text=text).last
    expect(shown).to_be_visible()
    shown.evaluate("one => one.scrollIntoView({block: 'start'})")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate(WIDER_THAN_SHOWN) == []
    return Image.open(io.BytesIO(page.screenshot()))


def test_the_question_and_the_form(office: Office, ana: Member, shows: Shows) -> None:
    office.call_ended(ana, contact="Dana Whitfield", company="Kestrel Foods")
    office.tick()
    shows("question", ana, "How did your call with Dana Whitfield")

    ana.clicks("Debrief")
    ana.waits_for("What went well?")

    shows("form", ana, "What went well?", where="")


def test_home_the_card_and_why(seven: dict[str, Member], shows: Shows) -> None:
    fay = seven["Fay"]
    shows("home", fay, "My week", where="Home")
    card = fay.commands("/scorecard").message
    shows("card", fay, "Fay, SDR")

    fay.clicks("Look", card)
    fay.waits_for("“No budget this year”")

    shows("why", fay, "“No budget this year”", where="")


def test_the_digest(floor: Floor, shows: Shows) -> None:
    floor.mia.commands("/scorecard digest")
    floor.mia.clicks("Post now")
    floor.mia.waits_for("is on its way")
    floor.office.tick()

    shows("digest", floor.ana, "Top SDR", where="# sales")


def test_a_pair_and_its_worksheet(team: Team, shows: Shows) -> None:
    team.told()
    coach = team.coach()
    shows("pair", team.ben, "Would you like")
    team.ben.clicks("Accept")
    team.ben.waits_for("You and")
    team.office.tick()

    shows("worksheet", team.ben, "what worked, what did not", where=coach.name)


@pytest.mark.usefixtures("pair")
def test_feedback(office: Office, ana: Member, bo: Member, shows: Shows) -> None:
    debriefs(office, ana)
    answers(office, bo, rating="3 – fair")

    shows("feedback", ana, "What worked, as Bo saw it: You let her talk")


def test_a_handoff(office: Office, ana: Member, bo: Member, mia: Member, shows: Shows) -> None:
    add_criterion(mia, name="Budget is known", kind="Yes or no")
    passes(ana, bo, company="Kestrel Foods", contact="Dana Whitfield", notes="She leads the pilot.")
    office.tick()

    shows("handoff", bo, "Kestrel Foods")
