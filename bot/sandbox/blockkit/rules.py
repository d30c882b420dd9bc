"""The small language in which Slack's limits on blocks are written down: a rule looks at one JSON value and reports.

Sentences are Slack's own, with the JSON pointer it adds, so that a log reads as the real one would.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

Report = Callable[[str, str], None]
"""Called with what is wrong and the JSON pointer of where."""


class Rule(Protocol):
    def check(self, value: Any, at: str, report: Report) -> None: ...


Fields = Mapping[str, Rule]


@dataclass(frozen=True, slots=True)
class Str:
    """A string of `least` to `most` characters."""

    most: int = 255
    least: int = 0

    def check(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, str):
            report("must be a string", at)
        elif len(value) > self.most:
            report(f"must be less than {self.most + 1} characters", at)
        elif len(value) < self.least:
            report(f"must be more than {self.least - 1} characters", at)


@dataclass(frozen=True, slots=True)
class Number:
    least: float
    most: float = float("inf")

    def check(self, value: Any, at: str, report: Report) -> None:
        if isinstance(value, bool) or not isinstance(value, int | float):
            report("must be a number", at)
        elif not self.least <= value <= self.most:
            report(f"must be between {self.least} and {self.most}", at)


@dataclass(frozen=True, slots=True)
class Flag:
    def check(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, bool):
            report("must be a boolean", at)


@dataclass(frozen=True, slots=True)
class OneOf:
    allowed: tuple[str, ...]

    def check(self, value: Any, at: str, report: Report) -> None:
        if value not in self.allowed:
            report(f"must be one of: {', '.join(self.allowed)}", at)


@dataclass(frozen=True, slots=True)
class Anything:
    def check(self, value: Any, at: str, report: Report) -> None:
        return


@dataclass(frozen=True, slots=True)
class Items:
    """A list of `least` to `most` values, each held to `of`."""

    of: Rule
    most: int
    least: int = 1

    def check(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, list):
            report("must be an array", at)
            return
        if len(value) > self.most:
            report(f"no more than {self.most} items allowed", at)
        if len(value) < self.least:
            report(f"no fewer than {self.least} items allowed", at)
        for number, item in enumerate(value):
            self.of.check(item, f"{at}/{number}", report)


@dataclass(frozen=True, slots=True)
class Shape:
    """An object with these fields and no others; `also` looks at what one field alone cannot tell."""

    required: Fields = field(default_factory=dict)
    optional: Fields = field(default_factory=dict)
    also: Callable[[dict[str, Any], str, Report], None] | None = None

    def check(self, value: Any, at: str, report: Report) -> None:
        if not isinstance(value, dict):
            report("must be an object", at)
            return
        for name in self.required.keys() - value.keys():
            report(f"missing required field: {name}", at)
        known = {**self.required, **self.optional}
        for name, content in value.items():
            if name in known:
                known[name].check(content, f"{at}/{name}", report)
            elif name != "type":
                report(f"invalid additional property: {name}", at)
        if self.also:
            self.also(value, at, report)


@dataclass(frozen=True, slots=True)
class Typed:
    """An object whose `type` picks its shape from `table`; only the types of `allowed` may stand here."""

    table: Fields
    allowed: frozenset[str] | None = None

    def check(self, value: Any, at: str, report: Report) -> None:
        kind = str(value.get("type")) if isinstance(value, dict) else ""
        if kind not in self.table or (self.allowed is not None and kind not in self.allowed):
            report(f"unsupported type: {kind}", f"{at}/type")
        else:
            self.table[kind].check(value, at, report)


def text(most: int, *kinds: str, least: int = 1) -> Typed:
    """A text object of `least` to `most` characters, in either style unless `kinds` says which."""
    content: Fields = {"text": Str(most, least)}
    shapes: Fields = {
        "plain_text": Shape(content, {"emoji": Flag()}),
        "mrkdwn": Shape(content, {"verbatim": Flag()}),
    }
    return Typed(shapes, frozenset(kinds or shapes))


def exactly_one(*names: str) -> Callable[[dict[str, Any], str, Report], None]:
    """The rule that one of these fields, and no second one, must be there."""

    def check(value: dict[str, Any], at: str, report: Report) -> None:
        if sum(name in value for name in names) != 1:
            report(f"exactly one of these fields is needed: {', '.join(names)}", at)

    return check
