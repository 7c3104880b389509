"""Two texts made of the same one are put together, and nothing that anybody wrote is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text import merging

PARTS = st.lists(st.sampled_from("abcdef"), max_size=8)


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "merged", "conflicts"),
    [
        ("abc", "abc", "abc", "abc", 0),
        ("abc", "axc", "abc", "axc", 0),
        ("abc", "abc", "axc", "axc", 0),
        ("abc", "xabc", "abcy", "xabcy", 0),
        ("abc", "axc", "axc", "axc", 0),
        ("abc", "axc", "ayc", "axyc", 1),
        ("abc", "ac", "abcd", "acd", 0),
        ("abc", "ac", "ayc", "ayc", 1),
        ("abcde", "axcde", "abcye", "axcye", 0),
        ("", "x", "y", "xy", 1),
        ("abc", "", "abc", "", 0),
    ],
)
def test_each_side_keeps_what_it_changed(base, mine, theirs, merged, conflicts) -> None:
    assert merging.lists(list(base), list(mine), list(theirs)) == (list(merged), conflicts)


@given(PARTS, PARTS, PARTS)
def test_what_anybody_added_is_there(base: list[str], mine: list[str], theirs: list[str]) -> None:
    merged, _conflicts = merging.lists(base, mine, theirs)
    assert (set(mine) | set(theirs)) - set(base) <= set(merged)
    assert merging.lists(base, mine, base)[0] == mine
    assert merging.lists(base, base, theirs)[0] == theirs
    assert merging.lists(base, mine, mine) == (mine, 0)


def test_bodies_are_put_together_by_their_paragraphs() -> None:
    base = "<p>One.</p><p>Two.</p><ul><li>a</li></ul>"
    mine = "<p>One!</p><p>Two.</p><ul><li>a</li></ul>"
    theirs = "<p>One.</p><p>Two.</p><ul><li>a</li><li>b</li></ul><p>Three.</p>"

    assert merging.bodies(base, mine, theirs) == (
        "<p>One!</p><p>Two.</p><ul><li>a</li><li>b</li></ul><p>Three.</p>",
        0,
    )
    assert merging.bodies(base, mine, base.replace("One.", "1.")) == (
        mine.replace("!</p>", "!</p><p>1.</p>"),
        1,
    )


@pytest.mark.parametrize(
    ("base", "mine", "theirs", "taken"),
    [
        ("a", "a", "b", ("b", False)),
        ("a", "b", "a", ("b", False)),
        ("a", "b", "b", ("b", False)),
        ("a", "b", "c", ("b", True)),
        ([], [{"url": "x"}], [], ([{"url": "x"}], False)),
    ],
)
def test_of_a_value_that_both_changed_mine_is_taken_and_both_are_told(base, mine, theirs, taken) -> None:
    assert merging.values(base, mine, theirs) == taken
