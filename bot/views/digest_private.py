"""What goes with a digest and is for one person's eyes: a rep's own line, and the manager's page."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.digest import Digest, ManagersPage, Moved, OwnLine, Skip
from bot.domain.pairing import Why
from bot.domain.plans import PairingPlan, Uncoached
from bot.domain.ranking import Place
from bot.language import gettext as _
from bot.language import ngettext
from bot.views import kit
from bot.views.amounts import title
from bot.views.digest import Words, plunger, roles_label
from bot.views.pairing import name, waits
from bot.views.reader import Reader

CONTENT = (Why.OPTED_OUT, Why.NO_FOCUS, Why.AWAY)
"""Who is without a coach for reasons that nobody needs to mend."""
MOST_WAITING = 5
"""Learners without a coach whom the manager's page names."""


def own(line: OwnLine, plan: PairingPlan, reads: Reader) -> Words | None:
    """A rep's own place with its certainty, what moved it, and why there is no coach; None with nothing to tell."""
    told = [_standing(line, reads)] if line.place else []
    if line.place and line.moved:
        told.append(_moved(line.moved))
    if waiting := plan.waiting.get(line.person.id):
        told.append(waits(waiting, reads))
    text = "\n".join(sentence for sentence in told if sentence)
    return Words(text, [kit.section(text), kit.context(_("Only you see this."))]) if text else None


def why_not(line: OwnLine | None, *, is_named: bool, in_public: bool, reads: Reader) -> str:
    """The private answer to "Why am I not here?"."""
    if line is None:
        return _("This digest is about another team's reps, so you are not ranked in it.")
    if not line.person.named:
        return _("You asked not to be named in public. `/coach naming on` changes that.")
    if is_named:
        return _("You are: you are named at the top of your role.")
    if in_public:
        return _("You are: your week is told there.") + " " + _standing(line, reads)
    return (
        _standing(line, reads)
        + " "
        + _("Only the top tenth of a role is named, and nobody else's place is shown.")
    )


def managers_page(digest: Digest, reads: Reader) -> Words:
    """What needs the manager's eye, most urgent first."""
    lines = [_("*{team}*, for you alone").format(team=name(digest.team.name)), *_risks(digest, reads)]
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
        Skip.TOO_LATE: _(
            "No digest for {team} this week: it was due more than a day ago, and I could not make it in time. The "
            "next one comes on its day; `/scorecard digest` posts this one if you want it."
        ),
    }
    return sentences[why].format(team=name(team))


def _standing(line: OwnLine, reads: Reader) -> str:
    role = roles_label(line.role)
    if line.ramping:
        return _("You are still ramping up, so you are not ranked among the {role} yet.").format(role=role)
    if line.place is None:
        return _("There are no numbers of yours to rank you by yet.")
    return _place(line.place, role, reads)


def _place(place: Place, role: str, reads: Reader) -> str:
    if place.of < 2:
        return _("You are the only one ranked among your team's {role}.").format(role=role)
    told = _("You are #{place} of {of} {role} on 13 weeks").format(place=place.place, of=place.of, role=role)
    if place.low == place.high:
        return told + _(" (as good as certain).")
    return told + _(" (likely #{low} to #{high}; {share} sure to be top).").format(
        low=place.low, high=place.high, share=reads.percent(place.probability_top)
    )


def _moved(moved: Moved) -> str:
    if moved.change > 0:
        return _("What helped you most since last week: {metric}.").format(metric=title(moved.metric))
    return _("What held you back most since last week: {metric}.").format(metric=title(moved.metric))


def _risks(digest: Digest, reads: Reader) -> list[str]:
    return [
        *_clogs(digest, reads),
        *_disputes(digest.page),
        *_debriefs(digest, reads),
        *_debt(digest.page),
        *_coaching(digest.plan),
    ]


def _clogs(digest: Digest, reads: Reader) -> list[str]:
    if not digest.pipeline or not digest.pipeline.open:
        return []
    lines = [plunger(digest.pipeline, reads)]
    if digest.page.clogged:
        people = ", ".join(f"{name(one.person.name)} ({one.stuck})" for one in digest.page.clogged)
        lines.append(_("Most stuck: {people}").format(people=people))
    return lines


def _debriefs(digest: Digest, reads: Reader) -> list[str]:
    page = digest.page
    if not page.prompted:
        return []
    share = reads.percent(page.debriefed / page.prompted)
    return [
        _("📝 {n} of {of} calls debriefed ({share})").format(n=page.debriefed, of=page.prompted, share=share)
    ]


def _disputes(page: ManagersPage) -> list[str]:
    waiting = ngettext(
        "⚠️ {n} dispute about a number waits for your answer",
        "⚠️ {n} disputes about numbers wait for your answer",
        page.disputes,
    )
    return [waiting.format(n=page.disputes)] if page.disputes else []


def _debt(page: ManagersPage) -> list[str]:
    """Coaching that was agreed and is owed."""
    told = []
    if page.pairs_not_met:
        pairs = ngettext("{n} pair did not meet", "{n} pairs did not meet", page.pairs_not_met)
        told.append(pairs.format(n=page.pairs_not_met))
    if page.commitments_unanswered:
        count = page.commitments_unanswered
        told.append(
            ngettext("{n} commitment unanswered", "{n} commitments unanswered", count).format(n=count)
        )
    lines = [_("⏳ Coaching owed: {what}").format(what=", ".join(told))] if told else []
    return lines + ([uncoached(page.owed, page.debt_days)] if page.owed else [])


def uncoached(owed: Sequence[Uncoached], days: int) -> str:
    """Who has gone too long without coaching, by name: for the manager alone."""
    people = ", ".join(_since(one) for one in owed[:MOST_WAITING])
    more = len(owed) - MOST_WAITING
    told = _("🕰 No coaching for more than {days} days: {people}").format(days=days, people=people)
    return told + (_(" and {n} more").format(n=more) if more > 0 else "")


def _since(one: Uncoached) -> str:
    if one.days is None:
        return _("{name} (never)").format(name=name(one.person.name))
    return _("{name} ({n} days)").format(name=name(one.person.name), n=one.days)


def _coaching(plan: PairingPlan) -> list[str]:
    lines = [
        _("🥊 {taken} of {offered} coaching places taken").format(
            taken=plan.slots.taken, offered=plan.slots.offered
        )
    ]
    if not plan.slots.offered:
        lines = [_("🥊 Nobody in the team coaches yet: ask your best reps to try `/coach on`.")]
    waiting = [one for one in plan.unpaired if one.why not in CONTENT]
    people = ", ".join(name(one.learner.name) for one in waiting[:MOST_WAITING])
    if waiting:
        counted = ngettext("{n} rep has no coach this week", "{n} reps have no coach this week", len(waiting))
        more = _(" and more") if len(waiting) > MOST_WAITING else ""
        lines.append(f"{counted.format(n=len(waiting))}: {people}{more}")
    return lines
