"""Somebody writes, chooses and completes in the page while news come in."""

import re
from collections.abc import Callable

from playwright.sync_api import Route, expect
from slack_sdk import WebClient

from bot.sandbox import Member, Progress, Sandbox
from tests.browser.conftest import Sits
from tests.browser.pages import Heard, browser, says, until


@browser
def test_news_leave_half_typed_words_and_the_focus_alone(
    sandbox: Sandbox, eva: Member, heard: Heard, posts: Callable[..., None], sits: Sits
) -> None:
    page = sits(eva, sandbox)
    page.locator("main textarea").fill("half a sen")

    posts("news")

    expect(page.get_by_role("log")).to_contain_text("news")
    expect(page.locator("main textarea")).to_be_focused()
    expect(page.locator("main textarea")).to_have_value("half a sen")
    says(page, "/form")
    page.get_by_label("Words").fill("half a form")
    posts("more news")
    expect(page.locator("[role=log]")).to_contain_text("more news")
    expect(page.get_by_label("Words")).to_have_value("half a form")
    assert heard == []


@browser
def test_commands_and_names_complete_themselves(sandbox: Sandbox, sits: Sits) -> None:
    sandbox.install(commands={"/scorecard": "your numbers", "/debrief": "log a call"})
    page = sits(sandbox.add_person("Eva Lopez"), sandbox)
    box = page.locator("main textarea")

    box.press_sequentially("/")
    offers = page.get_by_role("listbox", name="What fits").get_by_role("option")
    expect(offers).to_have_count(2)
    expect(offers.last).to_contain_text("your numbers")
    box.press("ArrowDown")
    box.press("Enter")
    box.press_sequentially("@ev")
    box.press("Tab")

    expect(box).to_have_value("/scorecard @Eva Lopez ")
    box.fill("/nothing")
    box.press("Enter")
    expect(page.get_by_role("status")).to_have_text("/nothing is not a valid command.")


@browser
def test_a_thread_opens_beside_the_conversation(
    sandbox: Sandbox, eva: Member, posts: Callable[..., None], sits: Sits
) -> None:
    posts("what do you think?")
    page = sits(eva, sandbox)

    page.get_by_role("article").hover()
    page.get_by_role("link", name="Answer in a thread").click()
    thread = page.get_by_role("complementary", name="Thread")
    thread.get_by_role("textbox").fill("I agree")
    thread.get_by_role("textbox").press("Enter")

    expect(thread.get_by_role("article").last).to_contain_text("I agree")
    expect(page.get_by_role("main")).not_to_contain_text("I agree")
    page.get_by_role("link", name="Close the thread").click()
    expect(page.get_by_role("link", name="1 answer")).to_be_visible()
    [question, answer] = eva.dm
    assert answer.thread_ts == question.ts


@browser
def test_what_takes_long_says_how_far_it_is(sandbox: Sandbox, eva: Member, sits: Sits) -> None:
    sandbox.tell_progress(Progress("The team comes in", 0.25, opening=True))
    page = sits(eva, sandbox)
    expect(page.get_by_role("progressbar")).to_have_attribute("value", "0.25")
    expect(page.get_by_text("The team comes in")).to_be_visible()

    sandbox.tell_progress(Progress("Tuesday, 09:00", 0.5))
    expect(page.get_by_role("banner")).to_contain_text("Tuesday, 09:00")
    sandbox.tell_progress(None)

    expect(page.get_by_role("progressbar")).to_have_count(0)
    expect(page.locator("main textarea")).to_be_visible()


@browser
def test_the_newest_message_is_in_sight(
    sandbox: Sandbox, eva: Member, posts: Callable[..., None], sits: Sits
) -> None:
    for n in range(30):
        posts(f"message {n}")
    page = sits(eva, sandbox)
    expect(page.get_by_text("message 29", exact=True)).to_be_in_viewport()

    posts("\n".join("tall" for _ in range(60)))
    posts("the newest")

    expect(page.get_by_text("the newest")).to_be_in_viewport()


@browser
def test_somebody_elses_news_are_counted(
    sandbox: Sandbox, eva: Member, client: WebClient, sits: Sits
) -> None:
    ben = sandbox.add_person("Ben")
    page = sits(eva, sandbox)

    client.chat_postMessage(channel=ben.id, text="for Ben")

    page.get_by_label("You play").select_option(label="Ben (1 new)")
    expect(page.get_by_role("log")).to_contain_text("for Ben")
    page.get_by_label("You play").select_option(label="Eva · SDR")
    expect(page.get_by_role("option", name="Ben", exact=True)).to_be_attached()


@browser
def test_somebody_chosen_while_the_page_is_drawn_anew_stays_chosen(
    sandbox: Sandbox, eva: Member, client: WebClient, sits: Sits
) -> None:
    ben = sandbox.add_person("Ben")
    client.chat_postMessage(channel=ben.id, text="for Ben")
    page = sits(eva, sandbox)
    held: list[Route] = []
    page.route(f"**/?as={eva.id}*", lambda route: held.append(route))
    client.chat_postMessage(channel=eva.id, text="for Eva")
    until(lambda: bool(held), page)

    page.get_by_label("You play").select_option(label="Ben (1 new)")
    held[0].continue_()

    expect(page.get_by_role("log")).to_contain_text("for Ben")
    expect(page).to_have_url(re.compile(ben.id))


@browser
def test_a_bot_that_does_not_answer_is_said_to_be_silent(sandbox: Sandbox, eva: Member, sits: Sits) -> None:
    page = sits(eva, sandbox)

    says(page, "/scorecard")

    expect(page.get_by_role("status")).to_have_text("The bot could not be reached, or broke.")
    expect(page.locator(".log .failed")).to_contain_text("nobody_listens")
