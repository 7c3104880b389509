"""What a shotlist keeps, what stands in an interval, and what becomes of a list that somebody pasted."""

from __future__ import annotations

import pytest

from app.library import shotlist
from app.library.shotlist import Interval, Restriction, ShotKind

RATE = 25


def frame_of(typed: str) -> int | None:
    """Read a time as simply as these tests need it."""
    parts = typed.replace(";", ":").split(":")
    if len(parts) == 4:
        hours, minutes, seconds, frames = (int(each) for each in parts)
        return ((hours * 60 + minutes) * 60 + seconds) * RATE + frames
    if len(parts) == 3:
        hours, minutes, seconds = (int(each) for each in parts)
        return ((hours * 60 + minutes) * 60 + seconds) * RATE
    return (int(parts[0]) * 60 + int(parts[1])) * RATE if int(parts[1]) < 60 else None


def read(text: str) -> tuple[list[shotlist.Row], list[shotlist.Unread]]:
    return shotlist.pasted(text, frame_of, RATE)


FACTS = {
    "shots": [
        {"id": "s0000002", "in": 125, "out": 250, "kind": "soundbite", "language": "fr"},
        {"id": "s0000001", "in": 0, "out": 125},
    ],
    "restrictions": [
        {"id": "r0000001", "in": 100, "out": 150},
        {"id": "r0000002", "in": None, "out": None},
        {"id": "r0000003", "in": 200, "out": None},
    ],
}
FIELDS = {
    "shots": {
        "s0000001": {"description": "Flags"},
        "s0000002": {"speaker": "H. Vasseur", "words": "« Oui. »"},
    },
    "restrictions": {"r0000001": "Not for use online."},
}


def test_shots_come_in_the_order_of_the_film_with_the_words_of_one_language() -> None:
    first, second = shotlist.shots(FACTS, FIELDS)
    assert (first.number, first.id, first.interval, first.kind) == (1, "s0000001", (0, 125), ShotKind.SCENE)
    assert (first.description, first.speaker, first.is_soundbite) == ("Flags", "", False)
    assert (second.number, second.is_soundbite, second.language) == (2, True, "fr")
    assert (second.description, second.speaker, second.words) == ("", "H. Vasseur", "« Oui. »")
    assert shotlist.shots({}, {}) == []


def test_the_shots_of_an_interval_are_those_that_share_a_frame_with_it() -> None:
    every = shotlist.shots(FACTS, FIELDS)
    assert [each.number for each in shotlist.within(every, 0, 125)] == [1]
    assert [each.number for each in shotlist.within(every, 124, 126)] == [1, 2]
    assert [each.number for each in shotlist.within(every, 250, 300)] == []


def test_restrictions_of_the_whole_film_come_first_and_meet_everything() -> None:
    whole, part, rest = shotlist.restrictions(FACTS, FIELDS)
    assert whole == Restriction("r0000002", None, None, "")
    assert whole.is_whole
    assert whole.meets(0, 1)
    assert whole.within(500) == Interval(0, 500)
    assert (part.text, part.within(120)) == ("Not for use online.", Interval(100, 120))
    assert part.meets(149, 151)
    assert not part.meets(150, 151)
    assert not part.meets(0, 100)
    assert rest.meets(499, 500)
    assert not rest.meets(0, 200)
    assert rest.within(500).frames == 300


def test_gaps_and_overlaps_are_told() -> None:
    facts = {
        "shots": [
            {"id": "a", "in": 10, "out": 100},
            {"id": "b", "in": 20, "out": 50},
            {"id": "c", "in": 100, "out": 200},
            {"id": "d", "in": 250, "out": 300},
        ]
    }
    gaps, overlaps = shotlist.gaps_and_overlaps(shotlist.shots(facts, {}), 400)
    assert gaps == [(0, 10), (200, 250), (300, 400)]
    assert [(one.id, other.id) for one, other in overlaps] == [("a", "b")]
    assert shotlist.gaps_and_overlaps([], 400) == ([], [])
    assert shotlist.gaps_and_overlaps(shotlist.shots({"shots": facts["shots"][:1]}, {}), 100)[0] == [(0, 10)]


def test_a_new_key_is_one_that_none_has() -> None:
    assert shotlist.SHOT_KEY.fullmatch(shotlist.new_key("s", []))
    assert shotlist.RESTRICTION_KEY.fullmatch(shotlist.new_key("r", ["r0000000"]))


