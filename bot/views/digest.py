"""The weekly digest in a team's channel: at most a screen on a phone, always in the same order."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.debriefs import TAGS
from bot.domain.digest import Digest, Fact, Kept, Likely, StoryTold, Top, Topic
from bot.domain.pipeline import Pipeline
from bot.domain.plans import PairingPlan, PlannedPair
from bot.language import gettext as _
from bot.language import ngettext
from bot.views import digest_chart, kit
from bot.views.amounts import title
from bot.views.ids import Action
from bot.views.kit import said
from bot.views.pairing import name, strengths
from bot.views.reader import Reader
from bot.words import Role, StoryKind

MOST_PAIRS = 3
"""Pairs told in the channel; every pair is told by direct message."""
STORY_LIMIT = 140


@dataclass(frozen=True, slots=True)
class Words:
    """A message: the text that stands alone in a notification, its blocks, and what is drawn in its image."""

    text: str
    blocks: list[Block]
    chart: dict[str, Any] | None = None


def channel(digest: Digest, reads: Reader, *, digest_id: int | None = None) -> Words:
    """What is posted; without an id nobody can click on it yet, and its chart is told in words."""
    headline = _("{team}: week of {day}").format(
        team=kit.shortened(digest.team.name, 60), day=reads.day(digest.week.dates()[0])
    )
    parts = [part for part in _parts(digest, reads) if part]
    trend = digest_chart.told(digest.trend, reads) if digest.trend else ""
    blocks: list[Block] = [kit.header(headline), *(kit.section(part) for part in parts)]
    if digest.trend:
        drawn = digest_id is not None
        blocks.append(digest_chart.image(digest.trend, reads) if drawn else kit.context(trend))
    blocks.append(kit.context(_how_to_read()))
    if digest_id is not None:
        blocks.append(kit.buttons(kit.button(_("Why am I not here?"), Action.WHY_NOT_ME, digest_id)))
    text = "\n\n".join(part for part in (said(headline), *parts, trend) if part)
    return Words(text, blocks, digest_chart.chart(digest.trend, reads) if digest.trend else None)


def _parts(digest: Digest, reads: Reader) -> list[str]:
    """The sections in their order; blank where there is nothing to say."""
    return [
        "\n".join(line for top in digest.tops for line in _top(top, reads)),
        _week_lines(digest),
        _story(digest.story) if digest.story else "",
        _work(digest, reads),
        _pairs(digest.plan, reads),
    ]


def _top(top: Top, reads: Reader) -> list[str]:
    lines = [_judgement(top, reads)] if top.named or top.too_close else []
    return [*lines, *(fact(one) for one in top.facts)]


def _judgement(top: Top, reads: Reader) -> str:
    if top.named:
        return _("🏆 *Top {role}*: {people}").format(
            role=role_label(top.role), people=_certain(top.named, reads)
        )
    if not top.contenders:
        return _("⚖️ *{role}*: too close to call").format(role=role_label(top.role))
    people = _certain(top.contenders, reads)
    if len(top.contenders) == 1:
        line = _("⚖️ *{role}*: too close to call, with {people} in front")
    else:
        line = _("⚖️ *{role}*: too close to call between {people}")
    return line.format(role=role_label(top.role), people=people)


def _certain(people: Sequence[Likely], reads: Reader) -> str:
    """`Ana (72% sure)`; beyond three the rest are counted, for large teams name many."""
    told = [
        _("*{name}* ({share} sure)").format(name=name(one.person.name), share=reads.percent(one.probability))
        for one in people[:3]
    ]
    more = len(people) - len(told)
    return ", ".join(told) + (_(" and {n} more").format(n=more) if more else "")


def fact(one: Fact) -> str:
    """What happened in the week: `Ana: 5 of 6 leads qualified`."""
    who = name(one.person.name) if one.person else _("Our {role}").format(role=roles_label(one.role))
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


def _week_lines(digest: Digest) -> str:
    lines = []
    if digest.most_improved:
        lines.append(_("📈 Most improved: *{name}*").format(name=name(digest.most_improved.name)))
    if digest.coach_of_month:
        lines.append(_("🥊 Coach of the month: *{name}*").format(name=name(digest.coach_of_month.name)))
    if digest.commitments:
        lines.append(_kept(digest.commitments))
    return "\n".join(lines)


def _kept(kept: Kept) -> str:
    return _("🤝 {kept} of {due} commitments kept").format(kept=kept.kept, due=kept.due)


def _story(story: StoryTold) -> str:
    label = _("Win of the week") if story.kind is StoryKind.WIN else _("Lesson of the week")
    told = said(story.told, limit=STORY_LIMIT)
    by = f" – {name(story.author.name)}" if story.author else ""
    return f"💬 *{label}*: {told}{by}"


def _work(digest: Digest, reads: Reader) -> str:
    lines = [_topic(digest.topic)] if digest.topic else []
    if digest.pipeline and digest.pipeline.open:
        lines.append(plunger(digest.pipeline, reads))
    return "\n".join(lines)


def _topic(topic: Topic) -> str:
    return _("🎯 Worth training: *{tag}* (in {n} debriefs; it shows in {metric})").format(
        tag=said(_(TAGS.get(topic.tag, topic.tag)), limit=40), n=topic.debriefs, metric=title(topic.metric)
    )


def plunger(pipeline: Pipeline, reads: Reader) -> str:
    """The pipeline in one line."""
    line = _("🪠 {stuck} of {open} open deals stuck").format(stuck=pipeline.stuck, open=pipeline.open)
    unpinned = pipeline.slipped_without_timeline_or_authority
    if pipeline.slipped and unpinned is not None:
        line += _("; of {n} that slipped, {share} lacked a timeline or authority").format(
            n=pipeline.slipped, share=reads.percent(unpinned / pipeline.slipped)
        )
    return line


def _pairs(plan: PairingPlan, reads: Reader) -> str:
    told = [pair for pair in plan.pairs if pair.is_public]
    if not told:
        return ""
    lines = [_("*This week's pairs*"), *(pair_line(pair, reads) for pair in told[:MOST_PAIRS])]
    more = len(told) - MOST_PAIRS
    if more > 0:
        lines.append(
            ngettext(
                "…and {n} more pair, told by message", "…and {n} more pairs, told by message", more
            ).format(n=more)
        )
    return "\n".join(lines)


def pair_line(pair: PlannedPair, reads: Reader) -> str:
    """Why, by the coach's strength alone: what the learner lacks is between the two."""
    line = _("• *{coach}* with *{learner}* on {metric}").format(
        coach=name(pair.coach.name), learner=name(pair.learner.name), metric=title(pair.metric)
    )
    return f"{line} ({strengths(pair.reason, reads, named=pair.metric)})" if pair.reason.coach else line


def role_label(role: Role) -> str:
    return {Role.SDR: _("SDR"), Role.AE: _("AE"), Role.AM: _("AM"), Role.MANAGER: _("manager")}[role]


def roles_label(role: Role) -> str:
    return {Role.SDR: _("SDRs"), Role.AE: _("AEs"), Role.AM: _("AMs"), Role.MANAGER: _("managers")}[role]


def _how_to_read() -> str:
    return _("Top is judged on 13 weeks, with how sure that is; the other numbers are last week's.")
