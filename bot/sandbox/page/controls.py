"""What whoever runs the sandbox gives to its page: buttons, a tour, and how far something has come."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Control:
    """A button for what happens outside Slack, such as a call's end.

    `asks` are the inputs beside it and what they offer: several choices, or one text to change. `press` is given what
    stands in them and returns the sentence to show. It runs on a thread of its own, so that it may wait for the bot.
    """

    label: str
    press: Callable[[Mapping[str, str]], str]
    asks: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TourStep:
    """Something to try: as whom (a person's id), where (a channel's id, `home`, or "" for the app's messages), and what
    is typed there for them, if anything."""

    title: str
    words: str
    person: str
    at: str = ""
    types: str = ""


@dataclass(frozen=True, slots=True)
class Progress:
    """What is going on, and how much of it is done (0 to 1). `opening`: nothing can be done here before it is over."""

    words: str
    share: float
    opening: bool = False
