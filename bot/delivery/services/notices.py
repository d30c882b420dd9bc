"""What somebody else did that concerns a person, told to them while they work."""

from bot.calendar.working_hours import next_open
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.people.services import calendars
from bot.people.services.members import Member
from storage.books import Books


def tell(books: Books, person: Member, message: Message) -> int:
    """At once, or as soon as the person works again; returns the message's id."""
    at = next_open(calendars.hours_of(books, person), books.now)
    return outbox.put(books, message, at=at)