@pytest.mark.parametrize(
    ("line", "begins", "ends", "description"),
    [
        ("00:00:05:00 00:00:21:00 Exterior, flags", 125, 525, "Exterior, flags"),
        ("00:00:05:00\t00:00:21:00\tExterior, flags", 125, 525, "Exterior, flags"),
        ("00:05 – 00:21 Exterior, flags", 125, 525, "Exterior, flags"),
        ("2. (00:05) Exterior, flags", 125, None, "Exterior, flags"),
        ("00:05 +16 s Exterior, flags", 125, 525, "Exterior, flags"),
        ("0:05, 0:21, Exterior, flags", 125, 525, "Exterior, flags"),
        ("00:00:05:00 à 00:00:21:00 : Exterior, flags", 125, 525, "Exterior, flags"),
        ("00:00:05;00", 125, None, ""),
        ("00:05 24 ministers arrive", 125, None, "24 ministers arrive"),
    ],
)
def test_a_pasted_line_begins_with_its_times(
    line: str, begins: int, ends: int | None, description: str
) -> None:
    rows, unread = read(line)
    assert unread == []
    assert [(row.begins, row.ends, row.description, row.kind) for row in rows] == [
        (begins, ends, description, ShotKind.SCENE)
    ]


@pytest.mark.parametrize(
    ("words", "language", "speaker", "function", "said"),
    [
        (
            "SOUNDBITE (English) – Hélène Vasseur, Secretary General: “Known links.”",
            "en", "Hélène Vasseur", "Secretary General", "“Known links.”",
        ),
        (
            "Son (français) : Hélène Vasseur, secrétaire générale : « Nous publierons. »",
            "fr", "Hélène Vasseur", "secrétaire générale", "« Nous publierons. »",
        ),
        ("Синхрон (українська): Олена Марченко: «Так».", "uk", "Олена Марченко", "", "«Так»."),
        ("SOT, English: J. Healey", "en", "J. Healey", "", ""),
        ("Soundbite Hélène Vasseur", "", "Hélène Vasseur", "", ""),
        ("Soundbite", "", "", "", ""),
    ],
)  # fmt: skip
def test_a_pasted_soundbite_says_who_speaks_which_language(
    words: str, language: str, speaker: str, function: str, said: str
) -> None:
    (row,), unread = read(f"00:01:23:00 {words}")
    assert unread == []
    assert row.kind is ShotKind.SOUNDBITE
    assert (row.language, row.speaker, row.function, row.words) == (language, speaker, function, said)


def test_cutaways_and_cards_are_known_by_their_first_word() -> None:
    rows, _unread = read(
        "0:00 Title card\n0:05 Cutaway, photographers\n0:10 Plan de coupe\n0:12 Sonata played"
    )
    assert [row.kind for row in rows] == [ShotKind.CARD, ShotKind.CUTAWAY, ShotKind.CUTAWAY, ShotKind.SCENE]


def test_a_line_without_a_time_goes_on_with_the_one_above() -> None:
    rows, unread = read("0:00 Flags,\nat full mast\n\n0:10 Soundbite (English): J. Healey: “One.”\nTwo.")
    assert [row.description for row in rows] == ["Flags, at full mast", ""]
    assert rows[1].words == "“One.” Two."
    assert unread == []


def test_a_line_that_is_no_shot_is_named_and_the_others_stay() -> None:
    text = "SHOTLIST\n0:00 Flags\n\n99:99 Nothing\n0:20 0:10 Backwards\n0:30 9:99:99:99:99 Odd\n0:40 Wide"
    rows, unread = read(text)
    assert [(row.begins, row.description) for row in rows] == [(0, "Flags"), (1000, "Wide")]
    assert unread == [
        (1, "SHOTLIST"),
        (4, "99:99 Nothing"),
        (5, "0:20 0:10 Backwards"),
        (6, "0:30 9:99:99:99:99 Odd"),
    ]


def test_more_shots_than_a_list_holds_are_not_read() -> None:
    rows, unread = read("\n".join(f"0:00:{number % 60:02} Shot" for number in range(shotlist.MOST_SHOTS + 2)))
    assert (len(rows), len(unread)) == (shotlist.MOST_SHOTS, 2)


def test_a_shot_without_an_end_ends_where_the_next_one_begins() -> None:
    rows, _unread = read("0:10 Second\n0:00 First\n0:10 Also second\n0:20 +2 Last")
    assert [(row.begins, row.ends) for row in shotlist.closed(rows, 1000)] == [
        (0, 250), (250, 500), (250, 500), (500, 550),
    ]  # fmt: skip
    assert [row.ends for row in shotlist.closed(rows[:1], 1000)] == [1000]


def test_a_hostile_line_is_read_in_no_time() -> None:
    for line in (
        "0:00" + " " * 100_000 + "x",
        "0:00" + "\t \t" * 50_000,
        "0:00 Soundbite " + "(" * 100_000,
        "1 " * 99_999,
    ):
        rows, unread = read(line)
        assert len(rows) + len(unread) == 1
