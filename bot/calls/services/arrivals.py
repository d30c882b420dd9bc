"""A call arrives: it is stored with its rep, or waits until somebody has said whose it is."""

from datetime import timedelta

import structlog

from bot.calls.domain.call import EndedCall, implausible
from bot.calls.services import agent_names, calls
from bot.calls.services.calls import Recorded
from storage.books import Books

log = structlog.get_logger()

STILL_FRESH = timedelta(days=1)
"""A call that comes late, from a stray or a call log, is asked about for so long after its end; then it is history."""


def take(books: Books, ended: EndedCall, *, is_late: bool = False) -> Recorded | None:
    """None while nobody has said whose call it is, and for what cannot be a call that ended.

    `is_late`: it was not told of when it ended.
    """
    doubt = implausible(ended, now=books.now, may_be_old=is_late)
    if doubt:
        log.warning("a call was left out", source=ended.source, call=ended.call_key, reason=doubt)
        return None
    person_id = agent_names.resolve(books, ended.source, ended.agent, account=ended.account)
    if person_id is None:
        if agent_names.is_ours(books, ended):
            agent_names.keep_stray(books, ended)
        return None
    is_history = is_late and books.now - ended.ended_at > STILL_FRESH
    return calls.record(books, person_id, ended, is_history=is_history)


def take_back(books: Books, ended: EndedCall) -> None:
    """What was told of as a call, and is none as is known now: its row goes, unless somebody was asked already."""
    person_id = agent_names.resolve(books, ended.source, ended.agent, account=ended.account)
    if person_id is not None:
        calls.take_back(books, person_id, ended)
    agent_names.drop_stray(books, ended)


def find_strays(books: Books, *, limit: int = 200) -> int:
    """Stores some of the calls whose agent has been named, or has joined the roster, since; returns how many."""
    agent_names.name_who_joined(books)
    found = agent_names.found(books, limit=limit)
    for ended in found:
        take(books, ended, is_late=True)
    return len(found)
