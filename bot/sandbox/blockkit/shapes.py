"""The table of blocks: on which surface each may stand, its fields, their limits, what must be there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.blockkit.elements import (
    BUTTON,
    IMAGE,
    IN_ACTIONS,
    IN_CONTEXT_ACTIONS,
    IN_INPUT,
    IN_SECTION,
    PLAIN,
    SLACK_FILE,
    URL,
    element,
)
from bot.sandbox.blockkit.rules import (
    Anything,
    Fields,
    Flag,
    Items,
    Number,
    OneOf,
    Report,
    Shape,
    Str,
    Typed,
    exactly_one,
    text,
)

Json = dict[str, Any]

MESSAGE, MODAL, HOME = "message", "modal", "home"
EVERYWHERE = frozenset({MESSAGE, MODAL, HOME})
MESSAGES = frozenset({MESSAGE})
MOST_BLOCKS = {MESSAGE: 50, MODAL: 100, HOME: 100}
MOST_MARKDOWN = 12_000
MOST_CELL_TEXT = 10_000

RICH_TEXT = Items(
    Typed(
        {
            name: Shape(
                {"elements": Items(Anything(), 1000, 0)},
                {"style": Anything(), "indent": Number(0, 8), "offset": Number(0), "border": Number(0, 1)},
            )
            for name in ("rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote")
        }
    ),
    1000,
)
CELL = Typed(
    {
        "raw_text": Shape({"text": Str(MOST_CELL_TEXT, 1)}),
        "raw_number": Shape({"value": Number(float("-inf"))}, {"text": Str()}),
        "rich_text": Shape({"elements": RICH_TEXT}),
    }
)
ROW = Items(CELL, 20)
COLUMN = Shape({}, {"align": OneOf(("left", "center", "right")), "is_wrapped": Flag()})


@dataclass(frozen=True, slots=True)
class Block:
    """Where a block may stand, and its shape (`block_id` is added to all)."""

    surfaces: frozenset[str]
    required: Fields
    optional: Fields
    also: Callable[[Json, str, Report], None] | None = None

    @property
    def shape(self) -> Shape:
        return Shape(self.required, {"block_id": Str(255, 1), **self.optional}, self.also)


def _text_or_fields(block: Json, at: str, report: Report) -> None:
    if not (block.get("text") or block.get("fields")):
        report("text or fields is needed", at)


def _even_rows(block: Json, at: str, report: Report) -> None:
    rows = [row for row in block.get("rows") or [] if isinstance(row, list)]
    if len({len(row) for row in rows}) > 1:
        report("all rows must have the same number of cells", f"{at}/rows")
    texts = [str(cell.get("text", "")) for row in rows for cell in row if isinstance(cell, dict)]
    if sum(map(len, texts)) > MOST_CELL_TEXT:
        report(f"must be less than {MOST_CELL_TEXT + 1} characters over all cells", f"{at}/rows")


CARD: Fields = {
    "icon": IMAGE,
    "hero_image": IMAGE,
    "title": text(150),
    "subtitle": text(150),
    "body": text(200),
    "actions": Items(BUTTON, 3),
}
TASK: Fields = {"details": Anything(), "output": Anything(), "sources": Anything(), "status": Str()}

BLOCKS: dict[str, Block] = {
    "section": Block(
        EVERYWHERE,
        {},
        {
            "text": text(3000),
            "fields": Items(text(2000), 10),
            "accessory": element(IN_SECTION),
            "expand": Flag(),
        },
        _text_or_fields,
    ),
    "divider": Block(EVERYWHERE, {}, {}),
    "header": Block(EVERYWHERE, {"text": text(150, PLAIN)}, {}),
    "image": Block(
        EVERYWHERE,
        {"alt_text": Str(2000, 1)},
        {"image_url": URL, "slack_file": SLACK_FILE, "title": text(2000, PLAIN)},
        exactly_one("image_url", "slack_file"),
    ),
    "actions": Block(EVERYWHERE, {"elements": Items(element(IN_ACTIONS), 25)}, {}),
    "context": Block(
        EVERYWHERE,
        {"elements": Items(Typed({"image": IMAGE, **text(3000).table}), 10)},
        {},
    ),
    "input": Block(
        EVERYWHERE,
        {"label": text(2000, PLAIN), "element": element(IN_INPUT)},
        {"hint": text(2000, PLAIN), "optional": Flag(), "dispatch_action": Flag()},
    ),
    "rich_text": Block(EVERYWHERE, {"elements": RICH_TEXT}, {}),
    "video": Block(
        EVERYWHERE,
        {"alt_text": Str(2000, 1), "title": text(200, PLAIN), "video_url": URL, "thumbnail_url": URL},
        {
            "author_name": Str(50),
            "description": text(200, PLAIN),
            "provider_icon_url": URL,
            "provider_name": Str(),
            "title_url": URL,
        },
    ),
    "markdown": Block(MESSAGES, {"text": Str(MOST_MARKDOWN, 1)}, {}),
    "table": Block(
        MESSAGES,
        {"rows": Items(ROW, 100)},
        {"column_settings": Items(COLUMN, 20)},
        _even_rows,
    ),
    "data_table": Block(
        MESSAGES,
        {"rows": Items(ROW, 101, 2), "caption": Str(2000, 1)},
        {"page_size": Number(1, 100), "row_header_column_index": Number(0, 19)},
        _even_rows,
    ),
    "data_visualization": Block(MESSAGES, {"title": Str(50, 1), "chart": Anything()}, {}),
    "alert": Block(frozenset({MODAL}), {"text": text(200)}, {"level": Str()}),
    "card": Block(EVERYWHERE, {}, CARD),
    "carousel": Block(
        frozenset({MESSAGE, HOME}),
        {"elements": Items(Typed({"card": Shape({}, {"block_id": Str(255, 1), **CARD})}), 10)},
        {},
    ),
    "context_actions": Block(MESSAGES, {"elements": Items(element(IN_CONTEXT_ACTIONS), 5)}, {}),
    "task_card": Block(MESSAGES, {"task_id": Str(), "title": Str()}, TASK),
    "plan": Block(MESSAGES, {"title": Anything()}, {"tasks": Items(Anything(), 100)}),
}

IN_CONTAINER = ("section", "divider", "header", "image", "actions", "context", "rich_text", "card", "table")
BLOCKS["container"] = Block(
    MESSAGES,
    {"child_blocks": Items(Typed({name: BLOCKS[name].shape for name in IN_CONTAINER}), 10)},
    {
        "title": text(150),
        "rich_text_title": Anything(),
        "subtitle": text(150),
        "icon": IMAGE,
        "width": OneOf(("narrow", "standard", "wide", "full")),
        "is_collapsible": Flag(),
        "default_collapsed": Flag(),
        "has_header_divider": Flag(),
    },
)
ON = {
    surface: Typed({name: block.shape for name, block in BLOCKS.items() if surface in block.surfaces})
    for surface in sorted(EVERYWHERE)
}

COMMON_VIEW: Fields = {
    "private_metadata": Str(3000),
    "callback_id": Str(255),
    "external_id": Str(255),
}
VIEWS = {
    MODAL: Shape(
        {"title": text(24, PLAIN), "blocks": Items(ON[MODAL], MOST_BLOCKS[MODAL])},
        {
            **COMMON_VIEW,
            "close": text(24, PLAIN),
            "submit": text(24, PLAIN),
            "clear_on_close": Flag(),
            "notify_on_close": Flag(),
            "submit_disabled": Flag(),
        },
    ),
    HOME: Shape({"blocks": Items(ON[HOME], MOST_BLOCKS[HOME], 0)}, COMMON_VIEW),
}
