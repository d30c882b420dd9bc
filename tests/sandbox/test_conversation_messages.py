"""Somebody clicks and chooses in messages of a real Bolt app, which come, change and go."""

from datetime import date

import pytest
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.sandbox import Member, NotOnScreen, text_of
from tests.sandbox.forms import DUE, OUTCOME, button, form, section, typed_in
from tests.sandbox.parts import Json
from tests.sandbox.roads import Run


def test_a_click_opens_a_form_and_its_values_arrive(
    bolt: App, run_either_way: Run, client: WebClient, ana: Member
) -> None:
    heard: list[Json] = []

    @bolt.action("debrief")
    def open_form(ack: Ack, body: Json) -> None:
        ack()
        client.views_open(trigger_id=body["trigger_id"], view=form(OUTCOME, DUE, typed_in("why", "Why")))

    @bolt.view("debrief")
    def take(ack: Ack, view: Json) -> None:
        heard.append(view["state"]["values"])
        ack()

    with run_either_way(bolt):
        buttons = {"type": "actions", "elements": [button("Debrief", "debrief", value="7")]}
        client.chat_postMessage(channel=ana.id, text="A call ended", blocks=[buttons])
        ana.clicks("Debrief")
        submission = ana.submits(outcome="Lost", why="price", due=date(2026, 11, 30))

    assert submission.closed
    assert ana.modal is None
    assert heard[0]["outcome"]["choice"]["selected_option"]["value"] == "lost"
    assert heard[0]["why"]["text"] == {"type": "plain_text_input", "value": "price"}
    assert heard[0]["due"]["day"]["selected_date"] == "2026-11-30"


def test_of_two_buttons_with_one_text_the_row_decides(
    bolt: App, run: Run, client: WebClient, ana: Member
) -> None:
    heard: list[str] = []

    @bolt.action("press")
    def press(ack: Ack, action: Json) -> None:
        heard.append(action["value"])
        ack()

    rows = [section(who, accessory=button("Debrief", value=who)) for who in ("Dana", "Eli")]
    client.chat_postMessage(channel=ana.id, text="Two calls", blocks=rows)

    with run(bolt):
        with pytest.raises(NotOnScreen, match="2 things"):
            ana.clicks("Debrief")
        ana.clicks("Debrief", beside="Eli")

    assert heard == ["Eli"]


def test_a_choice_in_a_message_is_sent_at_once(bolt: App, run: Run, client: WebClient, ana: Member) -> None:
    heard: list[Json] = []

    @bolt.action("choice")
    def choose(ack: Ack, body: Json) -> None:
        heard.append(body)
        ack()

    menu = {"type": "actions", "block_id": "outcome", "elements": [OUTCOME["element"]]}
    client.chat_postMessage(channel=ana.id, text="How did it end?", blocks=[menu])

    with run(bolt):
        ana.chooses("choice", "Advanced")

    assert heard[0]["actions"][0]["selected_option"]["value"] == "advanced"
    assert heard[0]["state"]["values"]["outcome"]["choice"]["selected_option"]["value"] == "advanced"


def test_respond_adds_replaces_and_deletes(
    bolt: App, run_either_way: Run, client: WebClient, ana: Member
) -> None:
    @bolt.action("press")
    def press(ack: Ack, respond: Respond) -> None:
        ack()
        respond("Only you see this.")
        respond("Saved.", replace_original=True)

    buttons = {"type": "actions", "elements": [button("Save")]}
    client.chat_postMessage(channel=ana.id, text="Keep it?", blocks=[buttons])

    with run_either_way(bolt):
        ana.clicks("Save")
        ana.waits_for("Saved.")

    assert [text_of(message) for message in ana.reads()] == ["Saved.", "Only you see this."]


def test_an_ephemeral_message_does_not_come_along_and_can_be_deleted(
    bolt: App, run: Run, ana: Member
) -> None:
    heard: list[Json] = []

    @bolt.command("/scorecard")
    def show(ack: Ack) -> None:
        ack(text="5 of 6", blocks=[{"type": "actions", "elements": [button("Hide")]}])

    @bolt.action("press")
    def press(ack: Ack, body: Json, respond: Respond) -> None:
        heard.append(body)
        respond(delete_original=True)
        ack()

    with run(bolt):
        ana.commands("/scorecard")
        ana.clicks("Hide")

    assert heard[0]["container"]["is_ephemeral"]
    assert "message" not in heard[0]
    assert ana.reads() == []
