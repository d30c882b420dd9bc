"""Somebody fills in forms of a real Bolt app, which takes them, refuses them, and opens others."""

import pytest
from slack_bolt import Ack, App
from slack_sdk import WebClient

from bot.sandbox import Member, NotOnScreen, Sandbox, View, text_of
from tests.sandbox.forms import DUE, OUTCOME, Start, button, form, section, typed_in
from tests.sandbox.parts import Json


def test_slack_itself_asks_for_what_is_required(
    bolt: App, in_a_form: Start, sandbox: Sandbox, ana: Member
) -> None:
    with in_a_form(form(OUTCOME, typed_in("why", "Why", element={"max_length": 5}))):
        ana.commands("/form")
        submission = ana.submits(why="too long")

    assert submission.errors.keys() == {"outcome", "why"}
    assert [delivery.name for delivery in sandbox.deliveries] == ["/form"]


def test_errors_from_the_app_keep_the_form_open(bolt: App, in_a_form: Start, ana: Member) -> None:
    bolt.view("debrief")(lambda ack: ack(response_action="errors", errors={"why": "Say why."}))

    with in_a_form(form(typed_in("why", "Why"))):
        ana.commands("/form")
        submission = ana.submits(Why="?")

    assert submission.errors == {"why": "Say why."}
    assert not submission.closed


def test_errors_that_name_no_input_are_trouble(bolt: App, in_a_form: Start, ana: Member) -> None:
    bolt.view("debrief")(lambda ack: ack(response_action="errors", errors={"reason": "Say why."}))

    with in_a_form(form(typed_in("why", "Why"))):
        ana.commands("/form")
        submission = ana.submits(why="?")

    assert submission.errors == {}
    assert "trouble connecting" in submission.error


def test_forms_can_be_pushed_updated_and_cleared(bolt: App, in_a_form: Start, ana: Member) -> None:
    first, second = form(typed_in("why", "Why")), form(typed_in("when", "When"), callback_id="second")
    third = form(section("Sure?"), callback_id="third")
    bolt.view("debrief")(lambda ack: ack(response_action="push", view=second))
    bolt.view("second")(lambda ack: ack(response_action="update", view=third))
    bolt.view("third")(lambda ack: ack(response_action="clear"))

    with in_a_form(first):
        ana.commands("/form")
        pushed = ana.submits(why="?")
        assert pushed.view is not None
        assert pushed.view.previous_id == pushed.view.root_id != pushed.view.id
        updated = ana.submits(when="soon")
        assert "Sure?" in text_of(updated.view)
        assert ana.submits().closed


def test_closing_tells_the_app_only_if_it_asked(
    bolt: App, in_a_form: Start, sandbox: Sandbox, ana: Member
) -> None:
    closed: list[Json] = []

    @bolt.view_closed("debrief")
    def hear(ack: Ack, body: Json) -> None:
        closed.append(body)
        ack()

    with in_a_form(form(typed_in("why", "Why"), notify_on_close=True)):
        ana.commands("/form")
        ana.enters(why="Because")
        ana.closes()

    assert [body["is_cleared"] for body in closed] == [False]
    assert [body["view"]["state"] for body in closed] == [{"values": {}}], "as Slack: not what was entered"


def test_an_input_that_asks_so_tells_the_app_of_each_change(
    bolt: App, in_a_form: Start, sandbox: Sandbox, ana: Member
) -> None:
    heard: list[Json] = []

    @bolt.action("text")
    def hear(ack: Ack, body: Json) -> None:
        heard.append(body["view"]["state"]["values"])
        ack()

    each = {"dispatch_action_config": {"trigger_actions_on": ["on_character_entered"]}}
    on_typing = typed_in("why", "Why", element=each, dispatch_action=True)
    with in_a_form(form(on_typing, typed_in("when", "When", dispatch_action=True))):
        ana.commands("/form")
        ana.enters(why="Because", when="soon")
        ana.enters(why="Because")

    assert [values["why"]["text"]["value"] for values in heard] == ["Because"]


def test_closing_a_form_that_did_not_ask_is_silent(in_a_form: Start, sandbox: Sandbox, ana: Member) -> None:
    with in_a_form(form(section("Hello"))):
        ana.commands("/form")
        assert ana.closes() is None

    assert [delivery.name for delivery in sandbox.deliveries] == ["/form"]


def test_an_open_modal_covers_what_is_behind_it(
    in_a_form: Start, client: WebClient, sandbox: Sandbox, ana: Member
) -> None:
    sandbox.patience = 0.1
    buttons = {"type": "actions", "elements": [button("Debrief")]}
    client.chat_postMessage(channel=ana.id, text="A call ended", blocks=[buttons])

    with in_a_form(form(section("Hello"))):
        ana.commands("/form")
        with pytest.raises(NotOnScreen, match="Hello"):
            ana.clicks("Debrief")


def test_a_view_that_is_updated_keeps_what_was_entered(
    client: WebClient, in_a_form: Start, ana: Member
) -> None:
    with in_a_form(form(OUTCOME, typed_in("why", "Why"))):
        ana.commands("/form")
        ana.chooses("outcome", "Lost")
        assert ana.modal is not None
        client.views_update(view_id=ana.modal.id, view=form(OUTCOME, typed_in("reason", "Reason")))

    assert ana.modal.values["outcome"]["choice"]["selected_option"]["value"] == "lost"
    assert ana.modal.values["reason"]["text"]["value"] is None


def test_a_modal_is_a_view_whose_text_can_be_read(in_a_form: Start, ana: Member) -> None:
    with in_a_form(form(OUTCOME, DUE)):
        ana.commands("/form")

    assert isinstance(ana.modal, View)
    assert text_of(ana.modal).splitlines() == [
        "Debrief",
        "How did it end?: (Advanced | Lost)",
        "Next step on: (datepicker)",
        "[Save]",
    ]
