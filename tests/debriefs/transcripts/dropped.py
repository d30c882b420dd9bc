"""A transcript, dropped into a thread, and what is kept of it."""

from sqlmodel import select

from bot.sandbox import Member
from storage.tables import CallConversation
from tests.support.office import Office

VTT = """WEBVTT

00:00:02.000 --> 00:00:09.500
Ana: Thanks for making the time. What made you look for a new tool?

00:00:10.000 --> 00:00:41.000
Dana: Our reports take three days, and nobody trusts them.

00:00:42.000 --> 00:00:50.000
Ana: Who signs for this on your side? And by when would it have to run?

00:00:51.000 --> 00:01:20.000
Dana: Our head of operations, before the end of March.
"""


def kept(office: Office) -> list[CallConversation]:
    with office.db.read() as session:
        return list(session.exec(select(CallConversation)))


def drops(
    office: Office, rep: Member, body: str | bytes, *, name: str = "call.vtt", thread: bool = True
) -> str:
    """In the thread of the rep's first question; returns what the bot says to it."""
    content = body.encode() if isinstance(body, str) else body
    question = rep.dm[0]
    before = len(rep.dm)
    rep.uploads(content, name, thread_ts=question.ts if thread else None)
    office.tick()
    [answer] = rep.waits_for(lambda one: [said for said in one.dm[before:] if said.user != one.id])
    return answer.text
