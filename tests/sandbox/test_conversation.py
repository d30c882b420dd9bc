"""A person and a real Bolt app, over sockets and over HTTP: Home, shortcuts, and a workflow's step."""

from typing import Any

from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.sandbox import Member, Sandbox, text_of
from tests.sandbox.forms import section
from tests.sandbox.parts import Json
from tests.sandbox.roads import Run


def test_the_home_tab_shows_what_the_app_publishes(
    bolt: App, run_either_way: Run, client: WebClient, ana: Member
) -> None:
    @bolt.event("app_home_opened")
    def publish(event: Json) -> None:
        client.views_publish(
            user_id=event["user"], view={"type": "home", "blocks": [section("3 calls wait")]}
        )

    with run_either_way(bolt):
        assert "3 calls wait" in text_of(ana.opens_home())


def test_shortcuts_arrive_with_what_they_were_used_on(
    bolt: App, run: Run, client: WebClient, ana: Member
) -> None:
    heard: list[Json] = []

    @bolt.shortcut("log_call")
    def hear(ack: Ack, shortcut: Json) -> None:
        heard.append(shortcut)
        ack()

    posted = client.chat_postMessage(channel=ana.id, text="Dana called")

    with run(bolt):
        assert ana.shortcut("log_call").error == ""
        ana.message_shortcut("log_call", ana.dm[-1])

    assert [shortcut["type"] for shortcut in heard] == ["shortcut", "message_action"]
    assert heard[1]["message"]["ts"] == posted["ts"]


def test_a_workflow_step_is_completed_with_its_own_token(
    bolt: App, run_either_way: Run, sandbox: Sandbox, tokens: Any
) -> None:
    @bolt.function("log_call")
    def step(inputs: Json, complete: Any) -> None:
        complete({"said": inputs["contact"]})

    with run_either_way(bolt):
        execution = sandbox.run_step("log_call", {"contact": "Dana"})
        assert sandbox.workspace.wait_until(lambda: bool(sandbox.calls("functions.completeSuccess")), 5.0)

    call = sandbox.calls("functions.completeSuccess")[0]
    assert call.args["function_execution_id"] == execution
    assert call.answer == {"ok": True}
