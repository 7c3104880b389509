"""What is written on a part: captions that go with it, and its name."""

from __future__ import annotations

import pytest

from app.downloads import labelling
from app.downloads.models import Mode
from app.library.rates import Rate

CAPTIONS = """WEBVTT

NOTE made by hand

00:00:00.500 --> 00:00:01.500
Before and within

2
00:00:02.000 --> 00:00:03.000 line:80%
Within,
on two lines

00:00:03.900 --> 00:00:09.000
Within and after

01:00:10.000 --> 01:00:11.000
Long after
"""


def test_captions_are_cut_and_timed_anew():
    assert (
        labelling.within(CAPTIONS, 25, 100, Rate(25))
        == """WEBVTT

00:00:00.000 --> 00:00:00.500
Before and within

00:00:01.000 --> 00:00:02.000 line:80%
Within,
on two lines

00:00:02.900 --> 00:00:03.000
Within and after
"""
    )


def test_captions_keep_their_time_at_rates_that_are_no_whole_numbers():
    found = labelling.within(CAPTIONS, 60, 120, Rate(30000, 1001))
    assert "00:00:00.000 --> 00:00:00.998" in found  # frame 60 is on the screen from 2.002 seconds on
    assert "00:00:01.898 --> 00:00:02.002" in found


@pytest.mark.parametrize(
    "captions", ["", "WEBVTT", "WEBVTT\n\nNOTE nothing", "no captions --> at all", "\r\n\r\n"]
)
def test_where_nothing_is_said_there_are_no_captions(captions):
    assert labelling.within(captions, 0, 100, Rate(25)) == ""


def test_no_caption_touches_a_part_without_it():
    assert labelling.within(CAPTIONS, 250, 300, Rate(25)) == ""


def test_lines_may_end_in_any_way():
    assert labelling.within(CAPTIONS.replace("\n", "\r\n"), 25, 100, Rate(25)) == labelling.within(
        CAPTIONS, 25, 100, Rate(25)
    )


def test_a_name_tells_reference_title_points_mode_and_format():
    told = {"reference": "(2025)\N{NO-BREAK SPACE}7", "title": "Вхід: «Ми»/ми"}
    name = labelling.file_name(
        told, extension="mp4", points="00-00-01-00_00-00-02-00", mode=Mode.FAST, format="720p"
    )
    assert name == "2025-7_Вхід «Ми» ми_00-00-01-00_00-00-02-00_fast_720p.mp4"
    assert labelling.file_name({}, extension="mov") == "download.mov"
