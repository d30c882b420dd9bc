"""What reps say about their calls: kept whole, every version of it, and shown to the coach it helps."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from bot.calls.domain.call import CallSummary
from bot.calls.services import calls
from bot.core.enums import Outcome, PromptStatus, StoryKind
from bot.core.errors import BadInput, NotAllowed
from bot.core.i18n import gettext as _
from bot.debriefs.domain import debrief as rules
from bot.debriefs.domain.debrief import Answer
from bot.debriefs.services import drafts
from bot.people.domain import access
from bot.people.domain.access import Right, Subject, Viewer
from bot.pipeline.services import deals
from storage.books import Books
from storage.queries.calls import calls as call_queries
from storage.queries.debriefs import debriefs as queries
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


def answer_to(books: Books, person_id: int, call_id: int) -> Answer | None:
    """The rep's own answer for a call so far."""
    calls.own(books, person_id, call_id)
    debrief = queries.of_call(books, call_id)
    return answer_of(books, debrief) if debrief else None


def tap(books: Books, person_id: int, call_id: int, outcome: Outcome) -> Written:
    """One tap is a debrief; a tap on a call that is debriefed already is told so kindly."""
    call = calls.own(books, person_id, call_id)
    known = queries.of_call(books, call_id)
    if known is not None and known.outcome is not outcome:
        raise BadInput(_("You have debriefed this call already. Use Edit if it ended differently."))
    if known is not None:
        return _written(books, call, known, answer_of(books, known))
    drafts.ended(books, call_id, outcome)
    return _write(books, call, None, Answer(outcome=outcome))


def say_why_lost(books: Books, person_id: int, call_id: int, reason: str, *, zone: ZoneInfo) -> Written:
    """The reason of a call that stands as lost; raises BadInput where it does not any more."""
    answer = answer_to(books, person_id, call_id)
    if answer is None or answer.outcome is not Outcome.LOST:
        raise BadInput(_("This call does not stand as lost any more."))
    return submit(books, person_id, call_id, replace(answer, reason=reason), zone=zone)


def submit(
    books: Books, person_id: int, call_id: int, answer: Answer, *, zone: ZoneInfo, later: Collection[str] = ()
) -> Written:
    """Keep the answer whole; raises BadInput for the first field to be mended, NotAllowed after seven days.

    `later` names fields that a following screen asks for, and that may be missing until then.
    """
    call = calls.own(books, person_id, call_id)
    known = queries.of_call(books, call_id)
    if known is not None:
        access.require(Viewer(person_id), Right.EDIT_DEBRIEF, Subject(person_id=known.person_id))
    if known is not None and not rules.is_editable(known.submitted_at, now=books.now):
        raise NotAllowed(_("A debrief can be changed for seven days; this one now stands as it is."))
    clean = replace(answer, tags=rules.normalised_tags(answer.tags))
    for field, sentence in rules.check(clean, call_started=call.started_at, zone=zone).items():
        if field not in later:
            raise BadInput(sentence, field=field)
    written = _write(books, call, known, clean)
    deals.confirm(
        books,
        call,
        timeline=clean.timeline_agreed,
        authority=clean.authority_reached,
        words=clean.pinned_by,
    )
    return written


def _write(books: Books, call: Call, known: Debrief | None, answer: Answer) -> Written:
    before = answer_of(books, known) if known else None
    if known is not None and before == answer:
        return _written(books, call, known, before)
    if known is not None:
        _keep_version(books, known)
    debrief = known or Debrief(
        workspace_id=call.workspace_id,
        call_id=call.id,
        person_id=call.person_id,
        call_started_at=call.started_at,
        outcome=Outcome.CONTINUED,
        submitted_at=books.now,
    )
    if (answer.next_step, answer.next_step_on) != (debrief.next_step, debrief.next_step_on):
        debrief.step_done_at = debrief.step_moved_to = None  # another step, or another day for it
    for name in ANSWER_FIELDS:
        setattr(debrief, name, getattr(answer, name))
    books.session.add(debrief)
    books.session.flush()
    _set_tags(books, debrief, answer.tags)
    _tell_story(books, debrief, answer)
    _close_prompt(books, call)
    return _written(books, call, debrief, before)


def _keep_version(books: Books, debrief: Debrief) -> None:
    tags = [tag.tag for tag in queries.tags_of(books, debrief.id)]
    books.session.add(
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
    debrief.edited_at = books.now


def _set_tags(books: Books, debrief: Debrief, tags: tuple[str, ...]) -> None:
    for row in queries.tags_of(books, debrief.id):
        books.session.delete(row)
    books.session.flush()
    books.session.add_all(
        DebriefTag(workspace_id=debrief.workspace_id, debrief_id=debrief.id, tag=tag) for tag in tags
    )
    books.session.flush()


def _tell_story(books: Books, debrief: Debrief, answer: Answer) -> None:
    story = queries.story_of(books, debrief.id)
    if story is None and not answer.story.strip():
        return
    story = story or Story(
        workspace_id=debrief.workspace_id,
        author_id=debrief.person_id,
        debrief_id=debrief.id,
        kind=StoryKind.WIN,
        told="",
        told_at=books.now,
    )
    story.told, story.product = answer.story.strip(), answer.product
    story.kind = StoryKind.LOSS if answer.outcome in (Outcome.LOST, Outcome.NO_SHOW) else StoryKind.WIN
    books.session.add(story)
    books.session.flush()


def _close_prompt(books: Books, call: Call) -> None:
    prompt = call_queries.prompt_of(books, call.id)
    if prompt is not None:
        prompt.status, prompt.next_at = PromptStatus.ANSWERED, None


def _written(books: Books, call: Call, debrief: Debrief, before: Answer | None) -> Written:
    prompt = call_queries.prompt_of(books, call.id)
    return Written(
        debrief_id=debrief.id,
        call=calls.summary(books, call),
        answer=answer_of(books, debrief),
        before=before,
        prompt_message_id=prompt.message_id if prompt else None,
    )


def answer_of(books: Books, debrief: Debrief) -> Answer:
    """The debrief as it stands."""
    story = queries.story_of(books, debrief.id)
    tags = queries.tags_of(books, debrief.id)
    kept = {name: getattr(debrief, name) for name in ANSWER_FIELDS}
    return Answer(
        **kept,
        tags=tuple(tag.tag for tag in tags),
        story=story.told if story else "",
        product=story.product if story else "",
    )
