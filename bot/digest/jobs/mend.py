"""A post that names a pair which is over is edited within the minute."""

from slack_sdk.models.blocks import Block

from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.digest.services.mending import mended
from bot.digest.views.channel import pair_begins, pairs_label
from bot.slack.tools import Tools


def mend_posts(tools: Tools) -> None:
    db, workspace_id, now = tools.db, tools.workspace_id, tools.clock()
    with db.reading(workspace_id, now) as books:
        if not mended(books, pair_begins, pairs_label()):
            return
    with db.writing(workspace_id, now) as books:
        for post in mended(books, pair_begins, pairs_label()):
            outbox.put(
                books,
                Message(
                    OutboxKind.UPDATE,
                    post.text,
                    [block for block in Block.parse_all(list(post.blocks)) if block],
                    channel=post.channel,
                    updates=post.message_id,
                ),
            )
