"""Whose calls they are: a source knows a rep by their email, or by a key that somebody has said is theirs."""

from dataclasses import asdict
from typing import Any

from bot.calls.domain.agents import LONGEST, Known, Named, Unnamed, spelt
from bot.calls.domain.call import Agent, EndedCall, combined
from bot.core.errors import BadInput, NotFound
from bot.core.i18n import gettext as _
from bot.people.services import members
from storage.books import Books, insert_once
from storage.queries.calls import agents as queries
from storage.tables import CallAgent, StrayCall


def resolve(books: Books, source: str, agent: Agent, *, account: str = "") -> int | None:
    """The rep: by their email on the roster, else by what has been said of the source's email or key.

    A key that comes together with an email that is known is remembered: next time the source may tell the key alone.
    """
    person_id = members.id_by_email(books, agent.email) if agent.email else None
    person_id = person_id or _said(books, source, agent, account)
    if person_id is not None and agent.email and agent.key:
        _learn(books, source, account, agent, person_id)
    return person_id


def is_ours(books: Books, ended: EndedCall) -> bool:
    """False where somebody has said that this agent's calls are nobody's."""
    known = queries.known_as(books, ended.source, ended.account, _spellings(ended.agent))
    return not any(row.not_ours for row in known)


def keep_stray(books: Books, ended: EndedCall) -> None:
    """Keep the call of an agent nobody has named; raises NotFound where the source names no agent at all."""
    agent = ended.agent.key or ended.agent.email
    if not agent:
        raise NotFound(f"A call from {ended.source} does not say whose it is.")
    row = _entry(books, ended.source, ended.account, agent)
    row.name = ended.agent.name or row.name
    row.email = (ended.agent.email or row.email).strip().lower()
    known = queries.stray(books, row.id, ended.account, ended.call_key, is_hint=ended.is_hint)
    if known is not None:
        for name, value in _fields(combined(_told(known, row), ended)).items():
            setattr(known, name, value)
        return
    insert_once(
        books.session,
        StrayCall(workspace_id=books.workspace_id, agent_id=row.id, heard_at=books.now, **_fields(ended)),
    )


def drop_stray(books: Books, ended: EndedCall) -> None:
    """A hint that was none goes, if its agent is somebody nobody has named."""
    for row in queries.known_as(books, ended.source, ended.account, _spellings(ended.agent)):
        stray = queries.stray(books, row.id, ended.account, ended.call_key, is_hint=True)
        if stray is not None:
            books.session.delete(stray)


def name_who_joined(books: Books) -> None:
    """Agents whose email is now that of somebody on the roster are that person."""
    for row, person_id in queries.joined(books):
        if row.person_id is None:  # one whose email and key are two people's comes twice, the email's first
            row.person_id, row.learned = person_id, True
    books.session.flush()


def map_to(books: Books, agent_id: int, person_id: int) -> None:
    """From now on this agent's calls are the person's; those that wait follow at once."""
    row = _row(books, agent_id)
    row.person_id, row.learned, row.not_ours = person_id, False, False


def entered(books: Books, source: str, agent: str) -> Known:
    """The agent of whatever account, made where nobody has heard of it; raises BadInput for one that cannot be kept."""
    if not spelt(agent) or len(agent) > LONGEST:
        raise BadInput(_("Please give the number, extension or id that the source shows."), field="agent")
    return known(books, _entry(books, source, "", agent).id)


def disown(books: Books, agent_id: int) -> None:
    """These calls are nobody's: what waits goes, and what comes is not kept."""
    row = _row(books, agent_id)
    row.person_id, row.learned, row.not_ours = None, False, True
    books.session.flush()
    queries.drop_strays(books, agent_id)


def known(books: Books, agent_id: int) -> Known:
    """Raises NotFound."""
    row = _row(books, agent_id)
    return Known(row.id, row.source, row.agent, row.person_id)


def unnamed(books: Books, *, limit: int) -> list[Unnamed]:
    """Whose calls wait for somebody to say whose they are, the busiest first."""
    return [
        Unnamed(row.id, row.source, row.agent, row.name, calls, last_at)
        for row, calls, last_at in queries.unnamed(books, limit=limit)
    ]


def count_unnamed(books: Books) -> int:
    return queries.count_unnamed(books)


def named(books: Books, *, limit: int) -> list[Named]:
    return [
        Named(row.id, row.source, row.agent, person.name) for row, person in queries.named(books, limit=limit)
    ]


def any_found(books: Books) -> bool:
    return bool(queries.findable(books, limit=1) or queries.joined(books, limit=1))


def found(books: Books, *, limit: int) -> list[EndedCall]:
    """Takes out the stray calls whose agent has been named since, in the order they were heard."""
    calls = []
    for stray, row in queries.findable(books, limit=limit):
        calls.append(_told(stray, row))
        books.session.delete(stray)
    books.session.flush()
    return calls


def _fields(ended: EndedCall) -> dict[str, Any]:
    return {name: value for name, value in asdict(ended).items() if name in StrayCall.model_fields}


def _told(stray: StrayCall, row: CallAgent) -> EndedCall:
    fields = stray.model_dump(exclude={"id", "workspace_id", "agent_id", "heard_at"})
    return EndedCall(source=row.source, agent=Agent(key=row.agent, name=row.name), **fields)


def _said(books: Books, source: str, agent: Agent, account: str) -> int | None:
    known = queries.known_as(books, source, account, _spellings(agent))
    return next((row.person_id for row in known if row.person_id is not None), None)


def _spellings(agent: Agent) -> list[str]:
    return [spelt(name) for name in (agent.email, agent.key) if name]


def _learn(books: Books, source: str, account: str, agent: Agent, person_id: int) -> None:
    """What a person has said stands."""
    row = _entry(books, source, account, agent.key or "")
    if row.learned or (row.person_id is None and not row.not_ours):
        row.person_id, row.learned = person_id, True
        row.name = agent.name or row.name


def _entry(books: Books, source: str, account: str, agent: str) -> CallAgent:
    """The row of exactly this agent, made where there is none."""
    known = queries.exactly(books, source, account, spelt(agent))
    if known is not None:
        return known
    row = CallAgent(workspace_id=books.workspace_id, source=source, account=account, agent=spelt(agent))
    insert_once(books.session, row)
    return queries.exactly(books, source, account, spelt(agent)) or row


def _row(books: Books, agent_id: int) -> CallAgent:
    row = queries.by_id(books, agent_id)
    if row is None:
        raise NotFound(_("That line is gone; open the list again."))
    return row
