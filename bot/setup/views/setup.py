"""Setting it up in Slack: how far it is, and a form for each step."""

from collections.abc import Mapping
from types import MappingProxyType

from slack_sdk.models.blocks import (
    Block,
    ConversationFilter,
    ConversationSelectElement,
    NumberInputElement,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View as Modal

from bot.blocks import kit
from bot.blocks.ids import Action, Input, View
from bot.blocks.kit import said
from bot.core.coaching_enums import PaidBy
from bot.core.enums import SELLING_ROLES
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.people.domain.audit import Edition
from bot.people.views.names import roles_label
from bot.setup.domain import Costs, Progress, Step

_TITLE = _("Set up Cornerman")
_STEPS: Mapping[Step, tuple[str, str, Action]] = MappingProxyType(
    {
        Step.TEAM: (_("Your team and its channel"), _("Name it"), Action.SETUP_TEAM),
        Step.PEOPLE: (_("The people in it"), _("Add people"), Action.SETUP_PEOPLE),
        Step.ROLES: (_("Who is what, and who leads"), _("Set roles"), Action.SETUP_ROLES),
        Step.DIGEST: (_("Day and hour of the weekly digest"), _("Pick them"), Action.CHANGE_DIGEST),
        Step.CHECKLIST: (_("What makes a lead qualified"), _("Write the checklist"), Action.SETUP_CHECKLIST),
        Step.TARGETS: (_("Targets of a role"), _("Pick a role"), Action.SETUP_TARGETS),
        Step.COSTS: (
            _("Cost of tools, credit for coaching, how long words are kept"),
            _("Set them"),
            Action.SETUP_COSTS,
        ),
    }
)

_OF_ONE_TEAM = (Step.PEOPLE, Step.ROLES, Step.DIGEST)


def begin() -> list[Block]:
    """For whoever opens an empty workspace."""
    return [
        kit.header(_TITLE),
        kit.section(
            _(
                "I ask each rep for a short debrief after a call, and once a week I tell the team who is strong in "
                "what, and pair them up. Nobody has set me up yet: an admin or owner of this Slack workspace can "
                "begin. It takes ten minutes, and each step can be left and taken up again."
            )
        ),
        kit.buttons(kit.button(_("Begin"), Action.SETUP_BEGIN, "begin", style="primary")),
    ]


def steps(progress: Progress) -> list[Block]:
    done = sum(progress.done.values())
    title = _("{title}: {done} of {all} done").format(title=_TITLE, done=done, all=len(_STEPS))
    rows = [_row(step, progress) for step in Step]
    return [kit.header(title), *rows, *_last(progress)]


def _row(step: Step, progress: Progress) -> Block:
    what, label, action = _STEPS[step]
    mark = "✓" if progress.done[step] else "○"
    if progress.is_one_of_several and step in _OF_ONE_TEAM:
        what = f"{what}: *{said(progress.team)}*"
    waits = step in (Step.PEOPLE, Step.ROLES, Step.DIGEST) and progress.team_id is None
    if waits:
        return kit.section(_("{mark} {what} (after the team has a name)").format(mark=mark, what=what))
    accessory = (
        StaticSelectElement(
            action_id=action,
            placeholder=label,
            options=[kit.option(roles_label(role), role) for role in SELLING_ROLES],
        )
        if step is Step.TARGETS
        else kit.button(label, action, progress.team_id or 0)
    )
    return kit.section(f"{mark} {what}", accessory=accessory, block_id=f"setup {step}")


def _last(progress: Progress) -> list[Block]:
    more = kit.context(
        _(
            "People, calls and deals can also come as a file: drop a CSV into our direct message, or use "
            "`cornerman import`. `/scorecard roster` changes roles later, with their dates."
        )
    )
    if progress.team_id is None or not progress.people:
        return [more]
    sample = kit.button(_("Show me a sample digest"), Action.PREVIEW_DIGEST, progress.team_id)
    return [kit.buttons(sample), more]


def team_form(progress: Progress) -> Modal:
    where = ConversationSelectElement(
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
        initial_conversation=progress.channel or None,
    )
    return kit.modal(
        View.SETUP_TEAM,
        _("Your team"),
        [
            kit.ask(
                _("What is it called?"),
                Input.NAME,
                PlainTextInputElement(initial_value=progress.team or None, max_length=80),
                hint=_("Another name makes another team."),
                optional=False,
            ),
            kit.ask(
                _("Its channel"),
                Input.CHANNEL,
                where,
                hint=_("The weekly digest comes here. Invite me: I can only write where I am a member."),
                optional=False,
            ),
        ],
        submit=_("Save"),
    )


def costs_form(costs: Costs, version: int) -> Modal:
    def number(value: object, *, decimal: bool = False) -> NumberInputElement:
        return NumberInputElement(is_decimal_allowed=decimal, initial_value=str(value))

    return kit.modal(
        View.SETUP_COSTS,
        _("Costs and keeping"),
        [
            kit.ask(_("Tools, per rep and month"), Input.TOOL_COST, number(costs.tool_cost, decimal=True),
                    optional=False),
            kit.ask(_("Credit for an hour of coaching"), Input.CREDIT_RATE, number(costs.credit_rate, decimal=True),
                    hint=_("0: no rate is set, and no money is told."), optional=False),
            kit.ask(_("Coaching is paid"), Input.PAID_BY, _ways_to_pay(costs.paid_by),
                    hint=_("Less of the target: the credited minutes as a share of the working time."),
                    optional=False),
            kit.ask(_("Currency"), Input.CURRENCY, PlainTextInputElement(initial_value=costs.currency, max_length=3),
                    optional=False),
            kit.ask(_("Keep raw deliveries, days"), Input.KEEP_RAW_DAYS, number(costs.keep_raw_days), optional=False),
            kit.ask(_("Keep the words of messages, days"), Input.KEEP_MESSAGES_DAYS, number(costs.keep_messages_days),
                    optional=False),
            kit.ask(_("Keep people's own words, months"), Input.KEEP_WORDS_MONTHS, number(costs.keep_words_months),
                    hint=_("Debriefs, feedback, disputes. Their numbers stay."), optional=False),
        ],
        submit=_("Save"),
        about=str(Edition(0, version)),
    )  # fmt: skip


def _ways_to_pay(now: PaidBy) -> StaticSelectElement:
    options = {one: kit.option(_way_to_pay(one), one) for one in PaidBy}
    return StaticSelectElement(options=list(options.values()), initial_option=options[now])


def _way_to_pay(paid_by: PaidBy) -> str:
    return {PaidBy.MONEY: _("in money, by the hour"), PaidBy.RELIEF: _("by asking less of the targets")}[
        paid_by
    ]


def costs_are(costs: Costs) -> str:
    return _(
        "Tools cost {tool} {currency} per rep and month, an hour of coaching is worth {credit} {currency} and paid "
        "{way}; raw deliveries are kept {raw} days, words of messages {messages} days, people's own words {words} "
        "months."
    ).format(
        tool=f"{costs.tool_cost:g}",
        credit=f"{costs.credit_rate:g}",
        way=_way_to_pay(costs.paid_by),
        currency=costs.currency,
        raw=costs.keep_raw_days,
        messages=costs.keep_messages_days,
        words=costs.keep_words_months,
    )


def costs_saved(costs: Costs) -> Modal:
    return kit.sentence(_("Costs and keeping"), "✓ " + costs_are(costs))


def team_saved(team: str, channel: str) -> Modal:
    text = _("✓ *{team}* hears from me in <#{channel}>. Next: add people, in the Home tab.")
    return kit.sentence(_("Your team"), text.format(team=said(team), channel=channel))


def missing_scopes(missing: Mapping[str, str]) -> list[Block]:
    """By scope what is off without it; nothing to say where nothing is missing."""
    if not missing:
        return []
    title = ngettext("Cornerman lacks {n} permission", "Cornerman lacks {n} permissions", len(missing))
    lines = "\n".join(f"• `{scope}`: {without}" for scope, without in missing.items())
    mend = _("Add them on the app's page OAuth & Permissions, then install it again.")
    return [kit.header(title.format(n=len(missing))), kit.section(f"{lines}\n{mend}")]
