"""What waits for somebody who leads a team, on their Home tab."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.blocks import kit
from bot.blocks.ids import Action
from bot.blocks.kit import said
from bot.blocks.reader import Reader
from bot.core.i18n import gettext as _
from bot.core.i18n import ngettext
from bot.debriefs.domain.debrief import label as tag_label
from bot.home.domain import TeamLed
from bot.home.views.own import counts
from bot.scorecards.domain.drilldown import Disputed
from bot.scorecards.views import disputes as dispute_views
from bot.scorecards.views.figures import title

MOST_DISPUTES = 3
"""Shown; `/scorecard disputes` has them all."""


def teams(led: Sequence[TeamLed], reads: Reader) -> list[Block]:
    blocks: list[Block] = []
    for team in led:
        blocks += [
            kit.header(_("My team: {team}").format(team=team.plan.team)),
            kit.section("\n".join(filter(None, _told(team, reads)))),
            kit.buttons(
                kit.button(_("My team's numbers"), Action.TEAM_NUMBERS, team.plan.team_id),
                kit.button(_("Show me the digest"), Action.PREVIEW_DIGEST, team.plan.team_id),
                kit.button(_("Change day or channel"), Action.CHANGE_DIGEST, team.plan.team_id),
            ),
        ]
    return blocks


def _told(team: TeamLed, reads: Reader) -> list[str]:
    week = _("This week: {counts}").format(counts=counts(team.week, reads))
    return [week, _debriefed(team, reads), _topics(team), _pairs(team), _digest(team, reads)]


def disputes(waiting: Sequence[Disputed], reads: Reader) -> list[Block]:
    if not waiting:
        return []
    n = len(waiting)
    title = ngettext("{n} number waits for your answer", "{n} numbers wait for your answer", n).format(n=n)
    shown = [block for one in waiting[:MOST_DISPUTES] for block in dispute_views.asked(one, reads).blocks]
    more = [kit.context(_("`/scorecard disputes` shows them all."))] if n > MOST_DISPUTES else []
    return [kit.header(title), *shown, *more]


def _debriefed(team: TeamLed, reads: Reader) -> str:
    share = team.debriefs.share
    if share is None:
        return _("This week nobody has been asked about a call yet.")
    return _("This week {n} of {of} calls asked about are debriefed ({share}).").format(
        n=team.debriefs.count, of=team.debriefs.of, share=reads.percent(share)
    )


def _topics(team: TeamLed) -> str:
    """A suggestion, with the metric that each goes with."""
    named = [
        _("*{tag}* (named in {n} debriefs; watch {metric})").format(
            tag=said(_(tag_label(topic.tag)), limit=40),
            n=topic.debriefs,
            metric=title(topic.metric),
        )
        for topic in team.topics
    ]
    return _("Worth ten minutes of training: {topics}").format(topics=", ".join(named)) if named else ""


def _pairs(team: TeamLed) -> str:
    """Those that both agreed to, and apart from them who has still to answer."""
    if not team.pairs and not team.asked:
        return _("No pairs this week.")
    told = _("Pairs that have met this week: {met} of {pairs}.").format(met=team.met, pairs=team.pairs)
    waits = ngettext("{n} more waits for an answer.", "{n} more wait for an answer.", team.asked)
    return f"{told} {waits.format(n=team.asked)}" if team.asked else told


def _digest(team: TeamLed, reads: Reader) -> str:
    if team.plan.next_at is None or not team.plan.channel:
        return _("No digest yet: choose a channel for it.")
    at = team.plan.next_at.astimezone(reads.zone)
    return _("The next digest comes {day}, {time}.").format(
        day=reads.weekday(at.date()), time=reads.time(team.plan.next_at)
    )
