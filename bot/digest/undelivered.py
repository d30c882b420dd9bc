"""What is done about a message that Slack will not take, or of which nobody will ever know whether it arrived.

Of one whose fate is unknown its kind decides: a prompt is not said twice, its call rests in the Home tab; for a digest
its team's managers are asked, and whoever wanted a file is told. Of one that Slack refuses whoever waits for it hears
why, and what to do:

| kind | who hears |
| --- | --- |
| a digest | its team's managers, else the admins, with a button that posts it again |
| a file | whoever asked for it, with the command that writes the same file |
| a question, a reminder, a pair, feedback | the person's managers, else the admins, once a day and without its words |
| a notice, an update | nobody: it may be the very word about a refusal; `cornerman outbox list` has it |
"""

from collections.abc import Iterator

from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.delivery.services import undelivered
from bot.delivery.services.undelivered import Doubt
from bot.digest.views import undelivered as views
from bot.people.services import members, teams
from bot.people.services.members import Member
from storage.books import Books

NOBODY_WAITS = (OutboxKind.NOTICE, OutboxKind.UPDATE)
FOLLOWS_ANOTHER = ("the message it belongs to", "the app was away", "the person is not linked")
"""Why there was never a place for it: what went before was told of, or the roster shows it."""


def ask_whether_it_arrived(books: Books, message_id: int) -> None:
    """In the transaction that gives the message up."""
    doubt = undelivered.doubt(books, message_id)
    if doubt.kind is OutboxKind.FILE and doubt.person_id is not None:
        notice = Message(OutboxKind.NOTICE, views.file(), person_id=doubt.person_id)
        outbox.put(books, notice)
    elif doubt.kind is OutboxKind.DIGEST and doubt.team_id is not None:
        _ask_managers(books, doubt, doubt.team_id)


def _ask_managers(books: Books, doubt: Doubt, team_id: int) -> None:
    channel = doubt.channel or ""
    words = views.did_it_arrive(doubt.team, channel, doubt.message_id)
    for manager in members.managers_of(books, team_id):
        question = Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=manager.id)
        outbox.put(books, question)


def tell_of_refusal(books: Books, message_id: int) -> None:
    """In the transaction that gives the message up; it stays, and is sent again when they say so."""
    lost = undelivered.doubt(books, message_id)
    for notice in _notices(books, lost):
        outbox.put(books, notice)


def _notices(books: Books, lost: Doubt) -> Iterator[Message]:
    if lost.kind in NOBODY_WAITS or lost.why.startswith(FOLLOWS_ANOTHER):
        return
    if lost.kind is OutboxKind.FILE:
        if lost.person_id is not None:
            text = views.refused_file(lost.file_name, lost.why)
            yield Message(OutboxKind.NOTICE, text, person_id=lost.person_id)
    elif lost.team_id is not None:
        words = views.refused(lost.team, lost.why, lost.team_id, lost.message_id)
        for keeper in teams.caretakers(books, lost.team_id):
            yield Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=keeper.id)
    elif lost.person_id is not None and undelivered.is_first_in_a_day(books, lost):
        person = members.member(books, lost.person_id)
        text = views.refused_to(person.name, lost.kind, lost.why)
        for keeper in _keepers(books, person):
            yield Message(OutboxKind.NOTICE, text, person_id=keeper.id)


def _keepers(books: Books, person: Member) -> list[Member]:
    """Of whoever did not get it, and not that person, whom Slack does not let us reach."""
    team = teams.own(books, person)
    found = teams.caretakers(books, team.id) if team.id is not None else []
    found = [keeper for keeper in found if keeper.id != person.id]
    return found or [one for one in teams.admins(books) if one.id != person.id]
