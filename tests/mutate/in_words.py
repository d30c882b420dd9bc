"""What is said of people, when, and what is believed, kept and undone."""

from tests.mutate.fault import Fault

RANKING = "tests/scorecards/ranking/test_domain_ranking.py"
COMPOSE = "tests/digest/test_services_compose.py"
WEEK = "tests/coaching/weeks/test_conversation_week.py"

FAULTS = (
    # ranking
    Fault("bot/scorecards/domain/ranking.py", "(0.05, 0.95)", "(0.10, 0.90)", (RANKING,)),
    # what is said of people, and when
    Fault(
        "bot/scorecards/domain/quadrant.py",
        "        return CANNOT_TELL if against is not None and against[at] else told\n",
        "        return told\n",
        ("tests/scorecards/coherence/test_coherence.py",),
    ),
    Fault(
        "bot/scorecards/views/place.py",
        "if place.place <= place.half and not is_open:",
        "if not is_open:",
        ("tests/scorecards/test_conversation_top.py::test_a_place_is_told_to_who_asks_and_nobody_is_last",),
    ),
    Fault(
        "bot/digest/views/channel.py",
        " and pair.agreed and _stands(pair)]",
        " and _stands(pair)]",
        (f"{COMPOSE}::test_the_channel_hears_of_a_pair_once_both_agreed_and_no_figure_of_theirs",),
    ),
    Fault(
        "bot/digest/domain/feeds.py",
        "    if not quiet:\n        return digest\n",
        "    return digest\n",
        ("tests/digest/test_services_feeds.py::test_no_name_no_progress_and_no_stuck_deal_on_old_data",),
    ),
    Fault(
        "bot/coaching/services/weeks/endings.py",
        "return lapses is not None and lapses <= books.now",
        "return False",
        (
            "tests/coaching/weeks/test_conversation_week.py::test_a_proposal_says_until_when_and_lapses_after_three_working_days",
        ),
    ),
    Fault(
        "bot/home/views/own.py",
        "    if pair.status is PairingStatus.PROPOSED:\n",
        "    if pair.status is None:\n",
        (
            "tests/home/test_conversation_own_coaching.py::test_a_pair_that_is_only_proposed_is_told_as_a_question",
        ),
    ),
    # undone, kept, believed
    Fault(
        "bot/handoffs/services/handoffs.py",
        "if books.now >= row.decided_at + UNDO:",
        "if not row.decided_at:",
        ("tests/handoffs/test_conversation_handoff.py::test_after_five_minutes_a_decision_stands",),
    ),
    Fault(
        "bot/app.py",
        'left_out |= {"text", "blocks", "attachments"}',
        "left_out |= set()",
        (
            "tests/home/test_conversation_strangers.py::test_whatever_is_written_to_the_bot_is_answered_and_not_kept",
        ),
    ),
    Fault(
        "bot/calls/sources/teams.py",
        "if not notices or not all(",
        "if not notices or not any(True or ",
        (
            "tests/calls/sources/meetings/test_teams.py::test_another_client_state_is_refused_and_none_is_stored",
        ),
    ),
    Fault(
        "bot/calls/sources/dialpad.py",
        "BELIEVED_FOR = timedelta(days=1)",
        "BELIEVED_FOR = timedelta(days=400)",
        ("tests/calls/sources/test_dialpad.py::test_a_token_without_a_time_is_believed_for_a_day",),
    ),
    Fault(
        "storage/database.py",
        "        self.changes.tell(written)\n",
        "",
        ("tests/delivery/test_changes.py::test_a_worker_that_rests_is_woken_by_what_its_own_process_writes",),
    ),
    Fault(
        "bot/pipeline/domain/win_curves.py",
        "(won if course.won else lost)[course.left] += 1",
        "won[course.left] += course.won",
        ("tests/pipeline/test_domain_forecast.py::test_the_share_won_by_an_age_is_what_one_counts_by_hand",),
    ),
    Fault(
        "bot/scorecards/domain/money.py",
        "FEWEST_TOLD = 3",
        "FEWEST_TOLD = 2",
        (
            "tests/scorecards/goals/test_services_outlook.py::test_a_teams_share_is_public_from_three_goals_on",
        ),
    ),
)
