"""What reps say about their calls: kept whole, every version of it, and shown to the coach it helps."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.domain import debriefs as rules
from bot.domain.calls import CallSummary
from bot.domain.debriefs import Answer
from bot.errors import BadInput, NotAllowed
from bot.language import gettext as _
from bot.services import calls, deals, drafts
from bot.words import Outcome, PromptStatus, StoryKind
from storage.queries import calls as call_queries
from storage.queries import debriefs as queries
from storage.tables import Answers, Call, Debrief, DebriefTag, DebriefVersion, Story

ANSWER_FIELDS = tuple(Answers.model_fields)


@dataclass(frozen=True, slots=True)
class Written:
    """`before` is the answer as it read until now, None for the call's first; `prompt_message_id` asked for it."""

    debrief_id: int
    call: CallSummary
    answer: Answer
    before: Answer | None
    prompt_message_id: int | None


def answer_to(session: Session, workspace_id: int, person_id: int, call_id: int) -> Answer | None:
    """The rep's own answer for a call so far."""
    calls.own(session, workspace_id, person_id, call_id)
    debrief = queries.of_call(session, workspace_id, call_id)
    return answer_of(session, debrief) if debrief else None


def tap(
    session: Session, workspace_id: int, person_id: int, call_id: int, outcome: Outcome, *, now: datetime
) -> Written:
    """One tap is a debrief; a tap on a call that is debriefed already is told so kindly."""
    call = calls.own(session, workspace_id, person_id, call_id)
    known = queries.of_call(session, workspace_id, call_id)
    if known is not None and known.outcome is not outcome:
        raise BadInput(_("You have debriefed this call already. Use Edit if it ended differently."))
    if known is not None:
        return _written(session, call, known, answer_of(session, known))
    drafts.ended(session, workspace_id, call_id, outcome)
    return _write(session, call, None, Answer(outcome=outcome), now)


def submit(
    session: Session,
    workspace_id: int,
    person_id: int,
    call_id: int,
    answer: Answer,
    *,
    zone: ZoneInfo,
    now: datetime,
    later: Collection[str] = (),
) -> Written:
    """Keep the answer whole; raises BadInput for the first field to be mended, NotAllowed after seven days.

    `later` names fields that a following screen asks for, and that may be missing until then.
    """
    call = calls.own(session, workspace_id, person_id, call_id)
    known = queries.of_call(session, workspace_id, call_id)
    if known is not None and not rules.is_editable(known.submitted_at, now=now):
        raise NotAllowed(_("A debrief can be changed for seven days; this one now stands as it is."))
    clean = replace(answer, tags=rules.normalised_tags(answer.tags))
    for field, sentence in rules.check(clean, call_started=call.started_at, zone=zone).items():
        if field not in later:
            raise BadInput(sentence, field=field)
    written = _write(session, call, known, clean, now)
    deals.confirm(session, call, timeline=clean.timeline_agreed, authority=clean.authority_reached, now=now)
    return written


def _write(session: Session, call: Call, known: Debrief | None, answer: Answer, now: datetime) -> Written:
    before = answer_of(session, known) if known else None
    if known is not None and before == answer:
        return _written(session, call, known, before)
    if known is not None:
        _keep_version(session, known, now)
    debrief = known or Debrief(
        workspace_id=call.workspace_id,
        call_id=call.id,
        person_id=call.person_id,
        call_started_at=call.started_at,
        outcome=Outcome.CONTINUED,
        submitted_at=now,
    )
    for name in ANSWER_FIELDS:
        setattr(debrief, name, getattr(answer, name))
    session.add(debrief)
    session.flush()
    _set_tags(session, debrief, answer.tags)
    _tell_story(session, debrief, answer, now)
    _close_prompt(session, call)
    return _written(session, call, debrief, before)


def _keep_version(session: Session, debrief: Debrief, now: datetime) -> None:
    tags = [tag.tag for tag in queries.tags_of(session, debrief.workspace_id, debrief.id)]
    session.add(
        DebriefVersion(
            workspace_id=debrief.workspace_id,
            debrief_id=debrief.id,
            version=debrief.version,
            tags=",".join(tags),
            written_at=debrief.edited_at or debrief.submitted_at,
            **{name: getattr(debrief, name) for name in ANSWER_FIELDS},
        )
    )
    debrief.version += 1
    debrief.edited_at = now


def _set_tags(session: Session, debrief: Debrief, tags: tuple[str, ...]) -> None:
    for row in queries.tags_of(session, debrief.workspace_id, debrief.id):
        session.delete(row)
    session.flush()
    session.add_all(
        DebriefTag(workspace_id=debrief.workspace_id, debrief_id=debrief.id, tag=tag) for tag in tags
    )
    session.flush()


def _tell_story(session: Session, debrief: Debrief, answer: Answer, now: datetime) -> None:
    story = queries.story_of(session, debrief.workspace_id, debrief.id)
    if story is None and not answer.story.strip():
        return
    story = story or Story(
        workspace_id=debrief.workspace_id,
        author_id=debrief.person_id,
        debrief_id=debrief.id,
        kind=StoryKind.WIN,
        told="",
        told_at=now,
    )
    story.told = answer.story.strip()
    story.kind = StoryKind.LOSS if answer.outcome in (Outcome.LOST, Outcome.NO_SHOW) else StoryKind.WIN
    session.add(story)
    session.flush()


def _close_prompt(session: Session, call: Call) -> None:
    prompt = call_queries.prompt_of(session, call.workspace_id, call.id)
    if prompt is not None:
        prompt.status, prompt.next_at = PromptStatus.ANSWERED, None


def _written(session: Session, call: Call, debrief: Debrief, before: Answer | None) -> Written:
    prompt = call_queries.prompt_of(session, call.workspace_id, call.id)
    return Written(
        debrief_id=debrief.id,
        call=calls.summary(session, call),
        answer=answer_of(session, debrief),
        before=before,
        prompt_message_id=prompt.message_id if prompt else None,
    )


def answer_of(session: Session, debrief: Debrief) -> Answer:
    """The debrief as it stands."""
    story = queries.story_of(session, debrief.workspace_id, debrief.id)
    tags = queries.tags_of(session, debrief.workspace_id, debrief.id)
    kept = {name: getattr(debrief, name) for name in ANSWER_FIELDS}
    return Answer(**kept, tags=tuple(tag.tag for tag in tags), story=story.told if story else "")
