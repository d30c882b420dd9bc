"""Who looked at or changed what: written with the deed, read by admins, never changed."""

import re

from bot.core.enums import AuditAct
from bot.core.errors import NotAllowed
from bot.core.i18n import gettext as _
from bot.people.domain.audit import Entry
from storage.books import Books
from storage.queries.people import audit_log as queries
from storage.queries.people import members, people
from storage.tables import AuditEntry

MOST = 500
_MEANT = re.compile(r"\{(person|team):(\d+)\}")


def note(
    books: Books,
    who_id: int | None,
    act: AuditAct,
    *,
    whom_id: int | None = None,
    team_id: int | None = None,
    what: str = "",
) -> None:
    """Who did it (None: the program, or whoever runs it), to whom or to which team.

    For what the session does not notice by itself (`storage.audit`). `what` says which setting, and from what to
    what; it never holds a person's words, figures or name: `{person:7}` stands for it.
    """
    books.session.add(
        AuditEntry(
            workspace_id=books.workspace_id,
            at=books.now,
            who_id=who_id,
            act=act,
            whom_id=whom_id,
            team_id=team_id,
            what=what,
        )
    )
    books.session.flush()


def entries(books: Books, *, most: int = MOST) -> list[Entry]:
    """Newest first."""
    rows = queries.newest(books, most)
    ids = {id for row in rows for id in (row.who_id, row.whom_id) if id is not None}
    ids |= {int(id) for row in rows for kind, id in _MEANT.findall(row.what) if kind == "person"}
    names = {person.id: person.name for person in members.by_ids(books, ids)}
    teams = {team.id: team.name for team in people.teams(books)}
    return [
        Entry(
            row.id,
            row.at,
            _name(row.who_id, names) or _("Cornerman"),
            row.act,
            _name(row.whom_id, names) or (teams.get(row.team_id, "") if row.team_id else ""),
            _MEANT.sub(lambda meant: _meant(meant, names, teams), row.what),
        )
        for row in rows
    ]


def version(books: Books, *what: str, team_id: int | None = None) -> int:
    """The number of the last change of these settings; 0 before the first."""
    changes = queries.changes(books, what, team_id)
    return changes[-1].id if changes else 0


def require_unchanged(books: Books, *what: str, since: int, team_id: int | None = None, now_is: str) -> None:
    """Raises NotAllowed where somebody else has changed one of them since that version; `now_is` says to what."""
    later = queries.changes(books, what, team_id, after=since)
    if later:
        by = members.by_ids(books, [later[-1].who_id or 0])
        raise NotAllowed(
            _(
                "{who} changed this while you had it open, so nothing of yours was saved. {now_is} "
                "Close the form and open it again to change it."
            ).format(who=by[0].name if by else _("Somebody"), now_is=now_is)
        )


def _meant(meant: re.Match[str], names: dict[int, str], teams: dict[int, str]) -> str:
    """Names as they are now, so that whoever was erased stands nowhere by name."""
    kind, id = meant[1], int(meant[2])
    return _name(id, names) if kind == "person" else teams.get(id, _("a team that is gone"))


def _name(person_id: int | None, names: dict[int, str]) -> str:
    if person_id is None:
        return ""
    return names.get(person_id, _("Former colleague {number}").format(number=person_id))
