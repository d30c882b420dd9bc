"""Reps at work: their calls end, and they answer what they are asked. Like people, they try again when it fails."""

import json
import random
import threading
import time
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from uuid import uuid4

import httpx

from bot.blocks.ids import Action
from bot.calls.sources.generic import signature
from bot.sandbox.people.values import NotOnScreen
from bot.sandbox.state import Json, Message
from tests.support.office import DIALER, SECRET
from tests.torture.model import CallMade, Model
from tests.torture.papers import asks_for_workbook, sends_deals
from tests.torture.process import office_clock
from tests.torture.questions import BUTTONS, asks, text_in
from tests.torture.quiet import is_behind
from tests.torture.staff import Rep
from tests.torture.world import World

TRIES = 240


class Driver:
    """A few reps in one thread."""

    def __init__(self, world: World, model: Model, reps: Sequence[Rep], *, pause: float) -> None:
        self._world, self._model, self._reps, self._pause = world, model, reps, pause
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._http = httpx.Client(trust_env=False, timeout=15)
        self._late: list[bytes] = []
        """Deliveries that come again when everybody has forgotten them."""
        self.repeated: Counter[str] = Counter()
        self.failure: BaseException | None = None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Finishes what it is at; raises what went wrong in its own doing."""
        self._stopping.set()
        self._thread.join()
        self._http.close()
        if self.failure is not None:
            raise self.failure

    def _run(self) -> None:
        try:
            while not self._stopping.wait(random.uniform(0.5, 1.5) * self._pause):
                rep = random.choice(self._reps)
                doings = (self._calls, self._answers, self._repeats, self._asks)
                doing = random.choices(doings, weights=(50, 60, 10, 2))[0]
                doing(rep)
        except Exception as error:  # noqa: BLE001  a driver that fails must not look like one that is done
            self.failure = error

    # Calls

    def _calls(self, rep: Rep) -> None:
        """Nobody calls faster than the machine can ask about it: an hour's questions would take hours to be put."""
        if is_behind(self._world):
            return
        contact, by_event = f"Contact {uuid4().hex[:8]}", random.random() < 0.25
        first = self._call(rep, contact, by_event=by_event, joins=None)
        was_set_back = first.ended_at > office_clock().isoformat()  # the second would be the first of the two
        if random.random() < 0.15 and not was_set_back:
            self._call(rep, contact, by_event=by_event, joins=first.key)

    def _call(self, rep: Rep, contact: str, *, by_event: bool, joins: str | None) -> CallMade:
        call = CallMade(uuid4().hex, rep.email, contact, joins)
        fields = _fields(call)
        send = self._by_event if by_event else self._by_webhook
        for _try in range(TRIES):
            call.ended_at = max(call.ended_at, str(fields["ended_at"]))
            is_to_come = str(fields["ended_at"]) > office_clock().isoformat()
            if is_to_come and joins is None:  # the clock was set back: the dialer's, too
                fields = _fields(call)
            if send(fields):
                self._model.calls[call.key] = call
                return call
            time.sleep(0.5)
        raise TimeoutError(f"call {call.key} was never taken")

    def _by_webhook(self, fields: Json) -> bool:
        body = json.dumps(fields).encode()
        if random.random() < 0.1:
            self._late.append(body)
        return self._posted(body)

    def _posted(self, body: bytes) -> bool:
        stamp = str(int(office_clock().timestamp()))
        headers = {"X-Cornerman-Timestamp": stamp, "X-Cornerman-Signature": signature(SECRET, stamp, body)}
        try:
            answer = self._http.post(
                f"{self._world.balancer.url}/calls/generic", content=body, headers=headers
            )
        except httpx.HTTPError:
            return False
        return answer.is_success

    def _by_event(self, fields: Json) -> bool:
        """Acknowledged or not, Slack may have delivered it; the other app posts the same call until it was heard."""
        times = random.choice((1, 1, 2, 3))
        self.repeated["events redelivered"] += times - 1
        metadata = {"event_type": "call_completed", "event_payload": fields}
        event = {"type": "message_metadata_posted", "app_id": DIALER, "metadata": metadata}
        return not self._world.sandbox.emit(event, times=times).error

    def _repeats(self, _rep: Rep) -> None:
        if self._late:
            body = self._late.pop(random.randrange(len(self._late)))
            self.repeated["deliveries repeated late"] += self._posted(body)

    def _asks(self, rep: Rep) -> None:
        asks_for_workbook(self._world, self._model, rep)

    # Answers

    def _answers(self, rep: Rep) -> None:
        asking = [message for message in rep.member.dm if asks(message)]
        call = None
        if asking:
            message = random.choice(asking)
            call = next((call for call in self._waiting(rep) if call.contact in text_in(message)), None)
        if call is not None and random.random() < 0.3:
            self._submits(rep, message, call)
        elif call is not None:
            self._taps(rep, message, call)

    def _waiting(self, rep: Rep) -> list[CallMade]:
        calls = list(self._model.calls.values())
        return [call for call in calls if call.rep_email == rep.email and not call.joins and not call.answer]

    def _taps(self, rep: Rep, message: Message, call: CallMade) -> None:
        outcome = random.choice(list(BUTTONS))
        for _try in range(TRIES):
            troubles = _troubles(rep)
            try:
                reply = rep.member.clicks(BUTTONS[outcome], message)
            except NotOnScreen:
                break  # a click that seemed to fail was taken, and the buttons have gone
            if not reply.error and _troubles(rep) == troubles:
                break
            time.sleep(0.5)
        else:
            raise TimeoutError(f"{rep.email} clicked in vain")
        call.answer = outcome

    def _submits(self, rep: Rep, message: Message, call: CallMade) -> None:
        outcome = random.choice(list(BUTTONS))
        for _try in range(TRIES):
            if rep.member.modal:
                rep.member.closes(everything=True)
            try:
                rep.member.clicks(Action.OPEN_DEBRIEF, message)
                if rep.member.submits(outcome=outcome, went_well="They agreed to a pilot.").closed:
                    break
            except NotOnScreen:
                if not asks(message):
                    break
            time.sleep(0.5)
        else:
            raise TimeoutError(f"{rep.email} submitted in vain")
        call.answer = outcome


class Clerk:
    """The admin who sends files, in a thread of their own: each is waited for."""

    def __init__(self, world: World, model: Model, *, pause: float) -> None:
        self._world, self._model, self._pause = world, model, pause
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self.failure: BaseException | None = None

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        self._thread.join()
        if self.failure is not None:
            raise self.failure

    def _run(self) -> None:
        try:
            while not self._stopping.wait(self._pause):
                sends_deals(self._world, self._model)
        except Exception as error:  # noqa: BLE001  as a driver's
            self.failure = error


def _troubles(rep: Rep) -> int:
    """How often the bot said that something broke: its answer to a click that it could not work."""
    return sum("Something broke" in message.text for message in rep.member.dm)


def _fields(call: CallMade) -> Json:
    ended = office_clock()
    return {
        "call_id": call.key,
        "rep_email": call.rep_email,
        "started_at": (ended - timedelta(minutes=5)).isoformat(),
        "ended_at": ended.isoformat(),
        "duration_s": 300,
        "contact": call.contact,
        "company": "Acme",
        "disposition": "completed",
    }
