"""A digest in which nothing rests on records that have stopped coming."""

from collections.abc import Collection
from dataclasses import replace

from bot.core.enums import Role
from bot.digest.domain.digest import Digest, Top
from bot.scorecards.domain.feeds import Feed, Silence


def hushed(digest: Digest, silences: Collection[Silence]) -> Digest:
    """The digest that names, praises and calls stuck nothing on the strength of what stopped coming."""
    stopped = {one.feed for one in silences}
    if not stopped:
        return digest
    return replace(
        digest,
        silences=tuple(silences),
        tops=tuple(top for top in digest.tops if not _rests_on(top, stopped)),
        most_improved=None,
        goal=None,
        pipeline=None if Feed.DEALS in stopped else digest.pipeline,
        trend=None if Feed.CALLS in stopped else digest.trend,
        page=replace(digest.page, clogged=()) if Feed.DEALS in stopped else digest.page,
    )


def _rests_on(top: Top, stopped: Collection[Feed]) -> bool:
    match top.role:
        case Role.SDR:
            return Feed.LEADS in stopped
        case Role.AE:
            return Feed.DEALS in stopped
        case _:
            return False
