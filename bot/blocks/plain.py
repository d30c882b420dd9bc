"""A message's blocks as lines of text, for a terminal and for files."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from slack_sdk.models.blocks import Block

_MARKS = re.compile(r"(?<![^\W_])[*_~](?=\S)|(?<=\S)[*_~](?![^\W_])")
_LOOK_ALIKES = str.maketrans({"∗": "*", "＿": "_", "∼": "~", "ˋ": "`"})


def plain(blocks: Sequence[Block]) -> str:
    """What a person reads, top to bottom, without the buttons."""
    return "\n".join(line for block in blocks for line in _lines(block.to_dict()))


def _lines(block: dict[str, Any]) -> Iterator[str]:
    match block["type"]:
        case "divider":
            yield ""
        case "header":
            yield block["text"]["text"]
        case "section":
            yield from _texts([block["text"]] if block.get("text") else [])
            yield from _texts(block.get("fields", []))
        case "context":
            yield from _texts(block["elements"])
        case "image":
            yield f"[{block['alt_text']}]"
        case "table":
            yield from ("  ".join(_cell(cell) for cell in row) for row in block["rows"])


def _texts(elements: Iterable[dict[str, Any]]) -> Iterator[str]:
    for element in elements:
        yield _read(element["text"]) if element["type"] == "mrkdwn" else element.get("text", "")


def _cell(cell: dict[str, Any]) -> str:
    return str(cell.get("text", ""))


def _read(mrkdwn: str) -> str:
    return html.unescape(_MARKS.sub("", mrkdwn)).translate(_LOOK_ALIKES)
