"""Stories that reps tell in their debriefs: each stays with its author, until the author shares it."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from bot.calendar.wallclock import local_date
from bot.core.enums import StoryKind, Unasked
from bot.core.errors import NotFound
from bot.core.i18n import gettext as _
from bot.debriefs.domain.stories import Heard, OurAnswer, StoryTold
from bot.people.domain.someone import Someone
from bot.people.services import teams, unasked
from bot.people.services.members import Member
from bot.people.services.people import someone
from bot.people.services.teams import Floor
from storage.books import Books
from storage.queries.debriefs import debriefs
from storage.queries.debriefs import stories as queries
from storage.queries.people import people
from storage.tables import Story, StoryShown

MOST_LISTED = 5
MOST_BEST = 3
MOST_RANKED = 100
"""Of a tag, the latest: among these it is told what helped most."""


def told_first(books: Books, debrief_id: int) -> tuple[int, StoryTold] | None:
    """The id and the story that the debrief tells since this very moment; None for an older one, or none."""
    story = debriefs.story_of(books, debrief_id)
    if story is None or not story.told or story.told_at != books.now:
        return None
    return story.id, StoryTold(story.kind, story.told, None)


def share(books: Books, author: Member, story_id: int, *, shared: bool) -> str:
    """The author shares it, or keeps it; returns its words. Raises NotFound for anybody else's."""
    story = queries.of_author(books, author.id, story_id)
    if story is None:
        raise NotFound(_("That story is gone, or is not yours to share."))
    story.shared = shared
    return story.told


def shared(books: Books, floor: Floor, tag: str | None) -> list[StoryTold]:
    """The latest that the team's people share; of debriefs with the tag, if one is given, what helped most first."""
    authors = _authors(books, floor)
    if tag is None:
        return _told(queries.tagged(books, authors.keys(), tag, most=MOST_LISTED), authors)
    return _told(_ranked(books, authors.keys(), tag)[:MOST_LISTED], authors)


def winning(books: Books, rep: Member, tag: str) -> list[StoryTold]:
    """Up to three that the rep's teammates share of how the tag went well, what helped most first."""
    return [one for one in best(books, rep, tag) if one.kind is StoryKind.WIN]


def best(books: Books, rep: Member, tag: str) -> list[StoryTold]:
    """Up to three that the rep's teammates share about the tag: wins before lessons, then what helped most."""
    authors = _teammates(books, rep)
    return _told(_ranked(books, authors.keys(), tag)[:MOST_BEST], authors)


def shared_wins(books: Books, floor: Floor, tag: str, *, most: int) -> list[StoryTold]:
    """Of the team, what helped most first."""
    authors = _authors(books, floor)
    wins = [one for one in _ranked(books, authors.keys(), tag) if one.kind is StoryKind.WIN]
    return _told(wins[:most], authors)


def answer(books: Books, rep: Member, tags: Iterable[str]) -> OurAnswer | None:
    """A winning story on the first of the tags that has one which the rep has not been shown; at most one a day."""
    if not unasked.may_be_sent(books, rep, Unasked.OUR_ANSWER):
        return None
    authors, known = _teammates(books, rep), set(queries.shown_to(books, rep.id))
    for tag in tags:
        for story in _ranked(books, authors.keys(), tag):
            if story.kind is StoryKind.WIN and story.id not in known:
                return _shown(books, rep, tag, story, authors)
    return None


def say_of(books: Books, rep: Member, shown_id: int, *, helped: bool) -> OurAnswer:
    """The rep's word on a story they were shown; raises NotFound for one that is gone or was not shown to them."""
    row = queries.shown(books, rep.id, shown_id)
    story = queries.by_id(books, row.story_id) if row else None
    if row is None or story is None:
        raise NotFound(_("That story is gone, or it was not shown to you."))
    row.helped = helped
    authors = _teammates(books, rep)
    known = story.author_id in authors
    told = _told([story], authors)[0] if known else StoryTold(story.kind, story.told, None)
    return OurAnswer(row.id, row.tag, told)


def _shown(
    books: Books, rep: Member, tag: str, story: Story, authors: Mapping[int, Someone]
) -> OurAnswer | None:
    if not unasked.claim(books, rep.id, Unasked.OUR_ANSWER, local_date(books.now, rep.zone)):
        return None
    row = StoryShown(
        workspace_id=books.workspace_id, story_id=story.id, person_id=rep.id, tag=tag, shown_at=books.now
    )
    books.session.add(row)
    books.session.flush()
    return OurAnswer(row.id, tag, _told([story], authors)[0])


def _ranked(books: Books, authors: Collection[int], tag: str) -> list[Story]:
    """Wins before lessons, then by what those said who were shown them, then the latest first."""
    found = queries.tagged(books, authors, tag, most=MOST_RANKED, wins_first=True)
    heard = Counter(queries.heard(books, [story.id for story in found]))

    def worth(story: Story) -> float:
        return Heard(heard[story.id, True], heard[story.id, False]).worth

    return sorted(found, key=lambda story: (story.kind is not StoryKind.WIN, -worth(story)))


def _teammates(books: Books, rep: Member) -> dict[int, Someone]:
    authors = _authors(books, teams.own(books, rep))
    authors.pop(rep.id, None)
    return authors


def _authors(books: Books, floor: Floor) -> dict[int, Someone]:
    team = people.members_on(books, local_date(books.now, floor.zone))
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
