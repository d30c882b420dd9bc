"""The few shapes of Block Kit that all views are built of, and `said()` for words that people wrote.

Our own strings are mrkdwn. A person's words (names, notes, what a call source sent) go through `said`, which makes
them inert there, or into plain text.
"""

from collections.abc import Iterable

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    DividerBlock,
    HeaderBlock,
    InputBlock,
    InputInteractiveElement,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    SectionBlock,
)
from slack_sdk.models.blocks.basic_components import DispatchActionConfig
from slack_sdk.models.views import View as Modal

from bot.blocks.ids import Action, Input, View
from bot.core.i18n import gettext as _

SECTION_LIMIT = 3000
HEADER_LIMIT = 150
BUTTON_LIMIT = 75
OPTION_LIMIT = 75
INPUT_LIMIT = 3000
_TURNS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
"""Controls of the direction of writing: one that is left open in a name turns the rest of our line around."""
_MARKS = str.maketrans({"*": "∗", "_": "＿", "~": "∼", "`": "ˋ"}) | _TURNS


def said(words: str, *, limit: int = 300) -> str:
    """A person's own words for a mrkdwn text: no mention, link or formatting in them comes alive.

    Slack has an escape for `&`, `<` and `>` alone; the four formatting marks become look-alikes.
    """
    flat = shortened(" ".join(words.split()), limit)
    return flat.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").translate(_MARKS)


def shortened(text: str, limit: int) -> str:
    return text if len(text) <= limit else text[: limit - 1].rstrip() + "…"


def section(
    text: str, *, accessory: InteractiveElement | None = None, block_id: str | None = None
) -> SectionBlock:
    return SectionBlock(
        text=MarkdownTextObject(text=shortened(text, SECTION_LIMIT)), accessory=accessory, block_id=block_id
    )


def listed(lines: Iterable[str]) -> list[SectionBlock]:
    """As many lines in a section as it holds: a name of `&&&` takes five times its length, and no line is cut."""
    parts: list[list[str]] = [[]]
    for line in lines:
        if parts[-1] and len("\n".join([*parts[-1], line])) > SECTION_LIMIT:
            parts.append([])
        parts[-1].append(line)
    return [section("\n".join(part)) for part in parts if part]


def context(*texts: str) -> ContextBlock:
    """Small grey lines."""
    return ContextBlock(
        elements=[MarkdownTextObject(text=shortened(text, SECTION_LIMIT)) for text in texts[:10]]
    )


def header(text: str) -> HeaderBlock:
    return HeaderBlock(text=PlainTextObject(text=shortened(text, HEADER_LIMIT), emoji=True))


def divider() -> DividerBlock:
    return DividerBlock()


def button(
    label: str,
    action: Action,
    value: int | str,
    *,
    style: str | None = None,
    confirm: ConfirmObject | None = None,
) -> ButtonElement:
    return ButtonElement(
        text=shortened(label, BUTTON_LIMIT), action_id=action, value=str(value), style=style, confirm=confirm
    )


def buttons(*elements: InteractiveElement) -> ActionsBlock:
    return ActionsBlock(elements=list(elements))


def option(label: str, value: str, description: str = "") -> Option:
    return Option(
        text=PlainTextObject(text=shortened(label, OPTION_LIMIT)),
        value=value,
        description=PlainTextObject(text=shortened(description, OPTION_LIMIT)) if description else None,
    )


def ask(
    label: str, name: Input, element: InputInteractiveElement, *, hint: str = "", optional: bool = True
) -> InputBlock:
    """An input; `name` is its block id, its element's action id, and the key of its error."""
    element.action_id = name
    return InputBlock(label=label, element=element, block_id=name, hint=hint or None, optional=optional)


def told_at_once(blocks: Iterable[Block]) -> list[Block]:
    """The same, with each change of an input sent as it is made: a form that is closed tells nothing."""
    told = list(blocks)
    for block in told:
        if isinstance(block, InputBlock):
            block.dispatch_action = True
            if isinstance(block.element, PlainTextInputElement):
                block.element.dispatch_action_config = DispatchActionConfig(
                    trigger_actions_on=["on_character_entered"]
                )
    return told


def modal(
    view: View, title: str, blocks: Iterable[Block], *, submit: str | None = None, about: int | str = ""
) -> Modal:
    """`about` is the one id that travels in it."""
    return Modal(
        type="modal",
        callback_id=view,
        title=PlainTextObject(text=shortened(title, 24)),
        submit=PlainTextObject(text=shortened(submit, 24)) if submit else None,
        close=PlainTextObject(text=_("Cancel") if submit else _("Close")),
        private_metadata=str(about),
        blocks=list(blocks),
    )


def sentence(title: str, text: str) -> Modal:
    """A modal that only says something."""
    return modal(View.SAID, title, [section(text)])
