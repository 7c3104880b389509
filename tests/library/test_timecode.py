"""Which frame a typed time means, and which times there are."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.library.rates import KNOWN, Rate, nearest
from app.library.timecode import BeyondEnd, WrongTime, parse

PAL = Rate(25)
NTSC = Rate(30000, 1001)
DROP = Rate(30000, 1001, is_drop=True)
DROP60 = Rate(60000, 1001, is_drop=True)
FILM = Rate(24000, 1001)
RATES = [PAL, NTSC, DROP, DROP60, FILM, Rate(24), Rate(50), Rate(60), Rate(120), Rate(25, 2)]
TEN = PAL.number(10, 0, 0, 0)


@pytest.mark.parametrize(
    ("rate", "frame", "label"),
    [
        (PAL, 0, "00:00:00:00"),
        (PAL, 1912, "00:01:16:12"),
        (FILM, 24 * 3600, "01:00:00:00"),
        (NTSC, 1800, "00:01:00:00"),
        # SMPTE ST 12-1: 00 and 01 are left out, but not in each tenth minute.
        (DROP, 1799, "00:00:59;29"),
        (DROP, 1800, "00:01:00;02"),
        (DROP, 17981, "00:09:59;29"),
        (DROP, 17982, "00:10:00;00"),
        (DROP, 107892, "01:00:00;00"),
        (DROP60, 3599, "00:00:59;59"),
        (DROP60, 3600, "00:01:00;04"),
        (DROP60, 215784, "01:00:00;00"),
        (Rate(50), 49, "00:00:00:49"),
        (Rate(120), 119, "00:00:00:119"),
    ],
)
def test_a_frame_has_its_timecode(rate, frame, label):
    assert rate.label(frame) == label
    assert parse(label, rate) == frame


@given(rate=st.sampled_from(RATES), frame=st.integers(0, 10**7), start=st.integers(0, 10**7))
def test_every_timecode_leads_back_to_its_frame(rate, frame, start):
    label = rate.label(frame, start)
    hours, minutes, seconds, frames = (int(part) for part in label.replace(";", ":").split(":"))

    assert rate.number(hours, minutes, seconds, frames) == (frame + start) % rate.frames_in_a_day
    assert rate.label(frame + 1, start) != label
    if frame < rate.frames_in_a_day and start < rate.frames_in_a_day:
        assert parse(label, rate, start=start, length=max(frame, 1)) == frame


@given(rate=st.sampled_from(RATES), frame=st.integers(0, 10**6), up=st.booleans())
def test_a_time_in_thousandths_means_the_frame_that_it_was_read_from(rate, frame, up):
    thousandths = int(rate.seconds(frame) * 1000 // 1) + up

    assert parse(f"{thousandths // 1000}.{thousandths % 1000:03}", rate) == frame


def test_drop_frame_stays_beside_the_clock():
    hour = DROP.frame_at(Fraction(3600))

    assert DROP.label(hour) == "00:59:59;29" or DROP.label(hour) == "01:00:00;00"
    assert NTSC.label(hour) == "00:59:56:12"


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        ("76", 1900), ("76.5", 1912), ("76,5", 1912), ("1:16", 1900), ("0:01:16", 1900), ("1:16.04", 1901),
        ("0:01:16.96", 1924), ("00:01:16:12", 1912), ("00:01:16;12", 1912), (" 1:16 ", 1900), ("90:00", 135000),
        ("00 : 01 : 16 : 12", 1912), ("０１：１６", 1900), ("0", 0), ("1:2:3:4", 93079),
    ],
)  # fmt: skip
def test_a_time_is_typed_in_many_ways(text, frame):
    assert parse(text, PAL) == frame


def test_a_timecode_is_that_of_the_master():
    assert parse("10:01:16:12", PAL, start=TEN, length=9000) == 1912
    assert parse("1:16", PAL, start=TEN, length=9000) == 1900
    # Nothing else can be meant.
    assert parse("00:01:16:12", PAL, start=TEN, length=9000) == 1912


def test_a_timecode_may_pass_midnight():
    start = PAL.number(23, 59, 59, 0)

    assert PAL.label(50, start) == "00:00:01:00"
    assert parse("00:00:01:00", PAL, start=start, length=200) == 50
    assert parse("00:00:05:00", PAL, start=start, length=140) == 125  # counted from zero


@pytest.mark.parametrize(
    "text",
    [
        "",
        "   ",
        "soon",
        "1:2:3:4:5",
        "-5",
        "1;16",
        "12:",
        ":12",
        "1e3",
        "٣٠:",
        "9" * 400,
        "1:16:12.5:3",
        "\x00",
        "<b>1</b>",
    ],
)
def test_what_is_no_time_is_said_with_an_example(app, text):
    with app.test_request_context(), pytest.raises(WrongTime) as refusal:
        parse(text, PAL, start=TEN, field="in")

    assert refusal.value.field == "in"
    assert "10:01:16:00" in str(refusal.value)
    assert len(str(refusal.value)) < 250


@pytest.mark.parametrize(
    ("text", "rate", "words"),
    [
        ("00:00:61:00", PAL, "from 00 to 59"),
        ("00:61:00:00", PAL, "from 00 to 59"),
        ("24:00:00:00", PAL, "from 00 to 23"),
        ("00:00:00:25", PAL, "A second has 25 frames here: they go from 00 to 24."),
        ("00:00:00:30", NTSC, "from 00 to 29"),
        ("1:76", PAL, "Minutes and seconds go from 00 to 59."),
        ("1:60:00", PAL, "Minutes and seconds go from 00 to 59."),
        ("00:01:00;01", DROP, "from 00:00:59;29 to 00:01:00;02"),
        ("00:01:00:00", DROP, "from 00:00:59;29 to 00:01:00;02"),
        ("00:09:00;03", DROP60, "from 00:08:59;59 to 00:09:00;04"),
    ],
)
def test_a_time_that_no_clock_shows_is_said_so(app, text, rate, words):
    with app.test_request_context(), pytest.raises(WrongTime) as refusal:
        parse(text, rate)

    assert words in str(refusal.value)


def test_the_tenth_minute_drops_nothing():
    assert parse("00:10:00;00", DROP) == 17982


def test_a_time_outside_the_film_is_said_so(app):
    with app.test_request_context():
        with pytest.raises(BeyondEnd) as late:
            parse("10:06:00:01", PAL, start=TEN, length=9000, field="out")
        with pytest.raises(BeyondEnd) as early:
            parse("09:59:59:24", PAL, start=TEN, length=9000, field="in")

    assert str(late.value) == "This video ends at 10:06:00:00."
    assert str(early.value) == "This video begins at 10:00:00:00."
    assert parse("6:00", PAL, start=TEN, length=9000) == 9000  # the out point is the frame after the last


@pytest.mark.parametrize("values", [(0, 1, False), (25, 0, False), (25, 1, True), (24000, 1001, True)])
def test_there_are_rates_that_do_not_exist(values):
    with pytest.raises(ValueError, match="frame"):
        Rate(*values)


def test_a_rate_is_said_as_people_say_it():
    assert [str(rate) for rate in (PAL, NTSC, FILM, Rate(25, 2))] == ["25", "29.97", "23.976", "12.5"]


def test_a_measured_rate_is_the_known_one_that_it_means():
    assert nearest(Fraction(2997, 100)) == Fraction(30000, 1001)
    assert nearest(Fraction("23.98")) == Fraction(24000, 1001)
    assert nearest(Fraction(17)) == 17
    assert all(nearest(known) == known for known in KNOWN)
    assert Rate.of(Fraction(25), is_drop=True) == PAL
