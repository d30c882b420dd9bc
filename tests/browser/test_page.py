"""The page itself: what it draws, what it sends, and what it refuses."""

import re
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.sandbox import Control, Member, Progress, Sandbox, Tokens, TourStep
from bot.sandbox.server import SECONDS_TO_START
from tests.browser.conftest import PATIENCE, PHONE, Sits
from tests.browser.kitchen import FORM, MESSAGE
from tests.sandbox.roads import over_http
from tests.support import web

browser = pytest.mark.browser
Heard = list[dict[str, Any]]

PAGE = Path(__file__).parents[2] / "bot" / "sandbox" / "page"
MOST_LINES = 1650
WIDER_THAN_SHOWN = """[...document.querySelectorAll("body *")]
    .filter((one) => getComputedStyle(one).overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1)
    .filter((one) => !one.matches(".sr, .sr *, .skip, select, option, .offers"))
    .map((one) => `${one.tagName} ${one.className}: ${one.scrollWidth} in ${one.clientWidth}`)"""
"""What would have to be dragged sideways to be read."""


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


def comes(heard: Heard, page: Page) -> dict[str, Any]:
    """What the app hears next."""
    until(lambda: bool(heard), page)
    return heard.pop(0)


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


@browser
def test_each_input_arrives_as_slack_writes_it(
    sandbox: Sandbox, eva: Member, heard: Heard, sits: Sits
) -> None:
    sales = sandbox.add_channel("sales", [eva])
    page = sits(eva, sandbox)
    says(page, "/form")
    form = page.get_by_role("dialog", name="Everything")

    form.get_by_label("Words").fill("two\nlines <b>&amp;")
    form.get_by_label("Email").fill("eva@team.example")
    form.get_by_label("Number").fill("12")
    form.get_by_label("South").check()
    form.get_by_label("Red").check()
    form.get_by_label("Blue").check()
    form.get_by_label("Menu").select_option("Two")
    form.get_by_label("Dog").check()
    form.get_by_label("Person", exact=True).select_option("Eva")
    form.get_by_role("group", name="People").get_by_label("Eva").check()
    form.get_by_label("Channel").select_option("# sales")
    form.get_by_label("Day").fill("2026-11-20")
    form.get_by_label("Time").fill("09:30")
    form.get_by_label("Moment").fill("2026-11-20T09:30")
    form.get_by_role("button", name="Save").click()

    values = {name: next(iter(state.values())) for name, state in comes(heard, page).items()}
    assert values["words"]["value"].splitlines() == ["two", "lines <b>&amp;"]
    assert (values["email"]["value"], values["number"]["value"]) == ("eva@team.example", "12")
    assert values["radio"]["selected_option"]["value"] == "south"
    assert [one["value"] for one in values["boxes"]["selected_options"]] == ["red", "blue"]
    assert values["menu"]["selected_option"]["text"]["text"] == "Two"
    assert [one["value"] for one in values["many"]["selected_options"]] == ["dog"]
    assert (values["person"]["selected_user"], values["people"]["selected_users"]) == (eva.id, [eva.id])
    assert values["channel"]["selected_channel"] == sales.id
    assert (values["day"]["selected_date"], values["time"]["selected_time"]) == ("2026-11-20", "09:30")
    assert values["moment"]["selected_date_time"] == 1795163400
    assert values["left"]["value"] == "as it was"
    expect(form).to_have_count(0)


@browser
def test_each_element_of_a_message_sends_its_action(
    sandbox: Sandbox, eva: Member, heard: Heard, posts: Callable[..., None], sits: Sits
) -> None:
    posts(blocks=MESSAGE)
    page = sits(eva, sandbox)

    page.get_by_role("button", name="Press me").click()
    assert comes(heard, page)["value"] == "7"
    page.get_by_label("Choose one").select_option("Bob")
    assert comes(heard, page)["selected_option"]["value"] == "bob"
    expect(page.get_by_text("Pick a day")).to_be_visible()
    page.get_by_label("Pick a day").fill("2026-11-20")
    assert comes(heard, page)["selected_date"] == "2026-11-20"
    page.get_by_label("Cake").check()
    assert [one["value"] for one in comes(heard, page)["selected_options"]] == ["cake"]
    page.get_by_label("More").click()
    page.get_by_role("button", name="Mute").click()
    assert comes(heard, page)["selected_option"]["value"] == "mute"


