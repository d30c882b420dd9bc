"""Settings that nobody reads, for a letter is wrong in their names: named, and no reason not to start."""

import os
from collections.abc import Iterable
from difflib import get_close_matches

from dotenv import dotenv_values

from bot.settings import Settings

OURS = "CORNERMAN_"
OF_OTHERS = frozenset({"CORNERMAN_DOMAIN", "CORNERMAN_IMAGE", "CORNERMAN_PICTURES", "CORNERMAN_TEST_DATE"})
"""What Compose and the tests read, and the program does not."""
ALIKE = 0.8


def misspelt(given: Iterable[str] | None = None) -> list[str]:
    """A sentence for each name that is set and read by nobody: one of ours, or one that is nearly a known name."""
    if given is None:
        given = [*os.environ, *dotenv_values(str(Settings.model_config["env_file"]), interpolate=False)]
    known = [str(field.alias or name).upper() for name, field in Settings.model_fields.items()]
    return [
        sentence
        for name in sorted({name.upper() for name in given} - {*known, *OF_OTHERS})
        if (sentence := _unread(name, known))
    ]


def _unread(name: str, known: list[str]) -> str:
    """Blank for a name that is somebody else's. What all of ours begin with makes no two of them alike."""
    bare = {one.removeprefix(OURS): one for one in known}
    if near := get_close_matches(name.removeprefix(OURS), bare, n=1, cutoff=ALIKE):
        return f"{name} is set, and nothing reads it: did you mean {bare[near[0]]}?"
    return (
        f"{name} is set, and nothing reads it; .env.example lists what there is."
        if name.startswith(OURS)
        else ""
    )
