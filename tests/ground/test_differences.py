"""What differs between two versions: words, blocks, formatting and facts."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text import differences
from app.text.aligning import alike, matches, rising
from app.text.bodies import BlockChange, Note, Unchanged, bodies
from app.text.differences import Change, Fact, fields, words
from app.text.markup import clean
from tests.corpora import each_some_quick
from tests.ground.honest import BODIES


def drawn(changes) -> str:
    """A difference on one line: "[-gone][+come]"."""
    signs = {"same": "{}", "deleted": "[-{}]", "inserted": "[+{}]"}
    return "".join(signs[change.kind].format(change.text) for change in changes)


@pytest.mark.parametrize(
    ("old", "new", "difference"),
    [
        ("The same.", "The same.", "The same."),
        ("", "New", "[+New]"),
        ("Old", "", "[-Old]"),
        ("", "", ""),
        ("on 3 December", "on 4 December", "on [-3 ][+4 ]December"),
        ("They met.", "They met. They agreed.", "They met.[+ They agreed.]"),
        ("They met. They agreed.", "They met.", "They met.[- They agreed.]"),
        ("Зустріч о 15:00", "Зустріч о 16:00", "Зустріч о [-15][+16]:00"),
        ("Quoi !", "Quoi\u202f!", "Quoi[- ][+\u202f]!"),
        ("one of them said", "two of us said", "[-one of them ][+two of us ]said"),
        (
            "Ministers decided to send help",
            "Winter was longer than we thought",
            "[-Ministers decided to send help][+Winter was longer than we thought]",
        ),
    ],
)
def test_words_are_told_apart(old: str, new: str, difference: str) -> None:
    assert drawn(words(old, new)) == difference


def test_bodies_are_compared_as_plain_text_on_request() -> None:
    assert words("<p>One</p><p>Two</p>", "<p>One</p><p>Ten</p>", is_html=True) == [
        Change("same", "One\n\n"),
        Change("deleted", "Two"),
        Change("inserted", "Ten"),
    ]


def test_a_long_paragraph_goes_by_sentences() -> None:
    sentences = [f"Sentence {number} tells of matter{number} and of place{number}." for number in range(80)]
    rewritten = list(sentences)
    rewritten[40] = "Nobody had foreseen any such thing."
    rewritten[60] = sentences[60].replace("tells", "speaks")

    changes = words(" ".join(sentences), " ".join(rewritten))

    assert [change for change in changes if change.kind != "same"] == [
        Change("deleted", sentences[40] + " "),
        Change("inserted", rewritten[40] + " "),
        Change("deleted", "tells "),
        Change("inserted", "speaks "),
    ]


@given(st.text(alphabet="ab .,\n\u00a0é😀", max_size=60), st.text(alphabet="ab .,\n\u00a0é😀", max_size=60))
def test_both_texts_can_be_read_from_their_difference(old: str, new: str) -> None:
    changes = words(old, new)
    assert "".join(change.text for change in changes if change.kind != "inserted") == old
    assert "".join(change.text for change in changes if change.kind != "deleted") == new
    assert all(change.text for change in changes)
    assert all(one.kind != other.kind for one, other in pairwise(changes))


@given(st.lists(st.integers(0, 4), max_size=30), st.lists(st.integers(0, 4), max_size=30))
def test_the_longest_list_of_matches_is_found(old: list[int], new: list[int]) -> None:
    lengths = [[0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for x, one in enumerate(old):
        for y, other in enumerate(new):
            lengths[x + 1][y + 1] = (
                lengths[x][y] + 1 if one == other else max(lengths[x][y + 1], lengths[x + 1][y])
            )
    pairs = matches(old, new)
    assert len(pairs) == lengths[-1][-1]
    assert all(old[x] == new[y] for x, y in pairs)
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


def test_very_long_sequences_are_matched_between_what_each_has_once() -> None:
    old = [number % 3 for number in range(8_000)]
    new = [number % 2 for number in range(8_000)]
    old[4_000:4_000] = new[4_100:4_100] = ["anchor"]
    pairs = matches(old, new)
    assert (4_000, 4_100) in pairs
    assert len(pairs) > 4_000
    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


def test_rising_and_alike_keep_the_order() -> None:
    assert rising([(0, 5), (1, 1), (2, 2), (3, 0), (4, 3)]) == [(1, 1), (2, 2), (4, 3)]
    old = [frozenset("abcd"), frozenset("efgh"), frozenset("ijkl")]
    assert alike(old, [frozenset("efgx"), frozenset("abcd")]) == [(1, 0)]
    assert alike(old, [frozenset("abxy"), frozenset("zzz"), frozenset("ijkx")]) == [(0, 0), (2, 2)]


def _bodies(old: str, new: str, language: str = "en"):
    return bodies(clean(old, language=language), clean(new, language=language))


def test_unchanged_paragraphs_are_folded_and_counted() -> None:
    changes = _bodies(
        "<p>One</p><ul><li>two<ul><li>three</li></ul></li></ul><table><tr><th>a</th><td>b</td></tr></table>"
        "<p>The last paragraph</p>",
        "<p>One</p><ul><li>two<ul><li>three</li></ul></li></ul><table><tr><th>a</th><td>b</td></tr></table>"
        "<p>The first paragraph</p><p>And &lt;more&gt;</p>",
    )
    assert changes.count == 2
    assert changes.stretches == (
        Unchanged(4, "One\ntwo\nthree\na | b"),
        BlockChange(
            1,
            "changed",
            "p",
            (
                Change("same", "The "),
                Change("deleted", "last "),
                Change("inserted", "first "),
                Change("same", "paragraph"),
            ),
        ),
        BlockChange(2, "inserted", "p", (Change("inserted", "And <more>"),)),
    )


def test_the_same_body_has_no_changes() -> None:
    for _language, body in BODIES:
        changes = bodies(body, body)
        assert changes.count == 0
        assert [type(stretch) for stretch in changes.stretches] == [Unchanged]
    assert bodies("", "").stretches == ()


@pytest.mark.parametrize(
    ("old", "new", "note"),
    [
        ("<h2>A head</h2>", "<h3>A head</h3>", Note("kind", "", "h2", "h3")),
        ("<p>A head</p>", "<h2>A head</h2>", Note("kind", "", "p", "h2")),
        (
            "<p>See <a href='https://a.example/'>the page</a> now</p>",
            "<p>See <a href='https://b.example/'>the page</a> now</p>",
            Note("link", "the page", "https://a.example/", "https://b.example/"),
        ),
        (
            "<p>See <a href='/x'>the page</a></p>",
            "<p>See the page</p>",
            Note("link", "the page", "/x", ""),
        ),
        ("<p>so very good</p>", "<p>so <b>very</b> good</p>", Note("bold", "very", "", "yes")),
        ("<p>so very good</p>", "<p>so v<b>er</b>y good</p>", Note("bold", "very", "", "yes")),
        ("<p>so <i>very good</i></p>", "<p>so very good</p>", Note("italic", "very good", "yes", "")),
        ("<p>H2O</p>", "<p>H<sub>2</sub>O</p>", Note("lowered", "H2O", "", "yes")),
        ("<p>mot</p>", "<p lang='uk'>mot</p>", Note("language", "", "", "uk")),
        ("<p>le mot dit</p>", "<p>le <span lang='uk'>mot</span> dit</p>", Note("language", "mot", "", "uk")),
        ("<ul><li>a</li></ul>", "<ol><li>a</li></ol>", Note("numbering", "", "ul", "ol")),
        (
            "<ul><li>a</li><li>b</li></ul>",
            "<ul><li>a<ul><li>b</li></ul></li></ul>",
            Note("level", "", "1", "2"),
        ),
        (
            "<table><tr><td>a</td><td>b</td></tr></table>",
            "<table><tr><th>a</th><td>b</td></tr></table>",
            Note("cells", "", "td td", "th td"),
        ),
        (
            "<figure><img src='/media/pictures/a/1.jpg' alt='Flags'></figure>",
            "<figure><img src='/media/pictures/b/1.jpg' alt='Flags'></figure>",
            Note("picture", "", "/media/pictures/a/1.jpg", "/media/pictures/b/1.jpg"),
        ),
    ],
)
def test_formatting_that_changed_is_noticed(old: str, new: str, note: Note) -> None:
    changes = _bodies(old, new)
    notes = [
        each for stretch in changes.stretches if isinstance(stretch, BlockChange) for each in stretch.notes
    ]
    assert note in notes
    assert {s.kind for s in changes.stretches if isinstance(s, BlockChange)} == {"formatted"}


def test_words_and_formatting_change_together() -> None:
    (change,) = _bodies("<p>It is very good news</p>", "<p>It is <b>very</b> bad news</p>").stretches
    assert (change.kind, drawn(change.parts), change.notes) == (
        "changed",
        "It is very [-good ][+bad ]news",
        (Note("bold", "very", "", "yes"),),
    )


def test_one_item_of_a_long_list_is_one_change() -> None:
    items = [f"<li>Item number{n} of the list</li>" for n in range(200)]
    old = "<ul>" + "".join(items) + "</ul>"
    items[70] = "<li>Item number70 of our list</li>"
    changes = _bodies(old, "<ul>" + "".join(items) + "</ul>")
    assert [getattr(stretch, "count", stretch) for stretch in changes.stretches if stretch] == [
        70,
        changes.stretches[1],
        129,
    ]
    assert drawn(changes.stretches[1].parts) == "Item number70 of [-the ][+our ]list"


def test_a_paragraph_in_another_language_says_so() -> None:
    (change,) = _bodies("", "<p lang='uk'>Слово</p>").stretches
    assert (change.kind, change.language) == ("inserted", "uk")


def test_new_alternative_text_is_a_change_of_words() -> None:
    (change,) = _bodies(
        "<figure><img src='/media/pictures/a/1.jpg' alt='Five flags'></figure>",
        "<figure><img src='/media/pictures/a/1.jpg' alt='Six flags'></figure>",
    ).stretches
    assert (change.tag, drawn(change.parts)) == ("picture", "[-Five ][+Six ]flags")


@given(st.sampled_from([body for _, body in BODIES]), st.sampled_from([body for _, body in BODIES]))
def test_bodies_keep_every_word_of_the_new_one(old: str, new: str) -> None:
    shown = []
    for stretch in bodies(old, new).stretches:
        if isinstance(stretch, Unchanged):
            shown.append(stretch.text)
        else:
            shown.append("".join(part.text for part in stretch.parts if part.kind != "deleted"))
    assert "".join("".join(shown).split()).replace("|", "").replace("–", "") == "".join(
        "".join(stretch.text for stretch in bodies(new, new).stretches).split()
    ).replace("|", "").replace("–", "")


@given(st.text(alphabet="<>/pulih23 =\"'&;a\0\u202e\n"), st.text(alphabet="<>/pulih23 =\"'&;a\0\u202e\n"))
def test_no_html_makes_the_comparison_fail(old: str, new: str) -> None:
    bodies(old, new)
    if old == new:
        assert bodies(old, new).count == 0


@pytest.mark.parametrize(
    "pair",
    each_some_quick([
        ("a b " * 20_000, "b a c " * 20_000),
        ("word. " * 20_000, "word! " * 20_000),
        ("x" * 200_000, "y" * 200_000),
        (". " * 50_000, "! " * 50_000),
        (" ".join(f"w{n}" for n in range(40_000)), " ".join(f"w{40_000 - n}" for n in range(40_000))),
    ], every=5),
)  # fmt: skip
@pytest.mark.timeout(45)  # where each word is compared with each, these take hours
def test_the_worst_texts_are_compared_to_their_end(pair: tuple[str, str]) -> None:
    old, new = pair
    words(old, new)
    bodies(f"<p>{old}</p>", f"<p>{new}</p>")
    bodies(f"<p>{old.replace(' ', '</p><p>', 2_000)}</p>", f"<p>{new.replace(' ', '</p><p>', 2_000)}</p>")


def test_facts_that_changed_are_named_with_what_they_were() -> None:
    old = {"place": "Brussels", "date": date(2025, 12, 3), "topics": ["energy"], "note": None, "room": "A"}
    new = {"place": "Tallinn", "date": date(2025, 12, 4), "topics": ["energy", "aid"], "note": "", "room": ""}
    assert fields(old, new) == [
        Fact("place", ("place",), "changed", "Brussels", "Tallinn"),
        Fact("date", ("date",), "changed", date(2025, 12, 3), date(2025, 12, 4)),
        Fact("topics", ("topics",), "changed", ["energy"], ["energy", "aid"]),
        Fact("room", ("room",), "removed", "A", ""),
    ]
    assert fields(old, old) == []


def test_rows_are_known_by_their_id() -> None:
    opening, work, photo = (
        {"id": 1, "title": "Opening", "at": "09:00"},
        {"id": 2, "title": "Work", "at": "10:00"},
        {"id": 3, "title": "Photo", "at": "11:00"},
    )
    old = {"programme": [opening, work, photo]}
    assert fields(old, {"programme": [opening, work | {"at": "10:30"}, photo]}) == [
        Fact("programme.at", ("programme", 2, "at"), "changed", "10:00", "10:30")
    ]
    assert fields(old, {"programme": [opening, photo]}) == [
        Fact("programme", ("programme", 2), "removed", work, None)
    ]
    assert fields(old, {"programme": [photo, opening, work]}) == [
        Fact("programme", ("programme", 3), "moved", 3, 1)
    ]
    assert fields({}, {"programme": [opening]}) == [
        Fact("programme", ("programme", 1), "added", None, opening)
    ]


def test_rows_without_ids_are_known_by_what_they_say_or_where_they_stand() -> None:
    one, two, three = ({"speaker": name, "text": "Yes."} for name in ("Ada", "Ivan", "Zoé"))
    assert fields({"quotes": [one, two]}, {"quotes": [three, one, two]}) == [
        Fact("quotes", ("quotes", 1), "added", None, three)
    ]
    assert fields({"quotes": [one, two]}, {"quotes": [one, two | {"text": "No."}]}) == [
        Fact("quotes.text", ("quotes", 2, "text"), "changed", "Yes.", "No.")
    ]


def test_true_is_not_one_and_nesting_has_an_end() -> None:
    assert [fact.kind for fact in fields({"a": 1}, {"a": True})] == ["changed"]
    assert fields({"a": False}, {}) == []
    deep_old: dict = {"x": 1}
    deep_new: dict = {"x": 2}
    for _ in range(400):
        deep_old, deep_new = {"x": deep_old}, {"x": deep_new}
    (fact,) = fields(deep_old, deep_new)
    assert len(fact.path) == 8


_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["id", "a", "b"]), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from("abc"), _JSON), st.dictionaries(st.sampled_from("abc"), _JSON))
def test_no_fields_make_the_comparison_fail(old: dict, new: dict) -> None:
    fields(old, new)
    assert fields(old, old) == []


def test_everything_about_differences_is_reached_from_one_place() -> None:
    assert differences.fields is fields
