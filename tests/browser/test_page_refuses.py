"""What the page's server refuses, and that the page stays small."""

import time

import pytest
from playwright.sync_api import expect

from bot.sandbox import Member, Sandbox
from bot.sandbox.server import SECONDS_TO_START
from tests.browser.conftest import Sits
from tests.browser.pages import browser
from tests.support import web
from tests.tree import ROOT

PAGE = ROOT / "bot" / "sandbox" / "page"
MOST_LINES = 1650


@browser
def test_an_open_page_does_not_keep_the_sandbox_from_stopping(sits: Sits) -> None:
    with Sandbox() as sandbox:
        sandbox.install()
        page = sits(sandbox.add_person("Eva"), sandbox)
        expect(page.get_by_role("main")).to_contain_text("Nothing here yet")
        page.goto("about:blank")
        began = time.monotonic()
    assert time.monotonic() - began < SECONDS_TO_START, "nobody had to give up"


def test_only_the_page_itself_may_act(sandbox: Sandbox, eva: Member) -> None:
    said = {"as": eva.id, "text": "hello"}
    for headers in (
        {},
        {"Origin": "http://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:1"},
    ):
        assert web.post(f"{sandbox.url}/page/do/say", data=said, headers=headers).status_code == 403
    assert eva.dm == []

    answer = web.post(f"{sandbox.url}/page/do/say", data=said, headers={"Origin": sandbox.url})

    assert answer.json() == {"said": ""}
    assert [message.text for message in eva.dm] == ["hello"]


@pytest.mark.parametrize("path", ["/", "/page/news", "/page/log/sent/0"])
def test_other_hosts_names_are_refused(sandbox: Sandbox, eva: Member, path: str) -> None:
    answer = web.get(f"{sandbox.url}{path}", headers={"Host": "evil.example"})

    assert answer.status_code == 400


def test_no_script_or_style_may_stand_in_the_page(sandbox: Sandbox, eva: Member) -> None:
    answer = web.get(f"{sandbox.url}/?as={eva.id}", follow_redirects=True)

    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert " style=" not in answer.text and " onclick=" not in answer.text


def test_nobody_there_is_said_kindly() -> None:
    with Sandbox() as empty:
        assert "Nobody is here yet" in web.get(empty.url).text


def test_what_is_asked_of_somebody_or_something_gone_is_told(sandbox: Sandbox, eva: Member) -> None:
    gone = {"as": eva.id, "on": "V0", "key": "a/b", "value": "1", "number": "7"}
    for verb in ("press", "set", "submit", "close", "control", "no-such-verb"):
        answer = web.post(f"{sandbox.url}/page/do/{verb}", data=gone, headers={"Origin": sandbox.url})
        assert answer.json() == {"said": "That is no longer there."}, verb


def test_the_page_stays_small() -> None:
    written = [path for path in PAGE.rglob("*") if path.suffix in (".py", ".html", ".css", ".js", ".svg")]

    assert sum(len(path.read_text(encoding="utf-8").splitlines()) for path in written) < MOST_LINES
