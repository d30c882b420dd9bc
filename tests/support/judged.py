"""What Slack would have refused, and Slack's own library as a second judge: its models know limits of their own."""

import json
import re
from collections.abc import Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from bot.sandbox import Sandbox

OURS = ("invalid_arguments", "invalid_blocks", "msg_", "no_text", "view_too_large")
"""How the errors begin that are ours: something was said that Slack does not take."""
_USER = re.compile(r"\b[UW]0[A-Z0-9]{7,}\b")


def refused(sandbox: Sandbox) -> list[str]:
    """What Slack took offence at in what was said to it."""
    return [
        f"{call.method}: {call.answer}"
        for call in sandbox.slack.calls
        if str(call.answer.get("error", "")).startswith(OURS)
    ]


def objections(sandbox: Sandbox) -> list[str]:
    """What slack_sdk says against everything that this Slack took, whichever way it came; and what it did not take for
    its form, or would read aloud badly."""
    taken = [call for call in sandbox.slack.calls if call.answer.get("ok")]
    by_call = [f"{call.method}: {said}" for call in taken for said in against_call(call.args)]
    answered = [
        f"the answer to {delivery.name}: {said}"
        for delivery in sandbox.deliveries
        for said in against_call(delivery.answer)
    ]
    with sandbox.workspace.lock:
        standing = [message.blocks for one in sandbox.workspace.channels.values() for message in one.messages]
    misshapen = [
        f"{call.method} was refused: {told}"
        for call in sandbox.slack.calls
        if not call.answer.get("ok")
        and (told := (call.answer.get("response_metadata") or {}).get("messages"))
    ]
    aloud = [f"{call.method}: {said}" for call in taken for said in _read_aloud(call.args)]
    return by_call + answered + misshapen + aloud + [said for blocks in standing for said in against(blocks)]


def against(blocks: list[Any]) -> Iterator[str]:
    """Of the blocks that slack_sdk knows; the others it skips."""
    for block in blocks:
        try:
            if parsed := Block.parse(block):
                parsed.to_dict()
        except (SlackObjectFormationError, TypeError) as error:
            yield f"{block.get('type')}: {error}"


def _read_aloud(args: dict[str, Any]) -> Iterator[str]:
    """Ids of users where names belong: in a notification, in a picture's description, in plain text."""
    blocks = [*(_read(args.get("blocks")) or []), *(_read(args.get("view")) or {}).get("blocks", [])]
    plain = [str(args.get("text") or ""), *_plain_texts(blocks)]
    yield from (f"an id of a user is read aloud: {text}" for text in plain if _USER.search(text))


def _plain_texts(value: Any) -> Iterator[str]:
    """Of blocks, whatever they hold: all but mrkdwn, in which Slack shows a mention as a name."""
    if isinstance(value, list):
        for one in value:
            yield from _plain_texts(one)
    elif isinstance(value, dict):
        if value.get("type") == "plain_text":
            yield str(value.get("text"))
        yield str(value.get("alt_text") or "")
        for one in value.values():
            yield from _plain_texts(one)


def against_call(args: dict[str, Any]) -> Iterator[str]:
    """Of a message or a view, as the Web API and an acknowledgement have it."""
    yield from against(_read(args.get("blocks")) or [])
    view = _read(args.get("view"))
    if not view:
        return
    yield from against(view["blocks"])
    try:
        View(**view).validate_json()
    except (SlackObjectFormationError, TypeError) as error:
        yield f"view: {error}"


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
