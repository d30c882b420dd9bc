"""A rep is asked whether to share the story of a debrief; `/coach stories` lists what is shared."""

from slack_bolt import App

from bot.blocks.ids import Action
from bot.core.enums import OutboxKind
from bot.debriefs.services import stories
from bot.debriefs.services.debriefs import Written
from bot.debriefs.views import stories as views
from bot.delivery import outbox
from bot.delivery.inbox import Inbox
from bot.delivery.outbox import Message
from bot.people.services import members, teams
from bot.people.services.members import Member
from handlers.common.heard import Click, clicked
from storage.books import Books

START = (["start"], ["first"], ["new"], ["start", "here"])
"""Words that ask for what to read first."""


def register(app: App, _inbox: Inbox) -> None:
    app.action(Action.SHARE_STORY)(clicked(settle))
    app.action(Action.KEEP_STORY)(clicked(settle))
    app.action(Action.STORY_HELPED)(clicked(hear))
    app.action(Action.STORY_NOT_FOR_ME)(clicked(hear))


def offer(books: Books, rep: Member, debrief_id: int) -> None:
    """Ask the author, once, about a story that was just told."""
    story = stories.told_first(books, debrief_id)
    if story is None:
        return
    words = views.question(*story, named=rep.named_publicly)
    message = Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=rep.id)
    outbox.put(books, message)


def answer(books: Books, rep: Member, written: Written, objection: str) -> None:
    """What the rep has just picked is answered at once, in the thread, with what the team won by."""
    before = written.before.tags if written.before else ()
    picked = [*([objection] if objection else []), *(tag for tag in written.answer.tags if tag not in before)]
    found = stories.answer(books, rep, picked)
    if found is None:
        return
    words = views.our_answer(found)
    thread = written.prompt_message_id
    outbox.put(books, Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=rep.id, thread=thread))


def hear(click: Click) -> None:
    helped = click.action["action_id"] == Action.STORY_HELPED
    with click.writing() as books:
        found = stories.say_of(books, members.me(books, click.slack_user), click.id, helped=helped)
    click.ack()
    words = views.heard(found, helped=helped)
    click.respond(text=words.text, blocks=words.blocks, replace_original=True)


def settle(click: Click) -> None:
    story_id, is_shared = click.id, click.action["action_id"] == Action.SHARE_STORY
    with click.writing() as books:
        author = members.me(books, click.slack_user)
        told = stories.share(books, author, story_id, shared=is_shared)
    click.ack()
    words = views.answered(story_id, told, shared=is_shared)
    click.respond(text=words.text, blocks=words.blocks, replace_original=True)


def listed(books: Books, slack_user: str, words: list[str]) -> str:
    """What the asker's team shares: the latest, those that the words are said of, or what to read first."""
    floor = teams.own(books, members.me(books, slack_user))
    if not words:
        return views.listed(stories.latest(books, floor), "")
    if words in START:
        return views.shelf(stories.to_read_first(books, floor))
    return views.listed(stories.search(books, floor, words), " ".join(words))
