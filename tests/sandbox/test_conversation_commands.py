"""Somebody types a command to a real Bolt app, and is answered in place."""

import time

from slack_bolt import Ack, App

from bot.sandbox import Member, Sandbox
from tests.sandbox.forms import section
from tests.sandbox.parts import Json
from tests.sandbox.roads import Run


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
