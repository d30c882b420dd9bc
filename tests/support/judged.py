"""Slack's own library as a second judge: its models know limits of their own, and were written by others."""

import json
from collections.abc import Iterator
from typing import Any

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from bot.sandbox import Sandbox


def objections(sandbox: Sandbox) -> list[str]:
    """What slack_sdk says against the blocks of every call that this Slack took."""
    taken = [call for call in sandbox.slack.calls if call.answer.get("ok")]
    return [f"{call.method}: {said}" for call in taken for said in against(_blocks_of(call.args))]


def against(blocks: list[Any]) -> Iterator[str]:
    """Of the blocks that slack_sdk knows; the others it skips."""
    for block in blocks:
        try:
            if parsed := Block.parse(block):
                parsed.to_dict()
        except (SlackObjectFormationError, TypeError) as error:
            yield f"{block.get('type')}: {error}"


def _blocks_of(args: dict[str, Any]) -> list[Any]:
    view = _read(args.get("view")) or {}
    return [*(_read(args.get("blocks")) or []), *view.get("blocks", [])]


def _read(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value
