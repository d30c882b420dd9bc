"""Whose calls they are: a source knows a rep by their email, or by a key that somebody has said is theirs."""

from dataclasses import asdict
from datetime import datetime

from sqlmodel import Session

from bot.domain.agents import LONGEST, Known, Named, Unnamed, spelt
from bot.domain.calls import Agent, EndedCall
from bot.errors import BadInput, NotFound
from bot.language import gettext as _
from bot.services import members
from storage.queries import agents as queries
from storage.queries.inbox import insert_once
from storage.tables import CallAgent, StrayCall


def resolve(
    session: Session, workspace_id: int, source: str, agent: Agent, *, account: str = ""
) -> int | None:
    """The rep: by their email on the roster, else by what has been said of the source's email or key.

    A key that comes together with an email that is known is remembered: next time the source may tell the key alone.
    """
    person_id = members.id_by_email(session, workspace_id, agent.email) if agent.email else None
    person_id = person_id or _said(session, workspace_id, source, agent, account)
    if person_id is not None and agent.email and agent.key:
        _learn(session, workspace_id, source, account, agent, person_id)
    return person_id


def is_ours(session: Session, workspace_id: int, ended: EndedCall) -> bool:
    """False where somebody has said that this agent's calls are nobody's."""
    known = queries.known_as(session, workspace_id, ended.source, ended.account, _spellings(ended.agent))
    return not any(row.not_ours for row in known)


def keep_stray(session: Session, workspace_id: int, ended: EndedCall, *, now: datetime) -> None:
    """Keep the call of an agent nobody has named; raises NotFound where the source names no agent at all."""
    agent = ended.agent.key or ended.agent.email
    if not agent:
        raise NotFound(f"A call from {ended.source} does not say whose it is.")
    row = _entry(session, workspace_id, ended.source, ended.account, agent)
    row.name = ended.agent.name or row.name
    fields = {name: value for name, value in asdict(ended).items() if name in StrayCall.model_fields}
    stray = StrayCall(workspace_id=workspace_id, agent_id=row.id, heard_at=now, **fields)
    insert_once(session, stray)


def map_to(session: Session, workspace_id: int, agent_id: int, person_id: int) -> None:
    """From now on this agent's calls are the person's; those that wait follow at once."""
    row = _row(session, workspace_id, agent_id)
    row.person_id, row.learned, row.not_ours = person_id, False, False


def entered(session: Session, workspace_id: int, source: str, agent: str) -> Known:
    """The agent of whatever account, made where nobody has heard of it; raises BadInput for one that cannot be kept."""
    if not spelt(agent) or len(agent) > LONGEST:
        raise BadInput(_("Please give the number, extension or id that the source shows."), field="agent")
    return known(session, workspace_id, _entry(session, workspace_id, source, "", agent).id)


def disown(session: Session, workspace_id: int, agent_id: int) -> None:
    """These calls are nobody's: what waits goes, and what comes is not kept."""
    row = _row(session, workspace_id, agent_id)
    row.person_id, row.learned, row.not_ours = None, False, True
    session.flush()
    queries.drop_strays(session, workspace_id, agent_id)


def known(session: Session, workspace_id: int, agent_id: int) -> Known:
    """Raises NotFound."""
    row = _row(session, workspace_id, agent_id)
    return Known(row.id, row.source, row.agent, row.person_id)


def unnamed(session: Session, workspace_id: int, *, limit: int) -> list[Unnamed]:
    """Whose calls wait for somebody to say whose they are, the busiest first."""
    return [
        Unnamed(row.id, row.source, row.agent, row.name, calls, last_at)
        for row, calls, last_at in queries.unnamed(session, workspace_id, limit=limit)
    ]


def count_unnamed(session: Session, workspace_id: int) -> int:
    return queries.count_unnamed(session, workspace_id)


def named(session: Session, workspace_id: int, *, limit: int) -> list[Named]:
    return [
        Named(row.id, row.source, row.agent, person.name)
        for row, person in queries.named(session, workspace_id, limit=limit)
    ]


def any_found(session: Session, workspace_id: int) -> bool:
    return bool(queries.findable(session, workspace_id, limit=1))


def found(session: Session, workspace_id: int, *, limit: int) -> list[EndedCall]:
    """Takes out the stray calls whose agent has been named since, in the order they were heard."""
    calls = []
    for stray, row in queries.findable(session, workspace_id, limit=limit):
        fields = stray.model_dump(exclude={"id", "workspace_id", "agent_id", "heard_at"})
        calls.append(EndedCall(source=row.source, agent=Agent(key=row.agent, name=row.name), **fields))
        session.delete(stray)
    session.flush()
    return calls


def _said(session: Session, workspace_id: int, source: str, agent: Agent, account: str) -> int | None:
    known = queries.known_as(session, workspace_id, source, account, _spellings(agent))
    return next((row.person_id for row in known if row.person_id is not None), None)


def _spellings(agent: Agent) -> list[str]:
    return [spelt(name) for name in (agent.email, agent.key) if name]


def _learn(
    session: Session, workspace_id: int, source: str, account: str, agent: Agent, person_id: int
) -> None:
    """What a person has said stands."""
    row = _entry(session, workspace_id, source, account, agent.key or "")
    if row.learned or (row.person_id is None and not row.not_ours):
        row.person_id, row.learned = person_id, True
        row.name = agent.name or row.name


def _entry(session: Session, workspace_id: int, source: str, account: str, agent: str) -> CallAgent:
    """The row of exactly this agent, made where there is none."""
    known = queries.exactly(session, workspace_id, source, account, spelt(agent))
    if known is not None:
        return known
    row = CallAgent(workspace_id=workspace_id, source=source, account=account, agent=spelt(agent))
    insert_once(session, row)
    return queries.exactly(session, workspace_id, source, account, spelt(agent)) or row


def _row(session: Session, workspace_id: int, agent_id: int) -> CallAgent:
    row = queries.by_id(session, workspace_id, agent_id)
    if row is None:
        raise NotFound(_("That line is gone; open the list again."))
    return row
