"""Stories that reps tell in their debriefs: each stays with its author, until the author shares it."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from sqlmodel import Session

from bot.domain.digest import StoryTold
from bot.domain.plans import Someone
from bot.domain.wallclock import local_date
from bot.errors import NotFound
from bot.language import gettext as _
from bot.services import floors
from bot.services.floors import Floor
from bot.services.members import Member
from bot.services.pairing_inputs import someone
from bot.words import StoryKind
from storage.queries import debriefs, people
from storage.queries import stories as queries
from storage.tables import Story

MOST_LISTED = 5
MOST_BEST = 3


def told_first(
    session: Session, workspace_id: int, debrief_id: int, *, now: datetime
) -> tuple[int, str] | None:
    """The id and words of the story that the debrief tells since this very moment; None for an older one, or none."""
    story = debriefs.story_of(session, workspace_id, debrief_id)
    if story is None or not story.told or story.told_at != now:
        return None
    return story.id, story.told


def share(session: Session, workspace_id: int, author: Member, story_id: int, *, shared: bool) -> str:
    """The author shares it, or keeps it; returns its words. Raises NotFound for anybody else's."""
    story = queries.of_author(session, workspace_id, author.id, story_id)
    if story is None:
        raise NotFound(_("That story is gone, or is not yours to share."))
    story.shared = shared
    return story.told


def shared(
    session: Session, workspace_id: int, floor: Floor, tag: str | None, *, now: datetime
) -> list[StoryTold]:
    """The latest that the team's people share, of debriefs with the tag if one is given."""
    authors = _authors(session, workspace_id, floor, now)
    return _told(queries.tagged(session, workspace_id, authors.keys(), tag, most=MOST_LISTED), authors)


def winning(session: Session, workspace_id: int, rep: Member, tag: str, *, now: datetime) -> list[StoryTold]:
    """Up to three that the rep's teammates share of how the tag went well, the latest first."""
    return [one for one in best(session, workspace_id, rep, tag, now=now) if one.kind is StoryKind.WIN]


def best(session: Session, workspace_id: int, rep: Member, tag: str, *, now: datetime) -> list[StoryTold]:
    """Up to three that the rep's teammates share about the tag: wins before lessons, the latest first."""
    authors = _authors(session, workspace_id, floors.own(session, workspace_id, rep, now=now), now)
    authors.pop(rep.id, None)
    found = queries.tagged(session, workspace_id, authors.keys(), tag, most=MOST_BEST, wins_first=True)
    return _told(found, authors)


def _authors(session: Session, workspace_id: int, floor: Floor, now: datetime) -> dict[int, Someone]:
    team = people.members_on(session, workspace_id, local_date(now, floor.zone))
    return {
        person.id: someone(person) for person, _membership, theirs in team if floor.id in (None, theirs.id)
    }


def _told(found: Iterable[Story], authors: Mapping[int, Someone]) -> list[StoryTold]:
    """Each with its author's name, unless they do not want to be named."""
    return [
        StoryTold(story.kind, story.told, author if author.named else None)
        for story in found
        for author in [authors[story.author_id]]
    ]
