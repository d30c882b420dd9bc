"""The JSON of `digest` and `pair`: keys are promises, see the docs on the command line."""

from typing import Any

from bot.blocks.reader import Reader
from bot.calendar.periods import iso_label
from bot.coaching.domain.plans import PairingPlan, PlannedLot, PlannedPair, Waiting
from bot.coaching.views.reasons import english
from bot.debriefs.domain.stories import StoryTold
from bot.debriefs.domain.topics import Topic
from bot.digest.domain.digest import Digest, Fact, Likely, Top, WhatOthersDid
from bot.digest.views import channel as views
from bot.digest.views.channel import fact
from bot.people.domain.someone import Someone
from bot.pipeline.domain.stuck import Pipeline
from bot.scorecards.domain.targets import Together
from bot.scorecards.views.as_json import forecast

Json = dict[str, Any]


def digest(value: Digest, reads: Reader) -> Json:
    posted = views.channel(value, reads)
    return {
        "team": value.team.name,
        "week": value.week.label,
        "channel": value.team.channel,
        "top": {top.role.value: _top(top) for top in value.tops},
        "most_improved": _person(value.most_improved) if value.most_improved else None,
        "pairs": [_pair(one) for one in value.plan.pairs],
        "unpaired": [_waiting(one) for one in value.plan.unpaired],
        "pipeline": _pipeline(value.pipeline) if value.pipeline else None,
        "forecast": forecast(value.outlook),
        "story": _story(value.story) if value.story else None,
        "training_topic": _topic(value.topic, value.others) if value.topic else None,
        "team_goal": _goal(value.goal) if value.goal else None,
        "blocks": [block.to_dict() for block in posted.blocks],
        "text": posted.text,
    }


def pair(plan: PairingPlan) -> Json:
    return {
        "week": iso_label(plan.week),
        "pairs": [_pair(one) for one in plan.pairs],
        "unpaired": [_waiting(one) for one in plan.unpaired],
        "total_value": plan.total_value,
        "lots": [_lot(one) for one in plan.lots],
    }


def _person(person: Someone) -> Json:
    return {"name": person.name, "email": person.email}


def _likely(one: Likely) -> Json:
    return {**_person(one.person), "probability_top": one.probability}


def _top(top: Top) -> Json:
    return {
        "named": [_likely(one) for one in top.named],
        "contenders": [_likely(one) for one in top.contenders],
        "too_close": top.too_close,
        "too_few": top.too_few,
        "facts": [_fact(one) for one in top.facts],
    }


def _fact(one: Fact) -> Json:
    return {
        "person": _person(one.person) if one.person else None,
        "count": one.count,
        "of": one.of,
        "text": fact(one),
    }


def _pair(one: PlannedPair) -> Json:
    return {
        "coach": _person(one.coach),
        "learner": _person(one.learner),
        "metric": one.metric.value,
        "value": one.value,
        "reason": english(one),
    }


def _lot(one: PlannedLot) -> Json:
    return {
        "metric": one.metric.value,
        "drawn": [_person(learner) for learner in one.placed],
        "waiting": [_person(learner) for learner in one.waiting],
        "seed": one.seed,
    }


def _waiting(one: Waiting) -> Json:
    told = {"learner": _person(one.learner), "why": one.why.value}
    return told | ({"until": one.until.isoformat()} if one.until else {})


def _pipeline(pipeline: Pipeline) -> Json:
    return {
        "open": pipeline.open,
        "stuck": pipeline.stuck,
        "clog": pipeline.clog,
        "slipped": pipeline.slipped,
        "slipped_without_timeline_or_authority": pipeline.slipped_without_timeline_or_authority,
        "not_applied": [reason.value for reason in pipeline.not_applied],
    }


def _story(story: StoryTold) -> Json:
    return {
        "kind": story.kind.value,
        "told": story.told,
        "author": _person(story.author) if story.author else None,
    }


def _goal(goal: Together) -> Json:
    return {
        "period": goal.period.label,
        "metric": goal.goal.metric.value,
        "value": goal.goal.value,
        "numerator": goal.count if goal.can_be_told else None,
        "denominator": goal.of if goal.can_be_told else None,
    }


def _topic(topic: Topic, others: WhatOthersDid | None) -> Json:
    return {
        "tag": topic.tag,
        "metric": topic.metric.value,
        "debriefs": topic.debriefs,
        "reps": topic.reps,
        "story": _story(others.story) if others and others.story else None,
        "coaches": list(others.coaches) if others else [],
    }
