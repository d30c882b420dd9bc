"""The demo's page as somebody meets it who has just typed `make demo`."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect

from bot.demo.controls import offer
from bot.demo.season.season import begins
from bot.demo.stage import MONDAY, Stage, open_stage
from tests.browser.conftest import PHONE, Pictures, Sits
from tests.browser.pages import WIDER_THAN_SHOWN

pytestmark = pytest.mark.browser

SLOW = 120_000
"""Milliseconds in which a busy machine lets a week pass."""


@pytest.fixture
def stage(tmp_path: Path) -> Iterator[Stage]:
    """The demo, whose clock stands still unless it is moved."""
    with open_stage(tmp_path, lambda: begins(MONDAY), with_jobs=False) as stage:
        offer(stage)
        yield stage


def test_a_call_and_a_week_pass_in_a_minute(stage: Stage, sits: Sits, picture: Pictures) -> None:
    page = sits(stage.people["ana"], stage.sandbox)
    log, told = page.get_by_role("log"), page.get_by_role("status")

    page.get_by_text("A call just ended").first.click()
    page.get_by_label("Contact").select_option("Dana Whitfield")
    page.get_by_role("button", name="A call just ended").click()
    expect(told).to_contain_text(
        "has ended. It is Monday, 08:59 there: the question comes Monday, 09:00", timeout=SLOW
    )
    page.get_by_role("button", name="Next morning, 9:00").click()
    expect(log).to_contain_text("How did your call with Dana Whitfield", timeout=SLOW)
    expect(told).to_contain_text("It is Monday, 16 November")
    expect(told).to_be_hidden()
    picture(page, "question", "How did your call with Dana Whitfield")
    page.get_by_role("button", name="Meeting booked").click()
    page.locator("main textarea").fill("/scorecard")
    page.locator("main textarea").press("Enter")
    expect(log).to_contain_text("Ana Ferreira, SDR", timeout=SLOW)
    picture(page, "scorecard", "Ana Ferreira, SDR")

    page.get_by_role("button", name="Next Monday, 9:00").click()
    expect(told).to_contain_text("It is Monday, 23 November", timeout=SLOW)
    page.get_by_role("link", name="# sales-east").click()
    expect(log).to_contain_text("Top SDR: Ana Ferreira")
    expect(told).to_be_hidden()
    picture(page, "digest", "Top SDR: Ana Ferreira")


def test_a_phone_shows_the_demo_whole(stage: Stage, sits: Sits, picture: Pictures) -> None:
    page = sits(stage.people["ana"], stage.sandbox, size=PHONE)
    page.locator("main textarea").fill("/scorecard")
    page.locator("main textarea").press("Enter")
    expect(page.get_by_role("log")).to_contain_text("Ana Ferreira, SDR", timeout=SLOW)

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert page.evaluate(WIDER_THAN_SHOWN) == []
    picture(page, "phone", "Ana Ferreira, SDR")
