"""Names on a map cover neither each other nor a point."""

import math

from hypothesis import given
from hypothesis import strategies as st

from bot.charts.point_labels import Box, nearest, place, rings, sides
from tests.support.properties import examples

MAP = Box(0, 0, 400, 200)
points = st.lists(st.tuples(st.floats(0, 400), st.floats(0, 200)), max_size=25)
widths = st.floats(5, 90)


def overlap(one: Box, other: Box) -> bool:
    across = min(one.right, other.right) - max(one.left, other.left)
    up = min(one.top, other.top) - max(one.bottom, other.bottom)
    return across > 1e-6 and up > 1e-6


@examples(60)
@given(points, st.data(), st.sampled_from([sides(8), rings(8, 3)]))
def test_no_name_covers_a_name_or_a_point_or_leaves_the_map(
    at: list[tuple[float, float]], data: st.DataObject, offsets: object
) -> None:
    sizes = [(data.draw(widths), 10.0) for _ in at]
    taken = [Box(0, 180, 120, 200)]
    found = place(at, sizes, within=MAP, offsets=offsets, around=3, taken=taken)  # type: ignore[arg-type]

    names = [name for name in found if name]
    dots = [Box(x - 3, y - 3, x + 3, y + 3) for x, y in at]
    for n, name in enumerate(names):
        assert not any(overlap(name, other) for other in [*dots, *taken, *names[:n]])
        assert name.left >= 0 and name.bottom >= 0 and name.right <= 400 and name.top <= 200


def test_a_point_alone_has_its_name_on_the_right() -> None:
    [name] = place([(100.0, 100.0)], [(50.0, 10.0)], within=MAP, offsets=rings(8, 3), around=3)

    assert name == Box(108, 95, 158, 105)


def test_two_at_one_place_are_both_named() -> None:
    found = place([(100.0, 100.0)] * 2, [(50.0, 10.0)] * 2, within=MAP, offsets=sides(8), around=3)

    assert None not in found


def test_the_line_to_a_name_ends_where_the_name_begins() -> None:
    name = Box(10, 10, 30, 20)

    assert nearest((0, 15), name) == (10, 15)
    assert math.dist((15, 15), nearest((15, 15), name)) == 0
