"""What Slack refuses, in its words: the shapes of blocks and views, and the rules over all blocks together."""

import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from bot.sandbox.blockkit.rules import Items, Report, Typed
from bot.sandbox.blockkit.shapes import MESSAGE, MODAL, MOST_BLOCKS, MOST_MARKDOWN, ON, VIEWS, Json

MOST_OF_A_TYPE = {"table": 1, "data_visualization": 2}
MOST_VIEW_BYTES = 250_000


def problems_in_message(blocks: Any) -> list[str]:
    """What Slack would say against these blocks in a message; empty where it takes them."""
    found: list[str] = []
    report = _into(found)
    Items(ON[MESSAGE], MOST_BLOCKS[MESSAGE], 0).check(blocks, "/blocks", report)
    _check_together(blocks, "/blocks", report)
    return found


def problems_in_view(view: Any) -> list[str]:
    """What Slack would say against this modal or Home view; empty where it takes it."""
    found: list[str] = []
    report = _into(found)
    Typed(VIEWS).check(view, "/view", report)
    blocks = view.get("blocks") if isinstance(view, dict) else None
    _check_together(blocks, "/view/blocks", report)
    if blocks and view.get("type") == MODAL and "submit" not in view and "input" in _counted(blocks):
        report("submit is required when there is an input block", "/view")
    return found


def is_too_large(view: Json) -> bool:
    """Whether a view is over the 250 kB that Slack takes."""
    return len(json.dumps(view)) > MOST_VIEW_BYTES


def elements_of(block: Json) -> Iterator[Json]:
    """Every element of a block that a person can act on, cards and containers included."""
    for name in ("accessory", "element"):
        if isinstance(block.get(name), dict):
            yield block[name]
    for name in ("elements", "actions", "child_blocks"):
        for child in block.get(name) or []:
            if not isinstance(child, dict):
                continue
            if name == "child_blocks" or child.get("type") == "card":
                yield from elements_of(child)
            else:
                yield child


def _into(found: list[str]) -> Report:
    return lambda what, at: found.append(f"[ERROR] {what} [json-pointer:{at}]")


def _counted(blocks: list[Any]) -> Counter[str]:
    return Counter(str(block.get("type")) for block in blocks if isinstance(block, dict))


def _repeated(names: list[str]) -> list[str]:
    return [name for name, times in Counter(names).items() if times > 1]


def _check_together(blocks: Any, at: str, report: Report) -> None:
    sound = [block for block in blocks if isinstance(block, dict)] if isinstance(blocks, list) else []
    _check_names(sound, at, report)
    for kind, most in MOST_OF_A_TYPE.items():
        if _counted(sound)[kind] > most:
            report(f"only {most} allowed: {kind}", at)
    if sum(len(str(block.get("text"))) for block in sound if block.get("type") == "markdown") > MOST_MARKDOWN:
        report(f"must be less than {MOST_MARKDOWN + 1} characters over all markdown blocks", at)


def _check_names(blocks: list[Json], at: str, report: Report) -> None:
    for block_id in _repeated([str(block["block_id"]) for block in blocks if "block_id" in block]):
        report(f"block_id already exists: {block_id}", at)
    for block in blocks:
        for action_id in _repeated([str(e["action_id"]) for e in elements_of(block) if "action_id" in e]):
            report(f"action_id already exists for another element of the block: {action_id}", at)
    if sum(bool(e.get("focus_on_load")) for block in blocks for e in elements_of(block)) > 1:
        report("only one element may set focus_on_load", at)
