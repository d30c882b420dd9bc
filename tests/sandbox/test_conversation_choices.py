"""In a form people, channels, files and the app's own options are chosen by the name they are shown under."""

from typing import Any

import pytest
from slack_bolt import Ack, App

from bot.sandbox import Member, NotOnScreen, Sandbox
from tests.sandbox.forms import OUTCOME, OUTCOMES, Start, form
from tests.sandbox.parts import Json, plain


def test_a_choice_in_a_form_waits_for_the_button(
    bolt: App, in_a_form: Start, sandbox: Sandbox, ana: Member
) -> None:
    heard: list[Json] = []

    @bolt.view("debrief")
    def take(ack: Ack, view: Json) -> None:
        heard.append(view["state"]["values"])
        ack()

    with in_a_form(form(OUTCOME)):
        ana.commands("/form")
        ana.chooses("How did it end?", "Lost")
        ana.submits()

    assert [delivery.name for delivery in sandbox.deliveries] == ["/form", "debrief"]
    assert heard[0]["outcome"]["choice"]["selected_option"]["value"] == "lost"


def pick(block_id: str, kind: str, **more: Any) -> Json:
    return {
        "type": "input",
        "block_id": block_id,
        "label": plain(block_id.capitalize()),
        "element": {"type": kind, "action_id": "pick", **more},
    }


def test_people_channels_boxes_and_files_are_named_as_people_name_them(
    bolt: App, in_a_form: Start, sandbox: Sandbox, ana: Member
) -> None:
    heard: list[Json] = []

    @bolt.view("debrief")
    def take(ack: Ack, view: Json) -> None:
        heard.append({block: value["pick"] for block, value in view["state"]["values"].items()})
        ack()

    ben, sales = sandbox.add_person("Ben"), sandbox.add_channel("sales", [ana])
    blocks = [
        pick("coach", "users_select"),
        pick("never", "multi_users_select"),
        pick("place", "channels_select"),
    ]
    blocks += [pick("pinned", "checkboxes", options=OUTCOMES), pick("sheet", "file_input")]

    with in_a_form(form(*blocks)):
        ana.commands("/form")
        with pytest.raises(NotOnScreen, match="Bob"):
            ana.submits(coach="Bob")
        ana.submits(
            coach="Ben", never=[ana, ben], place="#sales", pinned=["Lost"], sheet=[("reps.csv", b"x")]
        )

    assert heard[0]["coach"]["selected_user"] == ben.id
    assert heard[0]["never"]["selected_users"] == [ana.id, ben.id]
    assert heard[0]["place"]["selected_channel"] == sales.id
    assert [option["value"] for option in heard[0]["pinned"]["selected_options"]] == ["lost"]
    assert heard[0]["sheet"]["files"][0]["name"] == "reps.csv"


def test_options_that_the_app_supplies_are_asked_for(bolt: App, in_a_form: Start, ana: Member) -> None:
    heard: list[Json] = []

    @bolt.options("pick")
    def supply(ack: Ack, payload: Json) -> None:
        ack(options=[{"text": plain(f"{payload['value']}, Acme"), "value": "7"}])

    @bolt.view("debrief")
    def take(ack: Ack, view: Json) -> None:
        heard.append(view["state"]["values"])
        ack()

    with in_a_form(form(pick("deal", "external_select"))):
        ana.commands("/form")
        with pytest.raises(NotOnScreen, match="Dana, Acme"):
            ana.submits(deal="Dana")
        ana.submits(deal="7")

    assert heard[0]["deal"]["pick"]["selected_option"]["value"] == "7"
