"""One page of a programme, and how it goes into the whole."""

from __future__ import annotations

import pytest

from app.events.programme import KEY, by_time, in_order, merged, new_key, pages


def entries(*keys, **changes):
    return [{"id": key, "title": "old", **changes} for key in keys]


def typed(*places):
    """Rows as a page sends them: (place, key)."""
    return [(place, {"id": key, "title": "new"}) for place, key in places]


def keys(whole):
    return "".join(entry["id"] for entry in whole)


def test_what_was_typed_takes_the_place_of_what_was_there():
    whole = merged(entries(*"ABCD"), typed((2, "B"), (3, "C")), set())
    assert keys(whole) == "ABCD"
    assert [entry["title"] for entry in whole] == ["old", "new", "new", "old"]


@pytest.mark.parametrize(
    ("rows", "order"),
    [
        ([(1, "A"), (3, "B"), (2, "C"), (4, "D")], "ACBDE"),
        ([(5, "A"), (2, "B"), (3, "C"), (4, "D")], "BCDEA"),
        ([(1, "A"), (1, "B"), (3, "C"), (4, "D")], "BACDE"),
        ([(99, "A"), (2, "B"), (3, "C"), (4, "D")], "BCDEA"),
        ([(None, "A"), (2, "B"), (3, "C"), (4, "D")], "ABCDE"),
        ([(4, "A"), (3, "B"), (2, "C"), (1, "D")], "DCBAE"),
    ],
)
def test_a_place_that_was_typed_is_where_the_entry_goes(rows, order):
    assert keys(merged(entries(*"ABCDE"), typed(*rows), set())) == order


def test_what_is_new_follows_the_row_above_it():
    assert keys(merged(entries(*"ABCD"), typed((1, "A"), (2, "B"), (None, "N")), set())) == "ABNCD"
    assert keys(merged(entries(*"AB"), typed((None, "N"), (None, "M")), set())) == "ABNM"
    assert keys(merged([], typed((None, "N"), (None, "M")), set())) == "NM"
    assert keys(merged(entries(*"ABCD"), typed((1, "A"), (2, "N"), (3, "B")), set())) == "ANBCD"


def test_what_was_deleted_is_gone_wherever_it_stood():
    assert keys(merged(entries(*"ABCDE"), typed((1, "A"), (2, "C"), (3, "D")), {"B"})) == "ACDE"
    assert keys(merged(entries(*"AB"), [], {"A", "X", ""})) == "B"


def test_a_row_goes_past_its_neighbour_and_not_beyond_the_page():
    rows = [{"key": key, "place_number": place} for place, key in ((21, "A"), (22, "B"), (23, "C"))]

    def order(move):
        turned = in_order(rows, 21, move)
        assert [row["place_number"] for row in turned] == [21, 22, 23]
        return "".join(row["key"] for row in turned)

    assert order("B:up") == "BAC"
    assert order("B:down") == "ACB"
    assert order("A:up") == order("C:down") == order("X:up") == order("B:sideways") == order("") == "ABC"


def test_rows_stand_in_the_order_of_the_places_typed_new_ones_last():
    rows = [{"key": key, "place_number": place} for place, key in ((3, "A"), (None, "B"), (1, "C"))]
    assert [row["key"] for row in in_order(rows, 1)] == ["C", "A", "B"]


def test_in_the_order_of_the_hours_what_begins_together_stays_as_it_was():
    known = [
        {"id": key, "starts_at": f"2025-11-21T{hour}:00:00+00:00"}
        for key, hour in (("A", 12), ("B", 10), ("C", 12))
    ]
    assert keys(by_time(known)) == "BAC"


def test_a_key_is_new_and_short():
    taken = {new_key(()) for _ in range(50)}
    assert len(taken) == 50
    assert all(KEY.fullmatch(key) for key in taken)


@pytest.mark.parametrize(("count", "number"), [(0, 1), (1, 1), (20, 1), (21, 2), (500, 25)])
def test_twenty_entries_stand_on_a_page(count, number):
    assert pages(count) == number
