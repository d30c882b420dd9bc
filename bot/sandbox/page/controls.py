"""Buttons that whoever runs the sandbox gives to the page: things that happen outside Slack, such as a call's end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Control:
    """A button. `asks` are the inputs beside it and what they offer: several choices, or one text to change.

    `press` is given what stands in them and returns the sentence to show. It runs on a thread of its own, so that it
    may wait for the bot.
    """

    label: str
    press: Callable[[Mapping[str, str]], str]
    asks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
