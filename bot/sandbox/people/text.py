"""Blocks as the plain text that a person reads, for assertions and for logs."""

import re
from collections.abc import Callable, Iterator

from bot.sandbox.people.values import offered
from bot.sandbox.state import Json, Message, View

LINK = re.compile(r"<(?P<target>[^<>|]+)(?:\|(?P<label>[^<>]*))?>")


def text_of(shown: Message | View | list[Json] | None) -> str:
    """One line for each thing that stands on a line of its own; buttons as `[Debrief]`; "" for nothing."""
    if shown is None:
        return ""
    if isinstance(shown, list):
        return "\n".join(line for block in shown for line in _block(block))
    if isinstance(shown, View):
        return "\n".join(line for line in _view(shown) if line)
    files = [f"(file {file.name})" for file in shown.files]
    return "\n".join([text_of(shown.blocks) or _plain(shown.text), *files])


def _view(view: View) -> Iterator[str]:
    yield _text(view.body.get("title"))
    yield text_of(view.blocks)
    yield " ".join(f"[{_text(view.body[name])}]" for name in ("submit", "close") if view.body.get(name))


def _text(content: Json | None) -> str:
    """A text object, whichever its style."""
    if not content:
        return ""
    text = str(content.get("text", ""))
    return _plain(text) if content.get("type") != "plain_text" else text


def _plain(mrkdwn: str) -> str:
    """Links as their labels, Slack's three escapes undone."""
    text = LINK.sub(lambda link: link["label"] or link["target"], mrkdwn)
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def element_text(element: Json) -> str:
    """What an element looks like on one line."""
    kind = element.get("type")
    if kind in ("plain_text", "mrkdwn"):
        return _text(element)
    if kind == "image":
        return f"(image: {element['alt_text']})"
    if "options" in element or "option_groups" in element:
        return f"({' | '.join(_text(option['text']) for option in offered(element))})"
    if isinstance(element.get("text"), dict):
        return f"[{_text(element['text'])}]"
    return f"({_text(element.get('placeholder')) or kind})"


def _section(block: Json) -> Iterator[str]:
    accessory = block.get("accessory")
    yield " ".join(filter(None, [_text(block.get("text")), element_text(accessory) if accessory else ""]))
    yield from (_text(one) for one in block.get("fields") or [])


def _elements(block: Json) -> Iterator[str]:
    yield " ".join(element_text(element) for element in block["elements"])


def _input(block: Json) -> Iterator[str]:
    yield f"{_text(block['label'])}: {element_text(block['element'])}"
    yield _text(block.get("hint"))


def _image(block: Json) -> Iterator[str]:
    yield f"(image: {block['alt_text']})"


def _table(block: Json) -> Iterator[str]:
    yield str(block.get("caption", ""))
    for row in block["rows"]:
        yield " | ".join(_cell(cell) for cell in row)


def _cell(cell: Json) -> str:
    return _rich(cell) if cell.get("type") == "rich_text" else str(cell.get("text", cell.get("value", "")))


def _rich(node: Json) -> str:
    """A rich text node: its own words, or those of what it holds, list items on lines of their own."""
    if "elements" in node:
        between = "\n" if node["type"] in ("rich_text", "rich_text_list") else ""
        return between.join(_rich(child) for child in node["elements"])
    return str(node.get("text") or node.get("url") or node.get("name") or node.get("user_id") or "")


def _card(block: Json) -> Iterator[str]:
    yield from (_text(block.get(name)) for name in ("title", "subtitle", "body"))
    yield " ".join(element_text(button) for button in block.get("actions") or [])


def _inside(block: Json) -> Iterator[str]:
    yield _text(block.get("title"))
    yield from (line for child in block.get("child_blocks") or block["elements"] for line in _block(child))


def _own_text(block: Json) -> Iterator[str]:
    text = block.get("text") or block.get("title") or ""
    yield _text(text) if isinstance(text, dict) else str(text)


READERS: dict[str, Callable[[Json], Iterator[str]]] = {
    "section": _section,
    "actions": _elements,
    "context": _elements,
    "context_actions": _elements,
    "input": _input,
    "image": _image,
    "table": _table,
    "data_table": _table,
    "rich_text": lambda block: iter([_rich(block)]),
    "card": _card,
    "container": _inside,
    "carousel": _inside,
}


def _block(block: Json) -> Iterator[str]:
    return filter(None, READERS.get(str(block.get("type")), _own_text)(block))
