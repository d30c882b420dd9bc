"""The digest's one picture: the team's trend, drawn when it is sent, and never worth the words."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.blocks import kit
from bot.blocks.reader import reader
from bot.core.enums import Metric, OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import Message
from bot.digest.domain.trend import Trend, WeekCount
from bot.digest.views import trend as views
from bot.sandbox import Channel, Member
from bot.scorecards import draw
from storage.tables import OutboxMessage, OutboxState
from tests.support.office import Office

MONDAY = date(2026, 8, 17)
TREND = Trend(
    Metric.DEBRIEF_RATE,
    tuple(WeekCount(MONDAY + timedelta(weeks=n), 4 + n // 2, 0 if n == 3 else 10) for n in range(13)),
)


@pytest.fixture
def sales(office: Office, mia: Member) -> Iterator[Channel]:
    channel = office.sandbox.add_channel("sales", members=[mia])
    office.sandbox.invite_bot(channel)
    yield channel


def put(office: Office, channel: Channel, chart: dict[str, Any] | None = None) -> int:
    reads = reader("de-DE", ZoneInfo("Europe/Berlin"))
    message = Message(
        OutboxKind.DIGEST,
        "The digest",
        [kit.section("The digest"), views.drawn(views.trend_told(TREND, reads))],
        channel=channel.id,
        chart=views.chart(TREND, reads) if chart is None else chart,
    )
    with office.db.writing(office.workspace_id, office.clock()) as books:
        return outbox.put(books, message)


def row(office: Office, message_id: int) -> OutboxMessage:
    with office.db.read() as session:
        return session.get_one(OutboxMessage, message_id)


def sent(office: Office, message_id: int) -> None:
    """The office's own workers send beside the test: whoever has it in hand, it arrives."""
    for _try in range(50):
        if row(office, message_id).state is OutboxState.SENT:
            return
        office.later(seconds=10)
    raise AssertionError(f"it was not sent: {row(office, message_id).error}")


def image_of(channel: Channel) -> dict[str, Any] | None:
    [posted] = channel.messages
    return next((block for block in posted.blocks if block["type"] == "image"), None)


def test_a_trend_is_a_picture_with_its_words(office: Office, sales: Channel) -> None:
    message_id = put(office, sales)

    sent(office, message_id)

    shown = image_of(sales)
    assert shown is not None
    assert shown["slack_file"] == {"id": row(office, message_id).file_id}
    assert shown["alt_text"] == "📊 Calls debriefed: 100% last week, 73% over 13 weeks"
    content = office.sandbox.workspace.files[shown["slack_file"]["id"]].content
    assert content is not None and content.startswith(b"\x89PNG")


def test_a_picture_that_slack_does_not_show_yet_is_waited_for(office: Office, sales: Channel) -> None:
    office.sandbox.faults.slack_error("chat.postMessage", "invalid_blocks", times=2)
    message_id = put(office, sales)

    sent(office, message_id)

    assert image_of(sales) is not None


@pytest.mark.parametrize(
    ("method", "code", "times"),
    [
        ("files.getUploadURLExternal", "missing_scope", 1),
        ("files.completeUploadExternal", "file_uploads_disabled", 1),
        ("files.getUploadURLExternal", "internal_error", 3),
        ("chat.postMessage", "invalid_blocks", 3),
    ],
)
def test_a_digest_whose_picture_is_refused_goes_with_its_words_alone(
    office: Office, sales: Channel, method: str, code: str, times: int
) -> None:
    office.sandbox.faults.slack_error(method, code, times=times)
    message_id = put(office, sales)

    sent(office, message_id)

    assert image_of(sales) is None


def test_a_chart_that_cannot_be_drawn_costs_the_picture_alone(office: Office, sales: Channel) -> None:
    message_id = put(office, sales, chart={"title": "Nothing of what is needed"})

    sent(office, message_id)

    assert image_of(sales) is None


def test_a_week_without_a_figure_is_left_out_and_not_drawn_as_nought() -> None:
    chart = views.chart(TREND, reader("de-DE", ZoneInfo("Europe/Berlin")))

    assert chart["values"][3] is None
    assert chart["weeks"][0] == "17 Aug"
    assert draw.draw(chart).startswith(b"\x89PNG")
