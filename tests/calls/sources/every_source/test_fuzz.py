"""Whatever a source sends, signed or not: an answer and never a 500; what is stored is stored whole and workable."""

from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given
from hypothesis import strategies as st

from bot.calls.domain.notices import Notice
from bot.calls.sources import SOURCES as ADAPTERS
from bot.calls.sources.delivery import BadSignature, Delivery, Unreadable
from storage.tables import InboxState
from tests.calls.sources.bodies import GOOD
from tests.calls.sources.every_source.oddities import STRANGE, changed, places
from tests.calls.sources.reading import events
from tests.calls.sources.senders import PUBLIC, SECRET, SOURCES, deliver, packed, query, signed
from tests.support.office import MONDAY_MORNING, Office
from tests.support.properties import examples

ODD = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(),
    st.floats(),
    st.text(max_size=20),
    st.sampled_from(STRANGE),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=3), st.integers(), max_size=2),
)


@st.composite
def bodies(draw: st.DrawFn, source: str) -> bytes:
    """A good body with some of its values turned into something odd."""
    said = GOOD[source]
    for _ in range(draw(st.integers(1, 3))):
        said = changed(said, draw(st.sampled_from(places(said))), draw(ODD))
    with suppress(ValueError, TypeError, AssertionError, OverflowError, AttributeError):
        return packed(source, said)
    return draw(st.binary(max_size=50))


def answered(source: str, body: bytes) -> None:
    """As the web side does; only the two refusals it knows may come out."""
    headers = {name.lower(): text for name, text in signed(source, body, MONDAY_MORNING).items()}
    delivery = Delivery(headers, body, MONDAY_MORNING, f"{PUBLIC}/calls/{source}{query(source)}")
    adapter = ADAPTERS[source]
    with suppress(BadSignature, Unreadable):
        adapter.verify(delivery, SECRET)
        if adapter.reply(delivery, SECRET) is None and adapter.parse(delivery):
            adapter.kept(delivery, SECRET)
            adapter.ended([told for told in adapter.parse(delivery) if isinstance(told, Notice)])


@pytest.mark.parametrize("source", SOURCES)
def test_each_value_may_be_any_of_the_strange_ones(source: str) -> None:
    said = GOOD[source]
    for place in places(said):
        for strange in STRANGE:
            with suppress(UnicodeEncodeError):  # a form cannot carry half a character
                answered(source, packed(source, changed(said, place, strange)))


@pytest.mark.parametrize("source", SOURCES)
@given(st.data())
@examples(60, suppress_health_check=list(HealthCheck))
def test_an_odd_body_is_read_or_refused(source: str, data: st.DataObject) -> None:
    answered(source, data.draw(bodies(source)))


@pytest.mark.parametrize("source", SOURCES)
@given(st.binary(max_size=200))
@examples(50)
def test_noise_is_refused(source: str, body: bytes) -> None:
    answered(source, body)


@given(st.data())
@examples(25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_over_http_an_odd_body_never_breaks_the_bot(office: Office, data: st.DataObject) -> None:
    source = data.draw(st.sampled_from(SOURCES))

    answer = deliver(office, source, data.draw(bodies(source)))

    assert answer.status_code in (200, 400, 401), answer.text
    assert events(office, InboxState.WAITING, InboxState.DEAD) == []
