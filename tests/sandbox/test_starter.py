"""Somebody else's Bolt app in this Slack: what Slack's starter app does, in the listeners that it has."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any

import pytest
from slack_bolt import Ack, App, Say
from slack_sdk import WebClient

from bot.sandbox import Member, Sandbox, text_of
from tests.tree import ROOT

Run = Callable[[App], AbstractContextManager[None]]

ASKS = {
    "type": "modal",
    "callback_id": "sample_view",
    "title": {"type": "plain_text", "text": "Sample"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "wish",
            "label": {"type": "plain_text", "text": "What do you wish?"},
            "element": {"type": "plain_text_input", "action_id": "text"},
        }
    ],
}
WELCOME = {
    "type": "home",
    "blocks": [{"type": "section", "text": {"type": "mrkdwn", "text": "*Welcome home*"}}],
}


@pytest.fixture
def starter(bolt: App) -> App:
    """A command, a message, an action, a shortcut, a form and a Home tab."""

    @bolt.command("/sample-command")
    def command(ack: Ack) -> None:
        ack("Responding to the sample command!")

    @bolt.message("hello")
    def greets(say: Say, message: dict[str, Any]) -> None:
        button = {"type": "button", "text": {"type": "plain_text", "text": "Click me"}, "action_id": "click"}
        say(text=f"Hi <@{message['user']}>", blocks=[{"type": "actions", "elements": [button]}])

    @bolt.action("click")
    def opens(ack: Ack, body: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=ASKS)

    @bolt.shortcut("sample_shortcut")
    def shortcut(ack: Ack, shortcut: dict[str, Any], client: WebClient) -> None:
        ack()
        client.views_open(trigger_id=shortcut["trigger_id"], view=ASKS)

    @bolt.view("sample_view")
    def sent(ack: Ack, body: dict[str, Any], view: dict[str, Any], client: WebClient) -> None:
        ack()
        wish = view["state"]["values"]["wish"]["text"]["value"]
        client.chat_postMessage(channel=body["user"]["id"], text=f"You wish for {wish}.")

    @bolt.event("app_home_opened")
    def home(event: dict[str, Any], client: WebClient) -> None:
        client.views_publish(user_id=event["user"], view=WELCOME)

    return bolt


def test_a_starter_app_talks_to_a_person(
    starter: App, run_either_way: Run, sandbox: Sandbox, ana: Member
) -> None:
    sandbox.subscribe(["message.im"])
    with run_either_way(starter):
        assert ana.commands("/sample-command").says == "Responding to the sample command!"

        ana.says(None, "hello there")
        ana.waits_for(lambda one: [message for message in one.dm if "Hi" in message.text])
        ana.clicks("Click me")
        ana.submits(wish="a raise")
        ana.waits_for(lambda one: [message for message in one.dm if message.text == "You wish for a raise."])

        ana.shortcut("sample_shortcut")
        ana.waits_for(lambda one: one.modal is not None)

        home = ana.opens_home()
    assert home is not None
    assert "Welcome home" in text_of(home)


def test_what_the_page_shows_runs_as_it_stands() -> None:
    page = (ROOT / "docs" / "sandbox.md").read_text(encoding="utf-8")
    shown: dict[str, Any] = {}

    exec(page.split("```python")[1].split("```")[0], shown)  # noqa: S102  our own page

    shown["test_a_wish_is_taken"]()
