"""Stories that reps tell in their debriefs: each stays with its author, until the author shares it."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from bot.calendar.wallclock import local_date
from bot.core.enums import SELLING_ROLES, StoryKind, Unasked
from bot.core.errors import NotFound
from bot.core.i18n import gettext as _
from bot.debriefs.domain import stories
from bot.debriefs.domain.stories import Heard, OurAnswer, Shelved, StoryTold
from bot.people.domain.someone import Someone
from bot.people.services import members, teams, unasked
from bot.people.services.members import Member
from bot.people.services.people import someone
from bot.people.services.teams import Floor
from bot.scorecards.domain.evidence import is_ramping
from storage.books import Books
from storage.queries.debriefs import debriefs
from storage.queries.debriefs import stories as queries
from storage.queries.people import people
from storage.tables import Story, StoryShown

MOST_LISTED = 5
MOST_BEST = 3
MOST_SEARCHED = 500
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


def latest(books: Books, floor: Floor) -> list[StoryTold]:
    """What the team's people shared last."""
    authors = _authors(books, floor)
    return _told(queries.tagged(books, authors.keys(), None, most=MOST_LISTED), authors)


def is_shelf_for(books: Books, rep: Member) -> bool:
    """Whether the rep is in the first four weeks of what they sell, and their team has anything to read."""
    today = local_date(books.now, rep.zone)
    sells = [
        place.started_on
        for place, _team in members.held_on(books, rep.id, today)
        if place.role in SELLING_ROLES
    ]
    if not sells or not is_ramping(min(sells), today):
        return False
    authors = _teammates(books, rep)
    return bool(queries.tagged(books, authors.keys(), None, most=1))


def search(books: Books, floor: Floor, words: Sequence[str]) -> list[StoryTold]:
    """What the team's people share and every word is said of: see `story_search.found`."""
    authors, rows = _shelf_of(books, floor)
    meant = stories.found(_shelved(books, rows), words)[:MOST_LISTED]
    return _told([rows[one.id] for one in meant], authors)


def to_read_first(books: Books, floor: Floor) -> list[StoryTold]:
    """For who is new: what helped most, spread over topics."""
    authors, rows = _shelf_of(books, floor)
    return _told([rows[one.id] for one in stories.shelf(_shelved(books, rows))], authors)


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
    """The rep's word on a story they were shown, which is not told again where its author has taken it back.

    Raises NotFound for one that is gone or was not shown to them.
    """
    row = queries.shown(books, rep.id, shown_id)
    story = queries.by_id(books, row.story_id) if row else None
    if row is None or story is None:
        raise NotFound(_("That story is gone, or it was not shown to you."))
    row.helped = helped
    if not story.shared or not story.told:
        return OurAnswer(row.id, row.tag, None)
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
    worth = _worth(books, found)
    return sorted(found, key=lambda story: (story.kind is not StoryKind.WIN, -worth[story.id]))


def _worth(books: Books, found: Collection[Story]) -> dict[int, float]:
    heard = Counter(queries.heard(books, [story.id for story in found]))
    return {story.id: Heard(heard[story.id, True], heard[story.id, False]).worth for story in found}


def _shelf_of(books: Books, floor: Floor) -> tuple[dict[int, Someone], dict[int, Story]]:
    """The team's people, and what they share, the latest first, by id."""
    authors = _authors(books, floor)
    rows = queries.tagged(books, authors.keys(), None, most=MOST_SEARCHED)
    return authors, {row.id: row for row in rows}


def _shelved(books: Books, rows: Mapping[int, Story]) -> list[Shelved]:
    worth = _worth(books, rows.values())
    tags: dict[int, list[str]] = defaultdict(list)
    for story_id, tag in queries.tags_of(books, rows.keys()):
        tags[story_id].append(tag)
    return [
        Shelved(id, row.kind, row.told, row.product, tuple(tags[id]), worth[id]) for id, row in rows.items()
    ]


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
        StoryTold(story.kind, story.told, author if author.named else None, story.product)
        for story in found
        for author in [authors[story.author_id]]
    ]
