"""A workspace as busy as Slack lets one be: calls end, questions are answered, Home is opened, cards are asked for.

All at a steady pace by the clock.
"""

import json
import random
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import httpx

from bot.blocks.ids import Action
from bot.calls.sources.generic import signature
from bot.sandbox import Member, Sandbox
from bot.sandbox.people.values import NotOnScreen
from bot.sandbox.state import Message
from tests.support.office import SECRET
from tests.torture.staff import Rep

A_SECOND = 30_000 / 3600
"""Events: what Slack delivers an app of one workspace in an hour at most, spread evenly."""
AT_ONCE = 32
TRIES = 60
"""Of a dialer, a second apart, until its call is taken."""


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: when it was due and how long its answer took from then, in seconds.

    So a stall counts for all that it holds up. Not `is_answered` is what Slack gave up, or a dialer tried in vain.
    """

    due: float
    took: float
    is_answered: bool


class Load:
    def __init__(self, sandbox: Sandbox, url: str, reps: Sequence[Rep], *, seed: int = 1) -> None:
        self.calls: set[str] = set()
        """Keys of those that were taken."""
        self.answers = 0
        """Questions whose answer was accepted."""
        self.events: list[Event] = []
        self._sandbox, self._url, self._reps = sandbox, url, reps
        self._random = random.Random(seed)
        self._lock = threading.Lock()
        self._clicked: set[str] = set()
        self._http = httpx.Client(trust_env=False, timeout=15, limits=httpx.Limits(max_connections=AT_ONCE))
        self._failure: BaseException | None = None

    def run(self, seconds: float) -> None:
        """Returns once all of it was answered; raises what went wrong in its own doing."""
        doings = (self._call, self._answer, self._open_home, self._ask)
        chosen = self._random.choices(doings, weights=(40, 30, 15, 15), k=int(seconds * A_SECOND))
        began = time.monotonic()
        with ThreadPoolExecutor(AT_ONCE) as pool:
            for number, doing in enumerate(chosen):
                due = number / A_SECOND
                time.sleep(max(0.0, began + due - time.monotonic()))
                pool.submit(self._timed, doing, began, due)
                if self._failure is not None:
                    raise self._failure
        self._http.close()

    def _timed(self, doing: Callable[[Rep], bool], began: float, due: float) -> None:
        with self._lock:
            rep = self._random.choice(self._reps)
        try:
            is_answered = doing(rep)
        except Exception as error:  # noqa: BLE001  a load that fails must not look like one that is done
            self._failure = error
            return
        with self._lock:
            self.events.append(Event(due, time.monotonic() - began - due, is_answered))

    def _call(self, rep: Rep) -> bool:
        key, ended = uuid4().hex, datetime.now(UTC)
        body = json.dumps(
            {
                "call_id": key,
                "rep_email": rep.email,
                "started_at": (ended - timedelta(minutes=5)).isoformat(),
                "ended_at": ended.isoformat(),
                "duration_s": 300,
                "contact": f"Contact {key[:8]}",
                "company": "Acme",
                "disposition": "completed",
            }
        ).encode()
        for _try in range(TRIES):
            if self._posted(body):
                with self._lock:
                    self.calls.add(key)
                return True
            time.sleep(1)
        return False

    def _posted(self, body: bytes) -> bool:
        stamp = str(int(time.time()))
        headers = {"X-Cornerman-Timestamp": stamp, "X-Cornerman-Signature": signature(SECRET, stamp, body)}
        try:
            return self._http.post(f"{self._url}/calls/generic", content=body, headers=headers).is_success
        except httpx.HTTPError:
            return False

    def _answer(self, rep: Rep) -> bool:
        """One tap; who has nothing to answer has another call."""
        question = self._question(rep.member)
        if question is None:
            return self._call(rep)
        try:
            is_answered = not rep.member.clicks(Action.ENDED_ADVANCED, question).error
        except NotOnScreen:  # it was gathered into another message meanwhile
            return True
        with self._lock:
            self.answers += is_answered
        return is_answered

    def _question(self, member: Member) -> Message | None:
        """One that nobody has answered or is about to."""
        with self._lock:
            asked = (one for one in reversed(member.dm) if one.ts not in self._clicked and _asks(one))
            question = next(asked, None)
            if question is not None:
                self._clicked.add(question.ts)
            return question

    def _open_home(self, rep: Rep) -> bool:
        opened = {"user": rep.member.id, "channel": rep.member.dm_channel.id, "tab": "home"}
        return not self._sandbox.emit({"type": "app_home_opened", **opened}).error

    def _ask(self, rep: Rep) -> bool:
        return not rep.member.commands("/scorecard").error


def _asks(message: Message) -> bool:
    return any(
        element.get("action_id") == Action.ENDED_ADVANCED
        for block in message.blocks
        for element in block.get("elements", [])
    )
