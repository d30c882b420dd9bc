"""A Microsoft Graph to ask for records."""

from collections.abc import Iterator

import pytest

from tests.calls.sources.meetings.graph_double import GraphDouble
from tests.support.doubles.http import double


@pytest.fixture
def graph() -> Iterator[GraphDouble]:
    answers = GraphDouble()
    with double(answers) as server:
        answers.url = server.url
        yield answers
