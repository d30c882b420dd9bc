"""Everybody has a name of their own that formulas can look for."""

from hypothesis import given
from hypothesis import strategies as st

from bot.workbook.domain.book import Person, labels

people = st.lists(st.tuples(st.text(max_size=120), st.none() | st.emails()), max_size=12).map(
    lambda told: [Person(id, name, email) for id, (name, email) in enumerate(told)]
)


@given(people)
def test_everybody_has_a_name_of_their_own_that_a_formula_finds(given: list[Person]) -> None:
    found = labels(given)

    assert found.keys() == {person.id for person in given}
    assert len({label.casefold() for label in found.values()}) == len(given)
    for label in found.values():
        assert label
        assert len(label) <= 255
        assert not set(label) & set("*?~")
        assert label[0] not in "=<>"


def test_a_namesake_is_told_by_the_email() -> None:
    found = labels(
        [Person(1, "Ana Ruiz", "a@x.com"), Person(2, "ana ruiz", "b@x.com"), Person(3, "Ana Ruiz", None)]
    )

    assert found == {1: "Ana Ruiz", 2: "ana ruiz (b@x.com)", 3: "Ana Ruiz (3)"}
