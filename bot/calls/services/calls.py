"""Calls that ended, by whatever road they came: stored once, and asked about once."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from bot.calls.domain import prompts
from bot.calls.domain.call import Agent, CallSummary, EndedCall, combined
from bot.calls.domain.prompts import CallSeen
from bot.core.enums import PromptStatus
from bot.core.errors import NotFound
from bot.core.i18n import gettext as _
from bot.people.services import workspace as workspaces
from storage.books import Books, insert_once
from storage.queries.calls import calls as queries
from storage.tables import Call, Prompt

SAME = (
    *("source", "account", "call_key", "started_at", "ended_at", "talk_seconds"),
    *("direction", "contact", "company", "disposition"),
)
"""What a stored call and one that is told have under the same name."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """`is_new`: the first delivery that told of the call. `joined_to`: the earlier call whose prompt it shares."""

    call_id: int
    person_id: int
    is_new: bool
    joined_to: int | None


def record(books: Books, person_id: int, ended: EndedCall, *, is_history: bool = False) -> Recorded:
    """Store the rep's call, and queue its prompt unless it is history.

    Told again, as a hint or as the record, in whatever order, it is filled in and asked about at most once.
    """
    known = queries.by_key(
        books, source=ended.source, account=ended.account, call_key=ended.call_key, person_id=person_id
    )
    call = known or _stored(books, person_id, ended, is_history=is_history)
    if known is not None:
        _fill_in(books, known, ended)
    if not is_history:
        _ask_if_worth_it(books, call)
    return Recorded(call.id, person_id, is_new=known is None, joined_to=call.joins_id)


def take_back(books: Books, person_id: int, ended: EndedCall) -> None:
    """A call of a hint that was none, as is known now; once somebody was asked about it, it stays."""
    call = queries.by_key(
        books, source=ended.source, account=ended.account, call_key=ended.call_key, person_id=person_id
    )
    if call is None or not call.hinted or queries.joined_to(books, [call.id]):
        return
    asked = queries.prompt_of(books, call.id)
    if asked is not None and asked.status is not PromptStatus.WAITING:
        return
    if asked is not None:
        books.session.delete(asked)
    if not queries.is_debriefed(books, call.id):
        books.session.flush()
        books.session.delete(call)


def _ask_if_worth_it(books: Books, call: Call) -> None:
    """Once: a hint of a talk too short to ask about may turn out to be a long one, or the other way round."""
    settings = workspaces.settings(books)
    asked = queries.prompt_of(books, call.id)
    is_worth_it = prompts.is_worth_asking(
        completed=call.completed,
        talk_seconds=call.talk_seconds,
        imported=call.imported,
        min_talk_seconds=settings.min_talk_seconds,
    )
    if is_worth_it and asked is None and call.joins_id is None:
        _ask_or_join(books, call)
    elif asked is not None and not is_worth_it and _may_be_dropped(books, asked):
        books.session.delete(asked)


def _may_be_dropped(books: Books, prompt: Prompt) -> bool:
    """Not yet put to anybody, and no later call counts on it."""
    return prompt.status is PromptStatus.WAITING and not queries.joined_to(books, [prompt.call_id])


def by_hand(
    books: Books, person_id: int, *, key: str, contact: str, company: str, minutes: int
) -> CallSummary:
    """A call the rep logs: it ended now, and nobody needs to ask about it."""
    fields: dict[str, Any] = {"source": "manual", "account": "", "call_key": key, "person_id": person_id}
    known = queries.by_key(books, **fields)
    call = known or Call(
        workspace_id=books.workspace_id,
        **fields,
        started_at=books.now - timedelta(minutes=minutes),
        ended_at=books.now,
        talk_seconds=minutes * 60,
        contact=contact,
        company=company,
    )
    books.session.add(call)
    books.session.flush()
    return summary(books, call)


def summary_of(books: Books, person_id: int, call_id: int) -> CallSummary:
    """The person's own call; raises NotFound."""
    return summary(books, own(books, person_id, call_id))


def summary(books: Books, call: Call) -> CallSummary:
    return _summed(call, queries.joined_to(books, [call.id]))


def _summed(call: Call, joined: Sequence[Call]) -> CallSummary:
    return CallSummary(
        id=call.id,
        started_at=call.started_at,
        talk_seconds=call.talk_seconds + sum(other.talk_seconds for other in joined),
        contact=call.contact,
        company=call.company,
        joined=len(joined),
    )


def set_contact(books: Books, person_id: int, call_id: int, contact: str) -> None:
    """The rep knows better than the source whom they spoke to; blank changes nothing."""
    call = own(books, person_id, call_id)
    call.contact = contact or call.contact


def own(books: Books, person_id: int, call_id: int) -> Call:
    call = queries.of_person(books, person_id, call_id)
    if call is None:
        raise NotFound(_("That call is gone, or it is not one of yours."))
    return call


def open_calls(books: Books, person_id: int, *, limit: int = 10) -> list[CallSummary]:
    """Calls still waiting for a debrief, latest first."""
    found = queries.open_calls(books, person_id, limit=limit)
    joined = queries.joined_to(books, [call.id for call in found]) if found else []
    return [_summed(call, [other for other in joined if other.joins_id == call.id]) for call in found]


def _stored(books: Books, person_id: int, ended: EndedCall, *, is_history: bool) -> Call:
    call = Call(
        workspace_id=books.workspace_id,
        person_id=person_id,
        source=ended.source,
        account=ended.account,
        call_key=ended.call_key,
        started_at=ended.started_at,
        ended_at=ended.ended_at,
        talk_seconds=ended.talked,
        direction=ended.direction,
        contact=ended.contact,
        company=ended.company,
        disposition=ended.disposition,
        completed=ended.is_completed,
        imported=is_history,
        hinted=ended.is_hint,
    )
    books.session.add(call)
    books.session.flush()
    return call


def _fill_in(books: Books, call: Call, ended: EndedCall) -> None:
    """What is told of a call that is known already adds to it.

    Once it is debriefed its start stands, because the debrief counts by it, and so do the rep's own words for whom
    they spoke to.
    """
    both = combined(_known(call), ended)
    if not queries.is_debriefed(books, call.id):
        call.started_at = both.started_at
        call.contact, call.company = both.contact, both.company
    call.contact, call.company = call.contact or both.contact, call.company or both.company
    call.ended_at = max(call.started_at, both.ended_at)
    call.talk_seconds = both.talked
    call.direction, call.disposition = both.direction, both.disposition
    call.completed, call.hinted = both.is_completed, both.is_hint


def _known(call: Call) -> EndedCall:
    same = {name: getattr(call, name) for name in SAME}
    return EndedCall(agent=Agent(), is_hint=call.hinted, **same)


def _ask_or_join(books: Books, call: Call) -> None:
    earlier = _joinable(books, call)
    if earlier is not None:
        call.joins_id = earlier.id
        books.session.flush()
        return
    insert_once(
        books.session,
        Prompt(
            workspace_id=call.workspace_id,
            call_id=call.id,
            person_id=call.person_id,
            status=PromptStatus.WAITING,
            next_at=call.ended_at,
        ),
    )


def _joinable(books: Books, call: Call) -> Call | None:
    lately = queries.asked_about_lately(
        books, call.person_id, since=call.started_at - prompts.JOIN_WINDOW, before=call.started_at
    )
    return next((earlier for earlier in lately if prompts.joins(_seen(call), _seen(earlier))), None)


def _seen(call: Call) -> CallSeen:
    return CallSeen(call.person_id, call.contact, call.started_at, call.ended_at)
