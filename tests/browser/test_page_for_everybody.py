"""The page by keyboard alone, read aloud, and on a phone; its tour and its log."""

from collections.abc import Callable, Mapping

from playwright.sync_api import expect
from slack_sdk import WebClient

from bot.sandbox import Control, Member, Sandbox, TourStep
from tests.browser.conftest import PHONE, Sits
from tests.browser.kitchen import MESSAGE
from tests.browser.pages import WIDER_THAN_SHOWN, Heard, browser, says


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


SMALLER_THAN_A_FINGER = """() => [...document.querySelectorAll("a:not(.skip), button, summary, select, textarea")]
    .map((one) => [one.innerText || one.name, one.getBoundingClientRect().height])
    .filter(([_, height]) => height > 1 && height < 24)"""


@browser
def test_on_a_phone_a_finger_meets_what_it_aims_at(
    sandbox: Sandbox, eva: Member, posts: Callable[..., None], client: WebClient, sits: Sits
) -> None:
    posts(blocks=MESSAGE)
    asked = client.chat_postMessage(channel=eva.id, text="Asked")
    client.chat_postMessage(channel=eva.id, text="Answered", thread_ts=str(asked["ts"]))
    sandbox.tour.append(TourStep("Look around", "There is a message.", eva.id))
    page = sits(eva, sandbox, size=PHONE)
    page.get_by_text("Things to try").click()
    page.get_by_text("Log of what went between Slack and the bot").click()

    assert page.evaluate(SMALLER_THAN_A_FINGER) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


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
