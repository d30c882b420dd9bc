"""Google Meet: Workspace Events say, by a push of Pub/Sub, that a conference has ended; its record has to be asked for.

- A sales call: somebody outside was there, by the email of whoever signed in; who did not sign in comes from outside.
- Whose: the host's, whose subscription it is. With whom: those outside. From when to when: as the record says.

The push proves itself by a key in the address. An event names the subscription and the conference, and nothing else.
"""

import base64
import binascii
import json
from collections.abc import Sequence
from urllib.parse import parse_qs, urlsplit

from bot.calls.sources import fields as read
from bot.calls.sources.delivery import BadSignature, Delivery, Pointer, Source, Unreadable, is_same
from bot.calls.sources.fields import Fields

ENDED = "google.workspace.meet.conference.v2.ended"
SUBSCRIPTIONS = "//workspaceevents.googleapis.com/subscriptions/"
RECORDS = "conferenceRecords/"


class Meet(Source):
    name = "meet"
    subscribe_to = "google.workspace.meet.conference.v2.ended"
    try_it = "Within an hour the bot subscribes to everybody's conferences; then meet somebody outside and hang up."

    def verify(self, delivery: Delivery, secret: str) -> None:
        if not is_same(_key(delivery.url), secret):
            raise BadSignature("The address does not end in ?key= and the secret of this source.")

    def kind(self, delivery: Delivery) -> str:
        return read.text(_attributes(delivery), "ce-type")

    def parse(self, delivery: Delivery) -> Sequence[Pointer]:
        about = _attributes(delivery)
        if read.text(about, "ce-type") != ENDED:
            return []
        record = read.text(read.child(_data(delivery), "conferenceRecord"), "name", required=True)
        subscription = read.text(about, "ce-source", required=True)
        return [Pointer(subscription.removeprefix(SUBSCRIPTIONS), record.removeprefix(RECORDS))]


def _key(url: str) -> str:
    try:
        return parse_qs(urlsplit(url).query).get("key", [""])[0]
    except ValueError:
        return ""


def _message(delivery: Delivery) -> Fields:
    return read.child(read.object_of(delivery), "message")


def _attributes(delivery: Delivery) -> Fields:
    return read.child(_message(delivery), "attributes")


def _data(delivery: Delivery) -> Fields:
    try:
        said = json.loads(base64.b64decode(read.text(_message(delivery), "data"), validate=True))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise Unreadable("data is not JSON in base64.") from error
    if not isinstance(said, dict):
        raise Unreadable("data is no object.")
    return said
