"""A short run of what `make torture` does for longer."""

from collections import Counter
from dataclasses import replace

import pytest

from bot.sandbox.state import Channel, Message
from tests.support.databases import PostgreSQL, SQLiteFiles
from tests.support.dates import begins_at
from tests.torture.model import Model
from tests.torture.papers import MONTHLY, WORKBOOK
from tests.torture.run import Plan, Result, run
from tests.torture.told import table
from tests.torture.trouble import never_happened
from tests.torture.verdict import clean, judge
from tests.torture.world import World

SHORT = Plan(
    minutes=0.4,
    replicas=2,
    teams=2,
    kill_every=5.0,
    fault_every=0.5,
    fewest_questions=11,
    on=begins_at(),
)

pytestmark = pytest.mark.torture


def of_kinds(world: World, kind: str) -> list[Channel]:
    """The channels in which the bot said something: a file, or words alone."""
    return [
        channel
        for channel in world.sandbox.workspace.channels.values()
        if any(_is(message, world, kind) for message in channel.messages)
    ]


def _is(message: Message, world: World, kind: str) -> bool:
    is_file = message.text.startswith((WORKBOOK, MONTHLY)) and bool(message.files)
    return message.app is world.sandbox.app and message.seen_only_by is None and is_file == (kind == "file")


def dropped(channel: Channel, at: int) -> None:
    del channel.messages[at]


def doubled(channel: Channel, at: int) -> None:
    again = channel.messages[at]
    channel.messages.append(replace(again, ts=f"{again.ts}1"))


def dropped_in(channel: Channel, at: int) -> None:
    """A message of ours that nobody wrote to be said."""
    stray = replace(channel.messages[at], ts=f"{channel.messages[at].ts}2", metadata=None)
    stray.files = [replace(file, id=f"{file.id}X") for file in stray.files]
    channel.messages.append(stray)


def seen(world: World, model: Model) -> None:
    """What the verdict is worth: each of these is planted in turn, in messages and in files, and has to be caught."""
    for kind in ("message", "file"):
        for plant in (dropped, doubled, dropped_in):
            channel = of_kinds(world, kind)[0]
            before = list(channel.messages)
            plant(channel, next(n for n, one in enumerate(before) if _is(one, world, kind)))
            assert not clean(judge(world, model)), f"a {kind} that was {plant.__name__}"
            channel.messages[:] = before
    assert clean(judge(world, model))


def test_two_processes_on_postgresql_lose_nothing_and_say_nothing_twice(postgresql: PostgreSQL) -> None:
    with postgresql.fresh() as db:
        _is_clean(run(db.url.render_as_string(hide_password=False), SHORT, then=seen))


def test_two_processes_on_sqlite_lose_nothing_and_say_nothing_twice(sqlite_files: SQLiteFiles) -> None:
    with sqlite_files.fresh() as db:
        _is_clean(run(db.url.render_as_string(hide_password=False), SHORT, then=seen))


def _is_clean(result: Result) -> None:
    told = table(result.faults, result.lines)
    assert not result.wrong, f"{result.wrong}\n{told}\nsee {result.folder}"
    expected = {line.what: line.expected for line in result.lines}
    assert result.faults["SIGKILL"] >= 1, told
    assert expected["questions asked"] > 10, told
    assert expected["workbooks of the month"] > SHORT.teams, told


def test_a_run_in_which_a_kind_of_trouble_did_not_happen_is_no_verdict() -> None:
    happened = Counter(dict.fromkeys(never_happened({}, fewest=1), 3))
    assert not never_happened(happened, fewest=3)

    happened["clock set back"] = 2
    assert never_happened(happened, fewest=3) == ["clock set back"]
