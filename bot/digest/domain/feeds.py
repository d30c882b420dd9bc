"""A digest in which nothing rests on records that have stopped coming."""

from collections.abc import Collection, Iterable
from dataclasses import replace

from bot.digest.domain.digest import FACT_METRIC, Digest, ManagersPage, Top
from bot.pipeline.domain.feeds import Feed, Silence
from bot.scorecards.domain.definitions import stopped


def hushed(digest: Digest, silences: Collection[Silence]) -> Digest:
    """The digest that names, praises and calls stuck nothing on the strength of what stopped coming."""
    quiet = {one.feed for one in silences}
    if not quiet:
        return digest
    unjudged = {top.role for top in digest.tops if rests_on(top, silences)}
    return replace(
        digest,
        silences=tuple(silences),
        tops=hushed_tops(digest.tops, silences),
        own_lines=tuple(line for line in digest.own_lines if line.role not in unjudged),
        most_improved=None,
        goal=None,
        pipeline=None if Feed.DEALS in quiet else digest.pipeline,
        trend=None if Feed.CALLS in quiet else digest.trend,
        page=_hushed_page(digest.page, quiet),
    )


def hushed_tops(tops: Iterable[Top], silences: Collection[Silence]) -> tuple[Top, ...]:
    """Nobody is judged by what stopped; the week's facts stand where theirs still comes."""
    return tuple(found for top in tops if (found := _hushed_top(top, silences)))


def _hushed_top(top: Top, silences: Collection[Silence]) -> Top | None:
    if not rests_on(top, silences):
        return top
    facts = () if stopped(top.role, [FACT_METRIC[top.role]], silences) else top.facts
    return replace(top, named=(), contenders=(), too_close=False, facts=facts) if facts else None


def rests_on(top: Top, silences: Collection[Silence]) -> bool:
    """Whether its judgement does."""
    return stopped(top.role, top.judged_by, silences)


def _hushed_page(page: ManagersPage, quiet: Collection[Feed]) -> ManagersPage:
    """What did not come cannot be missed in what followed."""
    page = replace(page, advanced=0, nothing_followed=0)
    return replace(page, clogged=(), leads_without_deal=0) if Feed.DEALS in quiet else page
