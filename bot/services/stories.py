"""Stories that reps tell in their debriefs: each stays with its author, until the author shares it."""

from datetime import datetime

from sqlmodel import Session

from bot.domain.digest import StoryTold
from bot.domain.wallclock import local_date
from bot.errors import NotFound
from bot.language import gettext as _
from bot.services.floors import Floor
from bot.services.members import Member
from bot.services.pairing_inputs import someone
from storage.queries import debriefs, people
from storage.queries import stories as queries

MOST_LISTED = 5


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
    team = people.members_on(session, workspace_id, local_date(now, floor.zone))
    authors = {
        person.id: someone(person) for person, _membership, theirs in team if floor.id in (None, theirs.id)
    }
    found = queries.tagged(session, workspace_id, authors.keys(), tag, most=MOST_LISTED)
    return [
        StoryTold(story.kind, story.told, author if author.named else None)
        for story in found
        for author in [authors[story.author_id]]
    ]
