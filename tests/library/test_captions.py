"""Captions as people send them: what is read, what is put right, and what is said of the rest."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library import cues
from app.library.captions import LARGEST, MOST_CUES, NotCaptions, parse
from app.library.cues import Cue, cut, plain, read, transcript, write

VTT = """WEBVTT - of the press conference

STYLE
::cue { background: url(https://example.org/spy.png) }

REGION
id:below width:40%

NOTE nobody reads this

opening
00:00:01.000 --> 00:00:04.000 line:0 align:start
<v Hélène Vasseur-Lindqvist>Good morning.</v>
A supply chain &amp; its links.

00:05.500 --> 00:07.000
<b>Thank</b> you.
"""
SRT = '1\r\n00:00:01,000 --> 00:00:04,000\r\n{\\an8}<font color="red">Доброго ранку.</font>\r\n\r\n2\r\n00:00:05,5 --> 00:00:07,000\r\nДякую.\r\n2025\r\n\r\n'


def said(found):
    """Return flaws as numbers and words."""
    return [(flaw.number, str(flaw.message), flaw.is_lost) for flaw in found.flaws]


def test_webvtt_is_read():
    found = parse(VTT.encode())

    assert found.cues == [
        Cue(1000, 4000, "<v Hélène Vasseur-Lindqvist>Good morning.</v>\nA supply chain &amp; its links.",
            "line:0 align:start", "opening"),
        Cue(5500, 7000, "<b>Thank</b> you."),
    ]  # fmt: skip
    assert found.flaws == []


def test_subrip_becomes_webvtt(app):
    with app.test_request_context():
        found = parse(SRT.encode("utf-8-sig"))

        assert found.cues == [Cue(1000, 4000, "Доброго ранку."), Cue(5500, 7000, "Дякую.\n2025")]
        assert said(found) == [(1, "Markup that captions do not have was left out of it.", False)]


def test_subrip_in_utf_16_is_read():
    assert [cue.text for cue in parse(SRT.encode("utf-16")).cues] == ["Доброго ранку.", "Дякую.\n2025"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "holds no captions"),
        (b"Dear all, --- see you", "holds no captions"),
        (b"WEBVTT\n\n", "holds no captions"),
        (b"\x89PNG\r\n\x1a\n", "cannot be read. Save it as UTF-8"),
        ("1\n00:00:01,000 --> 00:00:02,000\nПривіт\n".encode("windows-1251"), "Save it as UTF-8"),
        (b"WEBVTT\n" + b"\n" * LARGEST, "2 MB is the limit"),
        (b"WEBVTT\n\n" + b"00:00.000 --> 00:01.000\nA\n\n" * (MOST_CUES + 1), "too many captions: 20000"),
        (b"a --> b", "holds no captions"),
    ],
)  # fmt: skip
def test_what_are_no_captions_is_said_so(app, data, words):
    with app.test_request_context(), pytest.raises(NotCaptions) as refusal:
        parse(data)

    assert words in str(refusal.value)
    assert refusal.value.field == "file"


def test_problems_are_listed_by_the_number_of_the_cue(app):
    with app.test_request_context():
        found = parse(
            b"WEBVTT\n\n"
            b"00:01.000 --> 00:03.000\nOne\n\n"
            b"00:02.000 --> 00:04.000\nTwo, too soon\n\n"
            b"00:09.000 --> 00:08.000\nThree, backwards\n\n"
            b"00:99.000 --> 01:02.000\nFour, no time\n\n"
            b"00:10.000 --> 00:11.000\n\n"
            b"00:12.000 --> 00:13.000 line:below nonsense\nSix\n\n"
            b"00:05.000 --> 00:06.000\nSeven, too late\n\n"
            b"00:14.000 --> 00:15.000\n<script>alert(1)</script><i>Eight\n\n"
            b"01:00:00.000 --> 01:00:01.000\nNine, beyond\n\n"
            b"00:16.000 --> 00:17.000\n" + b"x" * 2001,
            duration=60_000,
        )  # fmt: skip

        assert said(found) == [
            (2, "It begins before number 1 has ended.", False),
            (3, "It ends before it begins.", True),
            (4, "Its times cannot be read: “00:99.000 --> 01:02.000”.", True),
            (5, "It has no words.", True),
            (6, "Where it stands on the screen could not be read in full.", False),
            (7, "It begins before the one above it.", False),
            (8, "Markup that captions do not have was left out of it.", False),
            (9, "It begins after the end of the video.", True),
            (10, "It is longer than 2000 characters.", True),
        ]
    assert [(cue.begin, plain(cue)) for cue in found.cues] == [
        (1000, "One"), (2000, "Two, too soon"), (5000, "Seven, too late"), (12_000, "Six"), (14_000, "alert(1)Eight"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("<b>a<i>b</b>c</i>", "<b>a<i>b</i></b>c"),
        ("<v.loud.first  Tom  A>x", "<v.loud.first Tom A>x</v>"),
        ("<v>x</v>", "x"),
        ('<c.red onclick="x">y</c>', "y"),
        ('<c."><img src=x onerror=alert(1)>y', "y"),
        ("<lang fr>Oui</lang>", "<lang fr>Oui</lang>"),
        ("a < b & c > d", "a &lt; b &amp; c &gt; d"),
        ("&lt;img src=x onerror=alert(1)&gt;", "&lt;img src=x onerror=alert(1)&gt;"),
        ("&amp;lt;b&amp;gt;", "&amp;lt;b&amp;gt;"),
        ("One <00:00:02.500>two <00:00:09.000>three", "One <00:00:02.500>two three"),
        ("<ruby>漢<rt>kan</rt></ruby>", "<ruby>漢<rt>kan</rt></ruby>"),
        ("</b>x", "x"),
        ("tail <", "tail &lt;"),
        ("nul\x00 bell\x07", "nul bell"),
        ("<<b>>x", "&lt;<b>&gt;x</b>"),
    ],
)
def test_markup_is_webvtt_and_nothing_else(typed, kept):
    (cue,) = parse(f"WEBVTT\n\n00:01.000 --> 00:05.000\n{typed}\n".encode()).cues

    assert cue.text == kept
    assert read(write([cue])) == [cue]
    assert parse(write([cue]).encode()) == parse(write([cue]).encode())
    assert parse(write([cue]).encode()).flaws == []


def test_cues_without_empty_lines_between_them_are_read():
    found = parse(b"1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:03,000 --> 00:00:04,000\nTwo\n")

    assert [(cue.begin, cue.text) for cue in found.cues] == [(1000, "One"), (3000, "Two")]


def test_a_number_above_an_empty_line_belongs_to_its_cue():
    found = parse(b"1\n\n00:00:01,000 --> 00:00:02,000\nOne\n\n2\n00:00:03,000 --> 00:00:04,000\nTwo\n")

    assert [(cue.begin, cue.text) for cue in found.cues] == [(1000, "One"), (3000, "Two")]


@pytest.mark.slow
@given(st.text(max_size=300) | st.text(alphabet="0123456789:.,-> \n\r<>/bvi&;WEBT\t", max_size=300))
def test_nothing_that_is_sent_breaks_anything(typed):
    for head in ("WEBVTT\n\n", "", "1\n00:00:01,000 --> 00:00:09,000\n"):
        try:
            found = parse((head + typed).encode("utf-8", "surrogatepass"))
        except NotCaptions:
            continue
        assert read(write(found.cues)) == found.cues
        assert all("<" not in plain(cue) or "&lt;" in cue.text for cue in found.cues)


def test_captions_are_cut_and_counted_anew():
    shown = [
        Cue(0, 1000, "before"), Cue(500, 2500, "into"), Cue(2500, 3000, "within", "line:0"), Cue(2900, 9000, "out of"),
        Cue(4000, 5000, "after"), Cue(1000, 8000, "over <00:00:01.500>the <00:00:03.000>whole <00:00:05.000>part"),
    ]  # fmt: skip

    assert cut(shown, Fraction(2), Fraction(4)) == [
        Cue(0, 500, "into"), Cue(500, 1000, "within", "line:0"), Cue(900, 2000, "out of"),
        Cue(0, 2000, "over the <00:00:01.000>whole part"),
    ]  # fmt: skip


def test_captions_are_cut_to_the_frame():
    # 24000/1001 frames in a second: 100 frames begin after 4170.83 milliseconds.
    begin, end = 100 / Fraction(24000, 1001), 200 / Fraction(24000, 1001)

    assert cut([Cue(4171, 9000, "x"), Cue(0, 4171, "y"), Cue(8342, 8400, "z")], begin, end) == [
        Cue(0, 4171, "x")
    ]


def test_a_transcript_says_who_speaks():
    found = parse(
        b"WEBVTT\n\n"
        b"00:01.000 --> 00:03.000\n<v Tom>A supply chain\nis only safe\n\n"
        b"00:03.000 --> 00:05.000\n<v Tom>when every link is known.\n\n"
        b"00:09.000 --> 00:10.000\n<v Tom>Any questions?</v> <v Ann>Yes &amp; no.</v>\n\n"
        b"00:10.500 --> 00:11.000\n(laughter) <ruby>a<rt>b</rt></ruby>\n"
    )  # fmt: skip

    assert [(each.begin, each.speaker, each.text) for each in transcript(found.cues)] == [
        (1000, "Tom", "A supply chain is only safe when every link is known."),
        (9000, "Tom", "Any questions?"),
        (9000, "Ann", "Yes & no."),
        (10_500, "", "(laughter) a"),
    ]


def test_times_are_written_as_webvtt_writes_them():
    assert cues.moment(100 * 3600 * 1000 + 62_003) == "100:01:02.003"
    assert read("WEBVTT\r\n\r\n01:02.003 --> 100:00:00.000 align:left\r\nx\r\ny\r\n") == [
        Cue(62_003, 360_000_000, "x\ny", "align:left")
    ]
