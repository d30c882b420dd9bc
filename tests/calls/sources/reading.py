"""What the tests look at: the calls that were stored, and the deliveries."""

from sqlmodel import col, select

from bot.calls.services import agent_names
from storage.tables import Call, CallAgent, InboxEvent, InboxState, StrayCall
from tests.support.office import Office


def calls(office: Office) -> list[Call]:
    with office.db.read() as session:
        return list(session.exec(select(Call).order_by(col(Call.started_at), col(Call.id))))


def the_call(office: Office) -> Call:
    [call] = calls(office)
    return call


def events(office: Office, *states: InboxState) -> list[InboxEvent]:
    with office.db.read() as session:
        wanted = col(InboxEvent.state).in_(states or tuple(InboxState))
        return list(session.exec(select(InboxEvent).where(wanted).order_by(col(InboxEvent.id))))


def strangers(office: Office) -> list[str]:
    """Agents whose calls wait for somebody to say who that is."""
    with office.db.reading(office.workspace_id, office.clock()) as books:
        return [one.agent for one in agent_names.unnamed(books, limit=9)]


def strays(office: Office) -> list[tuple[str, StrayCall]]:
    """Calls of agents nobody has named, each with the agent's key."""
    with office.db.read() as session:
        rows = session.exec(
            select(CallAgent.agent, StrayCall).where(col(StrayCall.agent_id) == col(CallAgent.id))
        )
        return [(agent, stray) for agent, stray in rows]
