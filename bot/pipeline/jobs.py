"""SDRs hear what became of the leads they passed."""

from bot.blocks.reader import reader
from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.pipeline.services import lead_news
from bot.pipeline.views import lead_news as views
from bot.slack.tools import Tools


def tell_of_leads(tools: Tools) -> None:
    now = tools.clock()
    with tools.db.reading(tools.workspace_id, now) as books:
        if not lead_news.is_any(books):
            return
    with tools.db.writing(tools.workspace_id, now) as books:
        for sdr, news in lead_news.take(books):
            words = views.told(news, reader(sdr.locale, sdr.zone))
            outbox.put(books, Message(OutboxKind.NOTICE, words.text, words.blocks, person_id=sdr.id))
