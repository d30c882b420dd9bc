"""What was said on a call: read, counted, and forgotten. Off until an admin turns it on."""

from dataclasses import asdict, dataclass
from datetime import timedelta
from itertools import groupby

from bot.calendar.periods import Period
from bot.calendar.wallclock import local_date
from bot.calls.domain import conversation, talk_trend, transcript
from bot.calls.domain.call import CallSummary
from bot.calls.domain.conversation import Conversation, Named, named
from bot.calls.domain.talk_trend import Counted, TalkTrend
from bot.calls.services import calls
from bot.core.enums import SELLING_ROLES, Role
from bot.core.errors import BadInput
from bot.core.i18n import gettext as _
from bot.people.services import workspace as workspaces
from bot.people.services.members import Member
from storage.books import Books
from storage.queries.calls import conversations as queries
from storage.tables import CallConversation, Workspace

YEAR = timedelta(weeks=52)
QUARTER = timedelta(weeks=13)


@dataclass(frozen=True, slots=True)
class Read:
    """`middle` is the share of the talking that is usual in `role`; None where too few reps' calls were read."""

    call: CallSummary
    conversation: Conversation
    role: Role | None
    middle: float | None
    message_id: int | None
    named: Named
    """What seems to have been named, for the rep to confirm."""


def are_read(books: Books) -> bool:
    return workspaces.settings(books).reads_transcripts


def switch(books: Books, *, on: bool) -> None:
    """What was counted before stays; turned off, nothing more is read."""
    books.session.get_one(Workspace, books.workspace_id).reads_transcripts = on


def take_in(books: Books, rep: Member, thread_ts: str, body: bytes) -> Read | str:
    """The numbers of the call whose question the thread is about; read again, the latest count.

    Where the file cannot be read, a sentence for the rep: then nothing is kept.
    """
    asked = queries.asked_in(books, rep.id, thread_ts) if thread_ts else None
    if asked is None:
        return _("Drop a transcript into the thread of the question about its call: then I know whose it is.")
    return take_in_of(books, rep, asked.call_id, asked.message_id, body)


def take_in_of(books: Books, rep: Member, call_id: int, message_id: int | None, body: bytes) -> Read | str:
    """The same of a call that is known; the message is the one that asked about it."""
    try:
        turns = transcript.read(body)
        found = conversation.measured(turns, _names(rep))
    except BadInput as error:
        return str(error)
    call = calls.summary_of(books, rep.id, call_id)
    _keep(books, rep.id, call_id, found)
    role = next((one for one in SELLING_ROLES if one in rep.roles), None)
    return Read(call, found, role, _middle(books, rep, role), message_id, named(turns))


def whose(books: Books, source: str, account: str, call_key: str) -> list[tuple[int, int, int | None]]:
    """Person, call and the message that asked about it, of each rep's call with this key."""
    return queries.with_key(books, source, account, call_key)


def trend_of(books: Books, person_id: int, role: Role) -> TalkTrend | None:
    """Of the last thirteen weeks beside those before; None where too few calls were read."""
    counted = [
        Counted(started, share, None if questions is None or not length else questions * 3600 / length)
        for started, share, questions, length in queries.of_person(
            books, person_id, since=books.now - 2 * QUARTER
        )
    ]
    moved_on = queries.shares_that_moved_on(books, role, since=books.now - YEAR, today=books.now.date())
    return talk_trend.trend(counted, moved_on, since=books.now - QUARTER)


def balance(books: Books, role: Role, period: Period) -> dict[int, tuple[int, int]]:
    """By rep, how many of the period's calls read lie in the role's band, and how many were read; none while
    transcripts are not read here."""
    if not are_read(books):
        return {}
    moved_on = queries.shares_that_moved_on(
        books, role, since=period.end - YEAR, today=local_date(period.end, period.zone)
    )
    return talk_trend.in_band(queries.shares_in(books, period.start, period.end), list(moved_on))


def _keep(books: Books, person_id: int, call_id: int, found: Conversation) -> None:
    row = queries.of_call(books, call_id)
    if row is None:
        row = CallConversation(
            workspace_id=books.workspace_id,
            call_id=call_id,
            person_id=person_id,
            read_at=books.now,
            **asdict(found),
        )
        books.session.add(row)
    for name, value in asdict(found).items():
        setattr(row, name, value)
    row.read_at = books.now
    books.session.flush()


def _middle(books: Books, rep: Member, role: Role | None) -> float | None:
    if role is None:
        return None
    today = local_date(books.now, rep.zone)
    told = queries.shares_of_role(books, role, since=books.now - YEAR, today=today)
    by_rep = groupby(told, key=lambda one: one[0])
    return conversation.middle([[share for _rep, share in those] for _person, those in by_rep])


def _names(rep: Member) -> list[str]:
    """As the roster has it, then as the address does: `ana.sample@…`."""
    address = (rep.email or "").partition("@")[0]
    return [name for name in (rep.name, address) if name]
