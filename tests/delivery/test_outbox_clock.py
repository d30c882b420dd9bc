"""A clock that is set back, a slow Slack and messages for a later hour let nothing stand still."""

from datetime import timedelta

import pytest

from bot.core.clock import Jumps
from bot.core.enums import OutboxKind
from bot.delivery import outbox
from bot.delivery.outbox import Message
from storage.tables import OutboxState, SlackPause
from tests.delivery.posts import NOON, Post
from tests.support.office import StoppedClock


def test_a_slow_slack_is_not_spoken_to_late_in_a_lease(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """Opening the conversation took so long that somebody else may soon take the message over."""
    watch = iter([0.0, 30.0])
    monkeypatch.setattr(outbox, "stopwatch", lambda: next(watch))
    post.put()

    post.outbox().send_one()

    assert post.said() == []


def test_a_clock_that_is_set_back_an_hour_delays_nothing_for_an_hour(post: Post) -> None:
    waiting, abandoned = post.put("waiting"), post.put("abandoned", person_id=None, channel="C404")
    post.abandon(abandoned)
    with post.db.begin() as session:
        session.add(
            SlackPause(
                workspace_id=post.workspace_id, method="chat.postMessage", until=NOON + timedelta(seconds=30)
            )
        )
    post.later(-3600)
    sender = post.outbox()

    sender.look_at_the_clock()
    post.later(16 * 60)
    sender.send_all()
    post.later(30)
    sender.send_all()

    assert post.row(waiting).state is OutboxState.SENT
    assert post.row(abandoned).state is OutboxState.UNKNOWN


def test_a_clock_that_goes_back_lets_nothing_stand_still(post: Post) -> None:
    """What was to wait a minute waits that minute, though the clock says it is an hour earlier."""
    waiting, abandoned = post.put("waiting"), post.put("abandoned")
    post.abandon(abandoned)
    with post.db.begin() as session:
        session.add(
            SlackPause(
                workspace_id=post.workspace_id, method="chat.postMessage", until=NOON + timedelta(seconds=30)
            )
        )
    post.later(-3600)
    sender = post.outbox()
    sender.clock_went_back(timedelta(hours=1))
    for _ in range(4):
        post.later(30)
        sender.send_all()

    assert post.row(waiting).state is OutboxState.SENT
    assert post.row(abandoned).state is OutboxState.SENT


def test_every_process_may_say_that_the_clock_went_back_and_what_is_in_hand_stays_so(post: Post) -> None:
    held = post.put("in hand")
    post.abandon(held)
    post.later(-3600)
    for _process in range(3):
        post.outbox().clock_went_back(timedelta(hours=1))

    lease = post.row(held).leased_until
    assert lease is not None and lease > post.clock(), "its sender may be at it"


def test_what_waits_for_its_hour_waits_for_it(post: Post) -> None:
    """Somebody's morning, not a pause between two tries."""
    morning = NOON + timedelta(hours=20)
    with post.db.writing(post.workspace_id, NOON) as books:
        id = outbox.put(
            books, Message(OutboxKind.NOTICE, "Good morning", person_id=post.person_id), at=morning
        )
    sender = post.outbox()

    sender.look_at_the_clock()
    post.later(-3600)
    sender.clock_went_back(timedelta(hours=1))
    post.later(2 * 3600)
    sender.look_at_the_clock()
    sender.send_all()

    assert post.row(id).next_at == morning
    assert post.said() == []


@pytest.mark.parametrize(("by", "told"), [(-3600, 3600), (-2, None), (3600, None), (0, None)])
def test_a_jump_of_the_clock_is_told_from_time_that_passes(by: float, told: float | None) -> None:
    clock, watch = StoppedClock(NOON), iter([0.0, 10.0, 20.0, 30.0, 40.0])
    jumps = Jumps(clock, lambda: next(watch))
    clock.advance(timedelta(seconds=10))
    assert jumps.back() is None

    clock.advance(timedelta(seconds=10 + by))

    back = timedelta(seconds=told) if told else None
    assert jumps.back() == back
    clock.advance(timedelta(seconds=10))
    assert jumps.back() == back, "the database may have been away"
    if back:
        jumps.heard(back)
    clock.advance(timedelta(seconds=10))
    assert jumps.back() is None, "it is told once"
