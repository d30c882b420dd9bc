"""A real Chromium, and people at it. `make screenshots` keeps the pictures that the tests take."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.sandbox import Member, Sandbox, Tokens
from tests.browser.kitchen import FORM
from tests.browser.pages import PATIENCE, Heard
from tests.coaching.conftest import team
from tests.sandbox.conftest import bolt, client, sandbox, tokens
from tests.sandbox.roads import over_http
from tests.support.digest_floor import floor
from tests.support.fixtures import ana, bo, east, mia, office

__all__ = ["ana", "bo", "bolt", "client", "east", "floor", "mia", "office", "sandbox", "team", "tokens"]

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
QUIETLY = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESK, PHONE = (1280, 800), (360, 780)

Sits = Callable[..., Page]
Pictures = Callable[..., None]


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """The system's, one for all tests; without any they are skipped."""
    found = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip("no Chromium on this machine: install one, or say where it is with CHROMIUM=/path/to/it")
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=QUIETLY)
        yield browser
        browser.close()


@pytest.fixture
def sits(chromium: Browser) -> Iterator[Sits]:
    """Opens the page as somebody; whatever the browser complains of, a refused script for one, fails the test."""
    complaints: list[str] = []
    contexts = []

    def sit(member: Member, sandbox: Sandbox, size: tuple[int, int] = DESK, dark: bool = False) -> Page:
        context = chromium.new_context(
            viewport={"width": size[0], "height": size[1]},
            color_scheme="dark" if dark else "light",
            reduced_motion="reduce",
            locale="en-GB",
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.goto(f"{sandbox.url}/?as={member.id}")
        return page

    yield sit
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def picture(tmp_path: Path) -> Pictures:
    """For the README and the docs where `make screenshots` asks for them."""
    folder = Path(os.environ.get("CORNERMAN_PICTURES") or tmp_path)

    def take(page: Page, name: str, shown: str = "") -> None:
        """`shown`: words of the message that the picture is of, from its beginning on."""
        if shown:
            message = page.locator("article").filter(has_text=shown).last
            message.evaluate("one => one.scrollIntoView({block: 'start'})")
        page.mouse.move(0, 0)
        page.screenshot(path=folder / f"{name}.png")

    return take


@pytest.fixture
def eva(sandbox: Sandbox, tokens: Tokens) -> Member:
    return sandbox.add_person("Eva", email="eva@team.example", tz="Europe/Berlin", title="SDR")


@pytest.fixture
def heard(bolt: App, sandbox: Sandbox, client: WebClient) -> Iterator[Heard]:
    """What an app hears that opens a form on `/form` and takes every click."""
    heard: Heard = []

    def opens(ack: Ack, body: dict[str, Any]) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=FORM)

    def takes(ack: Ack, body: dict[str, Any]) -> None:
        heard.append(body["actions"][0] if "actions" in body else body["view"]["state"]["values"])
        ack()

    bolt.command("/form")(opens)
    bolt.view("form")(takes)
    bolt.action(re.compile(".*"))(takes)
    with over_http(bolt, sandbox):
        yield heard


@pytest.fixture
def posts(client: WebClient, eva: Member) -> Callable[..., None]:
    """The app writes to Eva."""

    def post(text: str = "hello", **more: Any) -> None:
        client.chat_postMessage(channel=eva.id, text=text, **more)

    return post
