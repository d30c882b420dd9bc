"""The weekly digest in a team's channel: at most a screen on a phone, always in the same order, with one trend."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.blocks.words import Words
from bot.coaching.domain.pairs import Origin
from bot.coaching.domain.plans import PairingPlan, PlannedPair
from bot.core.enums import Role, StoryKind
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.debriefs.domain.debrief import label as tag_label
from bot.debriefs.domain.stories import StoryTold
from bot.debriefs.domain.topics import Topic
from bot.digest.domain.digest import Digest, Fact, Kept, Likely, Top
from bot.digest.views.feeds import in_digest
from bot.digest.views.trend import chart, drawn, trend_told
from bot.people.views.names import role_label, roles_label, short_name
from bot.pipeline.views.stuck import plunger
from bot.scorecards.views import goals
from bot.scorecards.views.figures import title
from bot.scorecards.views.outlook import share_of_goal
from bot.scorecards.views.ranking import named_for, silent, sure

MOST_PAIRS = 3
"""Pairs told in the channel."""
STORY_LIMIT = 140
MOST_COACHES = 3


def channel(digest: Digest, reads: Reader, *, digest_id: int | None = None) -> Words:
    """What is posted; without an id nobody can click on it yet, and its chart is told in words."""
    told = _("{team}: week of {day} so far") if digest.so_far else _("{team}: week of {day}")
    headline = told.format(team=kit.shortened(digest.team.name, 60), day=reads.day(digest.week.dates()[0]))
    parts = [part for part in _parts(digest, reads) if part]
    trend = trend_told(digest.trend, reads, so_far=digest.so_far) if digest.trend else ""
    blocks: list[Block] = [kit.header(headline), *(kit.section(part) for part in parts)]
    if digest.trend:
        blocks.append(kit.context(trend) if digest_id is None else drawn(trend))
    if any(top.named for top in digest.tops):
        blocks.append(kit.context(_how_to_read()))
    if digest_id is not None:
        blocks.append(kit.buttons(kit.button(_("Why am I not here?"), Action.WHY_NOT_ME, digest_id)))
    text = "\n\n".join(part for part in (said(headline), *parts, trend) if part)
    return Words(text, blocks, chart(digest.trend, reads) if digest.trend else None)


def _parts(digest: Digest, reads: Reader) -> list[str]:
    """The sections in their order, what is judged on 13 weeks apart from what happened in one; blank where empty."""
    return [
        in_digest(digest.silences, reads),
        _headed(_("*Over 13 weeks*"), _judged(digest, reads)),
        _headed(_("*This week so far*") if digest.so_far else _("*Last week*"), _happened_lines(digest)),
        _story(digest.story) if digest.story else "",
        _work(digest, reads),
        _pairs(digest.plan),
    ]


def _headed(label: str, lines: Sequence[str]) -> str:
    return "\n".join([label, *lines]) if lines else ""


def _judged(digest: Digest, reads: Reader) -> list[str]:
    lines = []
    for top in digest.tops:
        if top.named or top.too_close:
            lines.append(_judgement(top, reads))
            lines += [silent(top.role, top.silent)] if top.silent else []
    if digest.most_improved:
        told = _("📈 Most improved in the last four weeks: *{name}*")
        lines.append(told.format(name=short_name(digest.most_improved.name)))
    return [line for line in lines if line]


def _happened_lines(digest: Digest) -> list[str]:
    lines = [fact(one) for top in digest.tops for one in top.facts]
    if digest.commitments:
        lines.append(_kept(digest.commitments))
    if digest.coach_of_month:
        lines.append(_("🥊 Coach of the month: *{name}*").format(name=short_name(digest.coach_of_month.name)))
    return lines


def _judgement(top: Top, reads: Reader) -> str:
    if top.named:
        return _("🏆 *Top {role}*: {people}").format(
            role=role_label(top.role), people=_certain(top.named, reads)
        )
    if top.overdue:
        return _("⚖️ *{role}*: too close to call: many deals are overdue").format(role=role_label(top.role))
    if not top.contenders:
        return _("⚖️ *{role}*: too close to call").format(role=role_label(top.role))
    people = "; ".join(_in_front(one, reads) for one in top.contenders)
    if len(top.contenders) == 1:
        line = _("⚖️ *{role}*: too close to call. In front: {people}")
    else:
        line = _("⚖️ *{role}*: too close to call between {people}")
    return line.format(role=role_label(top.role), people=people)


def _certain(people: Sequence[Likely], reads: Reader) -> str:
    """`Ana, in winning deals (24 of 47) · 9 in 10 sure`; beyond three the rest are counted: large teams name many."""
    told = [f"{_in_front(one, reads)} · {sure(one.probability)}" for one in people[:3]]
    more = len(people) - len(told)
    return "; ".join(told) + (_(" and {n} more").format(n=more) if more else "")


def _in_front(one: Likely, reads: Reader) -> str:
    """Without how sure that is: what is too close to call is not sure, however likely."""
    return f"*{short_name(one.person.name)}*{named_for(one.chief, reads)}"


def fact(one: Fact) -> str:
    """What happened in the week: `Ana: 5 of 6 leads qualified`."""
    who = short_name(one.person.name) if one.person else _("Our {role}").format(role=roles_label(one.role))
    return f"• {who}: {_happened(one)}"


def _happened(one: Fact) -> str:
    match one.role:
        case Role.SDR:
            told = ngettext("{n} of {of} lead qualified", "{n} of {of} leads qualified", one.of or 0)
            return told.format(n=one.count, of=one.of)
        case Role.AE:
            told = ngettext("{n} of {of} deal won", "{n} of {of} deals won", one.of or 0)
            return told.format(n=one.count, of=one.of)
        case _:
            return ngettext("{n} account grew", "{n} accounts grew", one.count).format(n=one.count)


def _kept(kept: Kept) -> str:
    return _("🤝 {kept} of {due} commitments kept").format(kept=kept.kept, due=kept.due)


def _story(story: StoryTold) -> str:
    label = _("Win of the week") if story.kind is StoryKind.WIN else _("Lesson of the week")
    told = said(story.told, limit=STORY_LIMIT)
    by = f" – {short_name(story.author.name)}" if story.author else ""
    return f"💬 *{label}*: {told}{by}"


def _work(digest: Digest, reads: Reader) -> str:
    lines = [_topic(digest.topic), *_others(digest)] if digest.topic else []
    if digest.outlook and digest.tells_money:
        goal = share_of_goal(digest.outlook, said(digest.team.name, limit=60), reads)
        lines += [goal] if goal else []
    if digest.goal:
        lines.append(goals.team_goal_line(digest.goal, reads))
    if digest.pipeline and digest.pipeline.open:
        lines.append(plunger(digest.pipeline, in_a_week=True))
    return "\n".join(lines)


def _topic(topic: Topic) -> str:
    return _("🎯 Worth training: *{tag}* (named in {n} debriefs; watch {metric})").format(
        tag=said(_(tag_label(topic.tag)), limit=40), n=topic.debriefs, metric=title(topic.metric)
    )


def _others(digest: Digest) -> list[str]:
    """What others did about the topic; the story of the week is told above."""
    others = digest.others
    if others is None:
        return []
    lines = []
    if others.story and others.story != digest.story:
        by = f" – {short_name(others.story.author.name)}" if others.story.author else ""
        told = said(others.story.told, limit=STORY_LIMIT)
        lines.append(_("↳ How one of you won with it: {story}").format(story=told) + by)
    if others.coaches:
        names = ", ".join(short_name(name) for name in others.coaches[:MOST_COACHES])
        lines.append(_("↳ Ask {names}: they coach on it").format(names=names))
    return lines


def _pairs(plan: PairingPlan) -> str:
    """Those that both agreed to and that both let be named, also where the week has still to be opened for them."""
    told = [pair for pair in plan.pairs if pair.is_public and pair.agreed and _stands(pair)]
    if not told:
        return ""
    lines = [pairs_label(), *(pair_line(pair) for pair in told[:MOST_PAIRS])]
    more = len(told) - MOST_PAIRS
    if more > 0:
        lines.append(ngettext("…and {n} more pair", "…and {n} more pairs", more).format(n=more))
    return "\n".join(lines)


def _stands(pair: PlannedPair) -> bool:
    return pair.id is not None or pair.origin is Origin.RUNNING


def pairs_label() -> str:
    return _("*This week's pairs*")


def pair_line(pair: PlannedPair) -> str:
    """Their names and what they work on: figures are between the two."""
    return pair_begins(pair.coach.name, pair.learner.name) + _(" on {metric}").format(
        metric=title(pair.metric)
    )


def pair_begins(coach: str, learner: str) -> str:
    """How the line of two people begins, by which it is found again."""
    return _("• *{coach}* with *{learner}*").format(coach=short_name(coach), learner=short_name(learner))


def _how_to_read() -> str:
    return _("How sure: that is how often such a name turns out to be right.")