@browser
def test_a_button_that_asks_first_does_nothing_on_a_no(
    sandbox: Sandbox, eva: Member, heard: Heard, posts: Callable[..., None], sits: Sits
) -> None:
    posts(blocks=MESSAGE)
    page = sits(eva, sandbox)
    asks = page.get_by_role("dialog", name="Really?")

    page.get_by_role("button", name="Erase it").click()
    expect(asks).to_contain_text("It is gone then.")
    asks.get_by_role("button", name="Keep").click()
    page.get_by_role("button", name="Erase it").click()
    asks.get_by_role("button", name="Erase").click()

    assert comes(heard, page)["action_id"] == "erase"
    assert heard == []


@browser
def test_what_is_not_drawn_says_so_and_nothing_is_loaded_from_elsewhere(
    sandbox: Sandbox, eva: Member, posts: Callable[..., None], sits: Sits
) -> None:
    posts(blocks=MESSAGE)
    page = sits(eva, sandbox)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.reload()

    message = page.get_by_role("article")
    expect(message).to_contain_text("A block of the type “markdown” is not drawn here")
    expect(message).to_contain_text("# Not drawn")
    expect(message).to_contain_text("A cat far away")
    assert asked and all(url.startswith(sandbox.url) for url in asked)


@browser
def test_a_script_as_a_name_is_shown_and_not_run(
    sandbox: Sandbox, eva: Member, posts: Callable[..., None], sits: Sits
) -> None:
    script = "<img src=x onerror=\"document.title='run'\"><script>document.title='run'</script>"
    sandbox.change(eva, name=script, title='"><script>1</script>')
    posts(script, blocks=[{"type": "section", "text": {"type": "mrkdwn", "text": f"{script} <@{eva.id}>"}}])
    sandbox.controls.append(Control(script, lambda asked: asked["Who"], {"Who": (script,)}))

    page = sits(eva, sandbox)
    says(page, script)
    page.locator("summary", has_text=script).click()

    expect(page.get_by_role("log")).to_contain_text(f"{script} @{script}")
    expect(page.get_by_role("article").last).to_contain_text(script)
    assert page.title() == f"cornerman – {script}"
    assert page.locator("script").count() == 1


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
def test_a_control_is_given_what_stands_beside_it_and_its_sentence_is_told(
    sandbox: Sandbox, eva: Member, sits: Sits
) -> None:
    pressed: list[Mapping[str, str]] = []

    def press(asked: Mapping[str, str]) -> str:
        pressed.append(asked)
        return "It rang."

    asks = {"Rep": ("Ana", "Eva"), "Minutes": ("12",)}
    sandbox.controls.append(Control("A call just ended", press, asks))
    page = sits(eva, sandbox)

    page.get_by_text("A call just ended").first.click()
    expect(page.get_by_label("Rep")).to_have_value("Eva")
    page.get_by_label("Minutes").fill("25")
    page.get_by_role("button", name="A call just ended").click()

    expect(page.get_by_role("status")).to_have_text("It rang.")
    assert pressed == [{"Rep": "Eva", "Minutes": "25"}]


@browser
def test_the_keyboard_is_enough(sandbox: Sandbox, eva: Member, heard: Heard, sits: Sits) -> None:
    page = sits(eva, sandbox)
    says(page, "/form")
    expect(page.get_by_label("Words")).to_be_focused()

    page.keyboard.press("Escape")

    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.locator("main textarea")).to_be_focused()
    assert eva.modal is None


