"""What came of a run, as people read it."""

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlmodel import select

from storage.tables import OutboxMessage
from tests.torture.verdict import Line, bots_messages, clean, keys_of
from tests.torture.world import World


def wrong(lines: Iterable[Line], world: World) -> str:
    """What is lost or doubled, and every message that nobody wrote to be said, in its own words."""
    with world.db.read() as session:
        rows = session.exec(select(OutboxMessage)).all()
    known = {row.key for row in rows}
    said = zip(keys_of(world, rows), bots_messages(world), strict=True)
    strays = [f"stray: {message.text!r} {message.metadata}" for key, message in said if key not in known]
    return "\n".join([*(str(line) for line in lines if not clean([line])), *strays])


def table(faults: Counter[str], lines: Sequence[Line]) -> str:
    """Both tables in Markdown."""
    wrong = [f"| {kind} | {count:,} |" for kind, count in sorted(faults.items())]
    right = [f"| {line.what} | {line.expected:,} | {line.lost} | {line.doubled} |" for line in lines]
    return "\n".join(
        [
            "| fault | times |",
            "| --- | ---: |",
            *wrong,
            f"| **all** | **{faults.total():,}** |",
            "",
            "| what | expected | lost | doubled |",
            "| --- | ---: | ---: | ---: |",
            *right,
        ]
    )
