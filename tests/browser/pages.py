"""What the page sends and shows, and how long somebody waits for it."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

browser = pytest.mark.browser
PATIENCE = 60_000
"""Milliseconds that the browser is given on a busy machine."""
Heard = list[dict[str, Any]]
WIDER_THAN_SHOWN = """[...document.querySelectorAll("body *")]
    .filter((one) => getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1)
    .filter((one) => !one.matches(".sr, .sr *, .skip, select, option, .offers"))
    .map((one) => `${one.tagName} ${one.className}: ${one.scrollWidth} in ${one.clientWidth}`)"""
"""What would have to be dragged sideways to be read."""


def until(holds: Callable[[], bool], page: Page) -> None:
    """The page goes on meanwhile; fails where it never comes to that."""
    for _ in range(PATIENCE // 20):
        if holds():
            return
        page.wait_for_timeout(20)
    raise AssertionError("waited in vain")


def says(page: Page, text: str) -> None:
    box = page.locator("main textarea")
    box.fill(text)
    box.press("Enter")