@browser
def test_everything_one_can_act_on_has_a_name(
    sandbox: Sandbox, eva: Member, heard: Heard, posts: Callable[..., None], sits: Sits
) -> None:
    posts(blocks=MESSAGE)
    page = sits(eva, sandbox)
    for _ in range(2):
        cdp = page.context.new_cdp_session(page)
        nodes = cdp.send("Accessibility.getFullAXTree")["nodes"]
        acted = {"button", "link", "textbox", "combobox", "checkbox", "radio", "dialog", "searchbox"}
        named = [
            (node["role"]["value"], node.get("name", {}).get("value", ""))
            for node in nodes
            if not node["ignored"] and node["role"]["value"] in acted
        ]
        assert len(named) > 8
        assert [role for role, name in named if not name.strip()] == []
        says(page, "/form")
        page.get_by_label("Words").wait_for()


@browser
def test_a_phone_need_not_scroll_sideways(
    sandbox: Sandbox, eva: Member, posts: Callable[..., None], sits: Sits
) -> None:
    posts("a_word_without_end" * 30, blocks=MESSAGE)
    page = sits(eva, sandbox, size=PHONE)

    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
    assert page.evaluate(WIDER_THAN_SHOWN) == []


@browser
def test_the_tour_takes_one_there_and_types_for_one(
    sandbox: Sandbox, eva: Member, heard: Heard, client: WebClient, sits: Sits
) -> None:
    ben = sandbox.add_person("Ben")
    client.chat_postMessage(channel=ben.id, text="for Ben")
    sandbox.tour.append(TourStep("Be somebody else", "Ben has a message.", ben.id))
    sandbox.tour.append(TourStep("Fill a form in", "It opens at once.", eva.id, types="/form"))
    page = sits(eva, sandbox)

    page.get_by_role("link", name="Take me there").click()
    expect(page.get_by_role("log")).to_contain_text("for Ben")
    page.get_by_role("link", name="Type /form for me").click()

    expect(page.get_by_role("dialog", name="Everything")).to_be_visible()
    expect(page.get_by_label("You play")).to_have_value(eva.id)


@browser
def test_on_a_phone_the_tour_and_the_log_leave_room_for_the_conversation(
    sandbox: Sandbox, eva: Member, posts: Callable[..., None], sits: Sits
) -> None:
    posts("hello")
    sandbox.tour.append(TourStep("Look around", "There is a message.", eva.id))
    page = sits(eva, sandbox, size=PHONE)

    expect(page.get_by_text("There is a message.")).to_be_hidden()
    expect(page.get_by_text("hello", exact=True)).to_be_in_viewport()
    page.get_by_text("Things to try").click()
    page.get_by_role("link", name="Take me there").click()

    expect(page.get_by_text("There is a message.")).to_be_hidden()


@browser
def test_the_log_is_folded_away_until_somebody_wants_it(
    sandbox: Sandbox, eva: Member, posts: Callable[..., None], sits: Sits
) -> None:
    posts("hello")
    page = sits(eva, sandbox)

    expect(page.get_by_text("chat.postMessage").first).to_be_hidden()
    page.get_by_text("Log of what went between Slack and the bot").click()
    expect(page.get_by_text("chat.postMessage").first).to_be_visible()


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


def test_a_file_is_saved_and_only_a_picture_is_shown(sandbox: Sandbox, eva: Member) -> None:
    [page] = eva.uploads(b"<script>1</script>", "Zoë's day.html").files
    [picture] = eva.uploads(b"\x89PNG", "cat.png").files

    saved = web.get(f"{sandbox.url}/page/files/{page.id}")
    shown = web.get(f"{sandbox.url}/page/files/{picture.id}")

    assert saved.headers["Content-Disposition"] == "attachment; filename*=UTF-8''Zo%C3%AB%27s%20day.html"
    assert saved.headers["Content-Type"] == "application/octet-stream"
    assert (shown.headers["Content-Type"], shown.content) == ("image/png", b"\x89PNG")


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
