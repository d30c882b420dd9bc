"""A message as it is made: its text, its blocks, and the picture that is drawn for it when it is sent."""

from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block
from slack_sdk.models.blocks.basic_components import SlackFile

NOT_DRAWN_YET = SlackFile(id="")
"""Stands in an image block until the sender has uploaded what it shows."""


@dataclass(frozen=True, slots=True)
class Words:
    """A message: the text that stands alone in a notification, its blocks, and what is drawn in its image."""

    text: str
    blocks: list[Block]
    chart: dict[str, Any] | None = None
