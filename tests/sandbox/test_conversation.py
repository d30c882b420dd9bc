"""A person and a real Bolt app, over sockets and over HTTP."""

import time
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from typing import Any

import pytest
from slack_bolt import Ack, App, Respond
from slack_sdk import WebClient

from bot.sandbox import Member, NotOnScreen, Sandbox, View, text_of

Run = Callable[[App], AbstractContextManager[None]]
Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def button(text: str, action_id: str = "press", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), "action_id": action_id, **more}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def typed_in(block_id: str, label: str, **more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "text", **more.pop("element", {})}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": element, **more}


OUTCOMES = [{"text": plain(text), "value": text.casefold()} for text in ("Advanced", "Lost")]
OUTCOME = {
    "type": "input",
    "block_id": "outcome",
    "label": plain("How did it end?"),
    "element": {"type": "static_select", "action_id": "choice", "options": OUTCOMES},
}
DUE = {
    "type": "input",
    "block_id": "due",
    "optional": True,
    "label": plain("Next step on"),
    "element": {"type": "datepicker", "action_id": "day"},
}


def form(*blocks: Json, **more: Any) -> Json:
    body = {"type": "modal", "callback_id": "debrief", "title": plain("Debrief"), "submit": plain("Save")}
    return body | {"blocks": list(blocks)} | more


def test_a_command_is_answered_in_place(bolt: App, run_either_way: Run, ana: Member) -> None:
    @bolt.command("/scorecard")
    def show(ack: Ack, command: Json) -> None:
        ack(text="5 of 6", blocks=[section(f"*{command['text']}* for <@{command['user_id']}>: 5 of 6")])

    with run_either_way(bolt):
        reply = ana.commands("/scorecard week")

    assert "*week*" in reply.says
    assert reply.error == ""
    assert ana.reads()[-1].seen_only_by == ana.id


def test_people_named_in_a_command_arrive_as_ids(bolt: App, run: Run, sandbox: Sandbox, ana: Member) -> None:
    sandbox.add_channel("sales")
    sandbox.add_person("Ana Lopez Garcia")

    @bolt.command("/scorecard")
    def show(ack: Ack, command: Json) -> None:
        ack(command["text"].replace("<", "").replace(">", ""))

    with run(bolt):
        reply = ana.commands("/scorecard @Ana Lopez, #sales and ana@team.example")

    assert reply.text.startswith(f"@{ana.id}|ana.lopez, #C")
    assert reply.text.endswith("and ana@team.example")


def test_a_command_nobody_knows_never_reaches_the_app(bolt: App, sandbox: Sandbox, ana: Member) -> None:
    sandbox.app.commands = frozenset({"/scorecard"})

    assert ana.commands("/scorcard").error == "not_a_command"
    assert sandbox.deliveries == []


def test_a_command_that_is_acknowledged_late_times_out(
    bolt: App, run_either_way: Run, sandbox: Sandbox, ana: Member
) -> None:
    sandbox.courier.ack_seconds = 0.2

    @bolt.command("/scorecard")
    def show(ack: Ack) -> None:
        time.sleep(0.3)
        ack()

    with run_either_way(bolt):
        assert ana.commands("/scorecard").error == "operation_timeout"

    assert sandbox.deliveries[-1].elapsed_ms >= 200


def test_an_answer_with_blocks_that_slack_refuses_is_seen_as_an_error(
    bolt: App, run: Run, ana: Member
) -> None:
    bolt.command("/scorecard")(lambda ack: ack(blocks=[section("x" * 3001)], text="x"))

    with run(bolt):
        assert ana.commands("/scorecard").error == "invalid_command_response"

    assert ana.reads() == []


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


@pytest.fixture
def in_a_form(
    bolt: App, run: Run, client: WebClient, ana: Member
) -> Callable[..., AbstractContextManager[None]]:
    """A running app that shows this view on `/form`."""

    def start(view: Json) -> AbstractContextManager[None]:
        @bolt.command("/form")
        def show(ack: Ack, body: Json) -> None:
            client.views_open(trigger_id=body["trigger_id"], view=view)
            ack()

        return run(bolt)

    return start


Start = Callable[[Json], AbstractContextManager[None]]


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
