"""Who may come in, who is who, who sees what, and who is forgotten."""

from tests.mutate.fault import Fault

ERASURE = "tests/privacy/test_services_erasure.py"
SIGNED = "tests/http/test_slack_requests.py"
ACCESS = "tests/people/test_domain_access.py"
LINKS = "tests/people/test_conversation_links.py"
INSTALL = "tests/setup/test_conversation_install.py"

FAULTS = (
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
        "return not isinstance(teams, list) or ours not in teams",
        "return False",
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
)
