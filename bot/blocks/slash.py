"""Slash words: what one can write after a command. From them come the answer, the help and the page of the docs."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from enum import StrEnum
from typing import Any, Generic, TypeVar

from bot.core.i18n import gettext as _


class Command(StrEnum):
    SCORECARD = "/scorecard"
    DEBRIEF = "/debrief"
    COACH = "/coach"
    HANDOFF = "/handoff"


class Shortcut(StrEnum):
    LOG_CALL = "log_call"
    HANDOFF = "handoff"


_A = TypeVar("_A")


class Whom(StrEnum):
    """For whom a word is."""

    EVERYBODY = "everybody"
    LEADS = "those who lead a team"
    ADMINS = "admins"


@dataclass(frozen=True, slots=True)
class SlashWord(Generic[_A]):
    """`word` is blank for the command alone; `answer` is what answers it.

    `spelt` is how the help writes what follows the command (the word alone, if blank), `says` what one gets. A word
    that says nothing is in no help.
    """

    word: str
    answer: _A
    says: str
    spelt: Sequence[str] = ()
    whom: Whom = Whom.EVERYBODY

    @property
    def spellings(self) -> Sequence[str]:
        return self.spelt or (self.word,)


@dataclass(frozen=True, slots=True)
class SlashWords(Generic[_A]):
    """All words of a command, in the order of its help; what comes first of several for one word answers it."""

    command: Command
    words: Sequence[SlashWord[_A]]

    @property
    def known(self) -> set[str]:
        """Without the command alone."""
        return {one.word for one in self.words if one.word}

    def find(self, typed: str) -> SlashWord[_A] | None:
        """Whatever the case of what was typed."""
        return next((one for one in self.words if one.word == typed.lower()), None)

    def nearest(self, typed: str) -> str:
        """What was probably meant by words that begin with none of ours: `/scorecard team`; blank if none is near."""
        first = next(iter(typed.lower().split()), "")
        near = get_close_matches(first, sorted(self.known), n=1)
        return self.written(near[0]) if near and near[0] != first else ""

    def written(self, spelling: str) -> str:
        return f"{self.command} {spelling}".rstrip()

    def lines(self, whom: Whom) -> list[tuple[str, str]]:
        """What to write, each spelling between backticks, and what it says."""
        return [
            (" or ".join(f"`{self.written(spelling)}`" for spelling in one.spellings), one.says)
            for one in self.words
            if one.says and one.whom is whom
        ]

    def bullets(self) -> list[str]:
        """All of them as a help lists them, in the reader's language."""
        return [f"• {how}: {_(says)}" for whom in Whom for how, says in self.lines(whom)]


def elsewhere(typed: str, here: SlashWords[Any], commands: Iterable[SlashWords[Any]]) -> str:
    """The other command that what was typed belongs to: `/coach stories` for `stories`; blank where it is ours, or
    nobody's.
    """
    first = next(iter(typed.lower().split()), "").removeprefix("/")
    if first in {*here.known, "help"}:
        return ""
    others = [one for one in commands if one is not here]
    named = [str(one.command) for one in others if one.command == f"/{first}"]
    return next(iter(named + [one.written(first) for one in others if first in one.known]), "")


_PREFACE = (
    "Made from the table of words in `handlers/slash_words.py` by `python -m handlers`. "
    "`help` after a command lists its\nwords, and a word that is nearly one of them is asked about."
)
_BAR = "\\|"
"""A bar within a cell of a table."""


def page(commands: Iterable[SlashWords[Any]]) -> str:
    """The page of the docs: each command with its words, and what one gets."""
    return "\n\n".join(["# What one can write in Slack", _PREFACE, *map(_section, commands)]) + "\n"


def _section(command: SlashWords[Any]) -> str:
    rows = (
        f"| {how.replace('|', _BAR)} | {says} | {whom} |"
        for whom in Whom
        for how, says in command.lines(whom)
    )
    return "\n".join([f"## {command.command}", "| write | for | who |", "| --- | --- | --- |", *rows])
