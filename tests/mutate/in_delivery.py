"""What is sent and taken in: leases, pauses, lost replies, what is asked about, what counts as done."""

from tests.mutate.fault import Fault

ERRANDS = "tests/delivery/test_errands.py"
CHANGES = "tests/delivery/test_changes.py"
OUTBOX = "tests/delivery/test_outbox.py"
ODD = "tests/delivery/test_odd_answers.py"

FAULTS = (
    Fault(
        "bot/delivery/outbox.py",
        " or row.leased_until != claim.lease",
        "",
        (f"{OUTBOX}::test_a_sender_whose_message_another_has_in_hand_writes_nothing",),
    ),
    Fault(
        "bot/delivery/outbox.py",
        "                row.attempted_at = now\n",
        "",
        (f"{ODD}::test_asking_ends_some_day",),
    ),
    Fault(
        "bot/delivery/outcomes.py",
        "now + min(wait, LONGEST_PAUSE)",
        "now + wait",
        (f"{ODD}::test_slacks_wait_is_capped_in_every_process",),
    ),
    Fault(
        "bot/delivery/outcomes.py",
        "        row.attempts -= 1\n",
        "",
        (
            f"{OUTBOX}::test_being_told_to_wait_never_kills_a_message",
            f"{ODD}::test_a_slack_that_cannot_be_reached_loses_nothing_however_long",
        ),
    ),
    Fault(
        "bot/delivery/outcomes.py",
        "            row.leased_until = now + SETTLE\n",
        "            row.state, row.next_at = OutboxState.QUEUED, now\n",
        (
            "tests/delivery/test_outbox_in_doubt.py::test_a_lost_reply_is_asked_about_once_it_has_settled_and_not_before",
        ),
    ),
    Fault(
        "bot/slack/outcomes.py",
        "status >= 500 or code in PERHAPS_DONE",
        "code in PERHAPS_DONE",
        (f"{ODD}::test_what_slack_answers_with_a_5xx_may_be_done",),
    ),
    Fault(
        "bot/slack/history.py",
        'cursor = (page.get("response_metadata") or {}).get("next_cursor") or None',
        "cursor = None",
        ("tests/delivery/test_outbox_in_doubt.py::test_a_message_is_found_behind_many_others",),
    ),
    Fault(
        "bot/slack/files.py",
        "asked.hostname == OWN_HOST",
        '(asked.hostname or "").endswith(OWN_HOST)',
        ("tests/delivery/test_files.py",),
    ),
    Fault("bot/slack/files.py", "if len(body) > largest:", "if False:", ("tests/delivery/test_files.py",)),
    Fault(
        "bot/delivery/group_commit.py",
        "        except Exception as error:",
        "        except OSError as error:",
        ("tests/delivery/test_group_commit.py",),
    ),
    Fault(
        "bot/delivery/errands.py",
        " or row.attempts != self.attempt",
        "",
        (f"{ERRANDS}::test_who_stood_still_says_nothing_while_another_is_at_it",),
    ),
    Fault(
        "bot/delivery/errands.py",
        "            row.next_at = now + LEASE\n",
        "",
        (f"{ERRANDS}::test_one_that_dies_leaves_it_to_another_once_its_lease_is_over",),
    ),
    Fault(
        "storage/queries/delivery/outbox.py",
        "min(message.leased_until, lease_until)",
        "message.leased_until - by",
        (
            "tests/delivery/test_outbox_clock.py::test_every_process_may_say_that_the_clock_went_back_and_what_is_in_hand_stays_so",
        ),
    ),
    Fault(
        "storage/queries/delivery/outbox.py",
        ", ~conversation.endswith(LATER)",
        "",
        ("tests/delivery/test_outbox_clock.py::test_what_waits_for_its_hour_waits_for_it",),
    ),
    Fault(
        "storage/changes.py",
        "sa.and_(when > now, when <= now + by)",
        "when > now",
        (
            f"{CHANGES}::test_what_was_due_before_the_clock_went_back_is_due_still_and_the_rest_waits_for_its_hour",
        ),
    ),
    Fault(
        "bot/slack/delivery.py",
        ' if told.get("ts") else TryLater(NOT_WHERE)',
        "",
        (f"{ODD}::test_a_yes_that_does_not_say_to_what_is_no_yes",),
    ),
    Fault(
        "handlers/calls/calls.py",
        "    if is_early(ended, now=books.now):\n",
        "    if False:\n",
        (
            "tests/calls/test_conversation_roads_in.py::test_a_call_that_ends_later_than_our_clock_says_waits_for_it",
        ),
    ),
)
