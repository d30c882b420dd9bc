"""What goes with a digest and is for one person's eyes: why a rep is not in it, and the manager's page."""

from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.coaching.domain.plans import CONTENT, PairingPlan
from bot.coaching.views.coaching_page import uncoached
from bot.coaching.views.preview import lot_drawn
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.digest.domain.digest import Digest, ManagersPage, Skip
from bot.people.views.names import short_name
from bot.pipeline.views.stuck import plunger
from bot.scorecards.domain.league import OwnLine
from bot.scorecards.views.outlook import of_team as team_money
from bot.scorecards.views.place import standing

MOST_WAITING = 5
"""Learners without a coach whom the manager's page names."""


def why_not(line: OwnLine | None, *, is_named: bool, in_public: bool, missing: str = "") -> str:
    """The private answer to "Why am I not here?"; `missing` are records for want of which nobody is judged."""
    if line is None:
        return _("This digest is about another team's reps, so you are not ranked in it.")
    if not line.person.named:
        return _("You asked not to be named in public. `/coach naming on` changes that.")
    if missing and not in_public:
        return f"{missing}. " + _("Until they come again I rank nobody of your role by them.")
    if is_named:
        return _("You are: you are named at the top of your role.")
    if in_public:
        told = _("You are: your week is told there.")
        return told if missing else f"{told} {standing(line.role, line.place, ramping=line.ramping)}"
    return (
        standing(line.role, line.place, ramping=line.ramping)
        + " "
        + _("Only the top of a role is named, and nobody else's place is shown.")
    )


def managers_page(digest: Digest, reads: Reader) -> Words:
    """Where the team stands in its quarter, and what needs the manager's eye, most urgent first."""
    about = {"team": short_name(digest.team.name), "day": reads.day(digest.week.dates()[0])}
    lines = [_("*{team}*, week of {day}, for you alone").format(**about), *_risks(digest, reads)]
    text = "\n".join(lines)
    blocks: list[Block] = [kit.section(text)]
    return Words(text, blocks)


def skipped(team: str, why: Skip) -> str:
    """What the manager hears when there is no digest."""
    sentences = {
        Skip.NO_REPS: _("No digest for {team} this week: nobody on the roster sells in it."),
        Skip.NOTHING_TO_TELL: _(
            "No digest for {team} this week: I know of nothing to tell yet. It is made of debriefs, leads "
            "and deals, and starts by itself."
        ),
        Skip.ALL_IS_OLD: _(
            "No digest for {team} this week: records that it is made of have stopped coming, and all I could tell "
            "is old. It comes again when they do."
        ),
        Skip.TOO_LATE: _(
            "No digest for {team} this week: it was due more than a day ago, and I could not make it in time. The "
            "next one comes on its day; `/scorecard digest` posts this one if you want it."
        ),
    }
    return sentences[why].format(team=short_name(team))


def _risks(digest: Digest, reads: Reader) -> list[str]:
    return [
        *_money(digest, reads),
        *_clogs(digest),
        *_disputes(digest.page),
        *_debriefs(digest, reads),
        *_sequels(digest.page, reads),
        *_debt(digest.page, digest.plan),
        *_coaching(digest.plan),
    ]


def _money(digest: Digest, reads: Reader) -> list[str]:
    """Of the quarter that runs: won, against which goal, at what pace, and what is still to come."""
    return team_money(digest.outlook, reads) if digest.outlook and digest.tells_money else []


def _clogs(digest: Digest) -> list[str]:
    if not digest.pipeline or not digest.pipeline.open:
        return []
    lines = [plunger(digest.pipeline, in_a_week=True)]
    if digest.page.clogged:
        people = ", ".join(f"{short_name(one.person.name)} ({one.stuck})" for one in digest.page.clogged)
        named = _("`/scorecard stuck` names the deals, the largest first.")
        lines.append(_("Most stuck: {people}").format(people=people) + f". {named}")
    return lines


def _debriefs(digest: Digest, reads: Reader) -> list[str]:
    page = digest.page
    if not page.prompted:
        return []
    share = reads.percent(page.debriefed / page.prompted)
    return [
        _("📝 {n} of {of} calls debriefed ({share})").format(n=page.debriefed, of=page.prompted, share=share)
    ]


def _sequels(page: ManagersPage, reads: Reader) -> list[str]:
    """What was accepted or told to have advanced, and led nowhere."""
    lines = []
    if page.leads_without_deal:
        told = ngettext(
            "🔎 {n} accepted lead has no deal after 30 days",
            "🔎 {n} accepted leads have no deal after 30 days",
            page.leads_without_deal,
        )
        lines.append(told.format(n=page.leads_without_deal))
    if page.nothing_followed:
        lines.append(
            _("🔎 Nothing followed within 30 days from {n} of {of} calls that advanced ({share})").format(
                n=page.nothing_followed,
                of=page.advanced,
                share=reads.percent(page.nothing_followed / page.advanced),
            )
        )
    return lines


def _disputes(page: ManagersPage) -> list[str]:
    waiting = ngettext(
        "⚠️ {n} dispute about a number waits for your answer",
        "⚠️ {n} disputes about numbers wait for your answer",
        page.disputes,
    )
    return [waiting.format(n=page.disputes)] if page.disputes else []


def _debt(page: ManagersPage, plan: PairingPlan) -> list[str]:
    """Coaching that was agreed and is owed."""
    told = []
    if page.pairs_not_met:
        pairs = ngettext(
            "{n} pair wrote down no meeting", "{n} pairs wrote down no meeting", page.pairs_not_met
        )
        told.append(pairs.format(n=page.pairs_not_met))
    if page.commitments_unanswered:
        count = page.commitments_unanswered
        told.append(
            ngettext("{n} commitment unanswered", "{n} commitments unanswered", count).format(n=count)
        )
    lines = [_("⏳ Coaching owed: {what}").format(what=", ".join(told))] if told else []
    content = {one.learner.id for one in plan.unpaired if one.why in CONTENT}
    owed = [one for one in page.owed if one.person.id not in content]
    return lines + ([uncoached(owed, page.debt_days)] if owed else [])


def _coaching(plan: PairingPlan) -> list[str]:
    places = _("🥊 {taken} of {offered} coaching places taken").format(
        taken=plan.slots.taken, offered=plan.slots.offered
    )
    if plan.slots.asked:
        waits = ngettext("{n} waits for an answer", "{n} wait for an answer", plan.slots.asked)
        places += ", " + waits.format(n=plan.slots.asked)
    lines = [places]
    if not plan.slots.offered:
        lines = [_("🥊 Nobody in the team coaches yet: ask your best reps to try `/coach on`.")]
    lines += [lot_drawn(lot) for lot in plan.lots[:MOST_WAITING]]
    waiting = [one for one in plan.unpaired if one.why not in CONTENT]
    people = ", ".join(short_name(one.learner.name) for one in waiting[:MOST_WAITING])
    if waiting:
        counted = ngettext("{n} rep has no coach this week", "{n} reps have no coach this week", len(waiting))
        more = _(" and more") if len(waiting) > MOST_WAITING else ""
        lines.append(f"{counted.format(n=len(waiting))}: {people}{more}")
    return lines
