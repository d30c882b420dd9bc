"""Faults that somebody could make, and the tests that must notice: caps, limits, pages, and whose row it is."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """In `file` the text `good`, which stands there once, becomes `bad`; one of `tests` has to fail."""

    file: str
    good: str
    bad: str
    tests: tuple[str, ...]


ERRANDS, CHANGES = "tests/delivery/test_errands.py", "tests/delivery/test_changes.py"
OUTBOX, ODD = "tests/delivery/test_outbox.py", "tests/delivery/test_odd_answers.py"
ERASURE, SIGNED = "tests/privacy/test_services_erasure.py", "tests/http/test_slack_requests.py"
ACCESS, LINKS = "tests/people/test_domain_access.py", "tests/people/test_conversation_links.py"
INSTALL, RANKING = (
    "tests/setup/test_conversation_install.py",
    "tests/scorecards/ranking/test_domain_ranking.py",
)

COMPOSE, WEEK = "tests/digest/test_services_compose.py", "tests/coaching/test_conversation_week.py"

FAULTS = (
    # delivery
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
        (f"{OUTBOX}::test_a_lost_reply_is_asked_about_once_it_has_settled_and_not_before",),
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
        (f"{OUTBOX}::test_a_message_is_found_behind_many_others",),
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
        (f"{OUTBOX}::test_every_process_may_say_that_the_clock_went_back_and_what_is_in_hand_stays_so",),
    ),
    Fault(
        "storage/queries/delivery/outbox.py",
        ", ~conversation.endswith(LATER)",
        "",
        (f"{OUTBOX}::test_what_waits_for_its_hour_waits_for_it",),
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
    # signatures
    Fault(
        "bot/http/slack_requests.py",
        "    if abs(now.timestamp() - int(stamp)) > WINDOW_SECONDS:\n        return False\n",
        "",
        (f"{SIGNED}::test_a_signature_stands_for_five_minutes",),
    ),
    Fault("bot/http/slack_requests.py", " and len(stamp) <= LONGEST_STAMP", "", (SIGNED,)),
    Fault(
        "bot/http/slack_requests.py",
        "return hmac.compare_digest(given, signature(secret, stamp, body).encode())",
        "return True",
        (SIGNED,),
    ),
    Fault(
        "handlers/common/errors.py",
        "if url and is_slacks(client, url):",
        "if url:",
        (f"{SIGNED}::test_the_answer_to_a_signed_request_goes_to_slack_alone",),
    ),
    Fault(
        "bot/slack/client.py",
        'host.endswith(f".{domain}")',
        "host.endswith(domain)",
        (f"{SIGNED}::test_slacks_own_hosts_are_told_from_lookalikes",),
    ),
    # tenancy and people
    Fault(
        "bot/slack/tenancy/tenants.py",
        "    if for_an_organization(known):\n",
        "    if False:\n",
        ("tests/cli/test_doctor.py::test_a_token_of_a_whole_organization_is_refused_in_a_sentence",),
    ),
    Fault(
        "bot/slack/tenancy/oauth.py",
        "installation.is_enterprise_install or not installation.team_id",
        "not installation.team_id",
        (INSTALL,),
    ),
    Fault(
        "bot/slack/tenancy/oauth.py",
        "if ANY_TEAM not in self._teams and",
        "if self._teams and ANY_TEAM not in self._teams and",
        (INSTALL,),
    ),
    Fault(
        "bot/people/services/members.py",
        "person if person is not None and person.slack_user_id is None else None",
        "person",
        (LINKS,),
    ),
    Fault(
        "bot/people/services/members.py",
        "return ours not in ((user",
        "return False and ours not in ((user",
        (LINKS,),
    ),
    # access
    Fault(
        "bot/people/domain/access.py",
        "Right.SEE_PLACE: _to(_SELF,",
        "Right.SEE_PLACE: _to(_SELF, _MANAGER,",
        (ACCESS,),
    ),
    Fault(
        "bot/people/domain/access.py",
        "subject.person_id in viewer.learners and subject.is_shared",
        "subject.person_id in viewer.learners",
        (ACCESS,),
    ),
    Fault(
        "bot/people/domain/access.py",
        "not viewer.managed_team_ids.isdisjoint(subject.team_ids)",
        "bool(viewer.managed_team_ids)",
        (ACCESS,),
    ),
    # erasure
    Fault(
        "bot/privacy/services/erasure/people.py",
        '    ("pair_wish", "said_by_id"),\n',
        "",
        (f"{ERASURE}::test_who_is_forgotten_takes_nobody_elses_wish_along",),
    ),
    Fault(
        "bot/privacy/services/erasure/people.py",
        "person.email, person.slack_user_id)",
        "person.email)",
        (f"{ERASURE}::test_what_is_set_aside_goes_whichever_way_it_names_the_person",),
    ),
    Fault(
        "bot/privacy/services/erasure/__init__.py",
        "    queries.hold_workspace(books)\n",
        "",
        ("tests/privacy/test_erasures_at_once.py",),
    ),
    # ranking
    Fault("bot/scorecards/domain/ranking.py", "(0.05, 0.95)", "(0.10, 0.90)", (RANKING,)),
    # what is said of people, and when
    Fault(
        "bot/scorecards/domain/quadrant.py",
        "        return CANNOT_TELL if against is not None and against[at] else told\n",
        "        return told\n",
        ("tests/scorecards/test_coherence.py",),
    ),
    Fault(
        "bot/scorecards/views/place.py",
        "if place.place <= place.half and not is_open:",
        "if not is_open:",
        (
            "tests/scorecards/test_conversation_scorecard.py::test_a_place_is_told_to_who_asks_and_nobody_is_last",
        ),
    ),
    Fault(
        "bot/digest/views/channel.py",
        " and pair.agreed and _stands(pair)]",
        " and _stands(pair)]",
        (f"{COMPOSE}::test_the_channel_hears_of_a_pair_once_both_agreed_and_no_figure_of_theirs",),
    ),
    Fault(
        "bot/digest/domain/feeds.py",
        "    if not stopped:\n        return digest\n",
        "    return digest\n",
        ("tests/digest/test_services_feeds.py::test_no_name_no_progress_and_no_stuck_deal_on_old_data",),
    ),
    Fault(
        "bot/coaching/services/weeks/endings.py",
        "return lapses is not None and lapses <= books.now",
        "return False",
        (f"{WEEK}::test_a_proposal_says_until_when_and_lapses_after_three_working_days",),
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
        ("tests/calls/sources/meetings/test_teams.py::test_another_client_state_is_refused_and_none_is_stored",),
    ),
    Fault(
        "bot/calls/sources/dialpad.py",
        "WITHOUT_A_CLAIM = timedelta(days=1)",
        "WITHOUT_A_CLAIM = timedelta(days=400)",
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
        ("tests/scorecards/test_services_outlook.py::test_a_teams_share_is_public_from_three_goals_on",),
    ),
)
