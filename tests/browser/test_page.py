"""The page itself: what it draws, and what each input and element sends."""

from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from bot.sandbox import Control, Member, Sandbox
from tests.browser.conftest import Sits
from tests.browser.kitchen import MESSAGE
from tests.browser.pages import Heard, browser, says, until
from tests.support import web


def comes(heard: Heard, page: Page) -> dict[str, Any]:
    """What the app hears next."""
    until(lambda: bool(heard), page)
    return heard.pop(0)


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


def test_a_file_is_saved_and_only_a_picture_is_shown(sandbox: Sandbox, eva: Member) -> None:
    [page] = eva.uploads(b"<script>1</script>", "Zoë's day.html").files
    [picture] = eva.uploads(b"\x89PNG", "cat.png").files

    saved = web.get(f"{sandbox.url}/page/files/{page.id}")
    shown = web.get(f"{sandbox.url}/page/files/{picture.id}")

    assert saved.headers["Content-Disposition"] == "attachment; filename*=UTF-8''Zo%C3%AB%27s%20day.html"
    assert saved.headers["Content-Type"] == "application/octet-stream"
    assert (shown.headers["Content-Type"], shown.content) == ("image/png", b"\x89PNG")
