"""What came of each pair is counted once its weeks are over, and told to both."""

from bot.blocks.reader import reader
from bot.coaching.services.results import pair_results
from bot.coaching.views.results import pair_results as views
from bot.core.enums import OutboxKind
from bot.core.session_cache import remember
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.slack.tools import Tools, do_not_disturb
from storage.books import Books


def tell_results(tools: Tools) -> None:
    """Each person in a transaction of their own."""
    _count(tools)
    with tools.db.reading(tools.workspace_id, tools.clock()) as books:
        waiting = pair_results.to_tell(books)
    for person_id, slack_user_id in waiting:
        quiet = do_not_disturb(tools, slack_user_id)
        with tools.db.writing(tools.workspace_id, tools.clock()) as books:
            taken = pair_results.take(books, person_id, quiet=quiet)
            if taken is not None:
                person, results = taken
                words = views.told(person.id, results, reader(person.locale, person.zone))
                message = Message(OutboxKind.FEEDBACK, words.text, words.blocks, person_id=person.id)
                outbox.put(books, message)


def _count(tools: Tools) -> None:
    """Counted while others may write; it takes a while."""
    now = tools.clock()
    with tools.db.read() as figures:
        remember(figures)
        books = Books(figures, tools.workspace_id, now)
        rows = pair_results.counted(books, pair_results.to_count(books))
    if rows:
        with tools.db.writing(tools.workspace_id, now) as books:
            pair_results.keep(books, rows)
