"""What is said before a part is made: what will be done, what it comes to, and what cannot be."""

from __future__ import annotations

from dataclasses import replace

import pytest

from app.library.cutting.planning import REASONS, WrongPart, plan
from app.library.cutting.values import FORMATS, MODES, Index, Track
from app.library.rates import Rate

HOUR = Index(
    container="mp4", codec="h264", profile="Main", width=1920, height=1080, pixel_format="yuv420p", is_interlaced=False,
    rate=Rate(25), frames=90_000, start_pts=0, time_base=(1, 12800), delay=2, is_intra=False, can_join=True,
    key_frames=tuple(range(0, 90_000, 50)), leading={}, start=900_000, tracks=(Track("aac", 48_000, 2),),
    size_bytes=11_250_000_000,
)  # fmt: skip
OPEN = replace(HOUR, leading=dict.fromkeys(range(50, 90_000, 50), 2))
INTRA = replace(HOUR, codec="prores", container="mov", is_intra=True, can_join=False, key_frames=())


@pytest.mark.parametrize(
    ("points", "field", "words"),
    [
        ((-1, 10), "in", "This video begins at 10:00:00:00."),
        ((90_000, 90_001), "in", "This video ends at 11:00:00:00."),
        ((10, 90_001), "out", "This video ends at 11:00:00:00."),
        ((10, 9), "out", "The out point 10:00:00:09 comes before the in point 10:00:00:10."),
        ((10, 10), "out", "The in and out points are the same"),
    ],
)
def test_points_that_make_no_part_are_refused(app, points, field, words):
    with app.test_request_context(), pytest.raises(WrongPart) as refusal:
        plan(HOUR, *points)

    assert words in str(refusal.value)
    assert refusal.value.field == field


@pytest.mark.parametrize(("mode", "format"), [("quick", "master"), ("exact", "4k")])
def test_modes_and_formats_are_ours(mode, format):
    with pytest.raises(ValueError, match="no such part"):
        plan(HOUR, 0, 10, mode, format)


@pytest.mark.parametrize(
    ("start", "stop", "method", "encoded"),
    [
        (50, 300, "copy", 0),
        (0, 90_000, "copy", 0),
        (50, 90_000, "copy", 0),
        (51, 300, "edges", 49),
        (50, 301, "edges", 0),
        (51, 310, "edges", 49 + 9),
        (51, 60, "edges", 9),
        (51, 90_000, "edges", 49),
        (10, 11, "edges", 1),
    ],
)
def test_only_edges_are_encoded(start, stop, method, encoded):
    made = plan(HOUR, start, stop)

    assert (made.method, made.encoded_frames, made.reason, made.container) == (method, encoded, "", "mp4")
    assert (made.real_in, made.real_out) == (start, stop)


@pytest.mark.parametrize(
    ("index", "points", "real"),
    [
        (HOUR, (51, 301), (50, 350)),
        (HOUR, (50, 300), (50, 300)),
        (HOUR, (89_990, 89_999), (89_950, 90_000)),
        (OPEN, (51, 297), (50, 298)),
        (OPEN, (51, 298), (50, 298)),
        (OPEN, (51, 299), (50, 348)),
        (INTRA, (51, 301), (51, 301)),
    ],
)
def test_a_fast_part_is_moved_outwards_to_key_frames(index, points, real):
    made = plan(index, *points, "fast")

    assert (made.method, made.real_in, made.real_out, made.encoded_frames) == ("copy", *real, 0)
    assert (made.in_frame, made.out_frame) == points


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(
    ("index", "reason"),
    [
        (replace(HOUR, notes=("variable_rate",), key_frames=()), "variable_rate"),
        (replace(HOUR, key_frames=(), notes=("no_key_frames",)), "no_key_frames"),
    ],
)
def test_what_cannot_be_copied_is_encoded_and_said_so(index, reason, mode):
    made = plan(index, 51, 301, mode)

    assert (made.method, made.reason, made.encoded_frames) == ("whole", reason, 250)
    assert (made.real_in, made.real_out) == (51, 301)
    assert reason in REASONS


def test_formats_that_cannot_be_joined_are_encoded_and_said_so():
    assert plan(replace(HOUR, codec="hevc", can_join=False), 51, 301).reason == "codec"
    assert plan(replace(HOUR, leading=dict.fromkeys(HOUR.key_frames, 0)), 51, 301).reason == "open_groups"
    # On key frames nothing needs to be joined.
    assert plan(replace(HOUR, codec="hevc", can_join=False), 50, 300).method == "copy"
    assert plan(OPEN, 50, 300).method == "edges"


def test_every_reason_has_words(app):
    with app.test_request_context():
        assert all(str(words).endswith(".") for words in REASONS.values())


@pytest.mark.parametrize(
    ("changes", "format", "container"),
    [
        ({}, "master", "mp4"),
        ({"container": "mov"}, "master", "mov"),
        ({"tracks": (Track("pcm_s24le", 48_000, 2),)}, "master", "mov"),
        ({"container": "mxf", "codec": "mpeg2video", "can_join": False, "tracks": (Track("pcm_s24le", 48_000, 1),)}, "master", "mxf"),
        ({"container": "mxf", "codec": "mpeg2video", "can_join": False, "tracks": (Track("pcm_s24le", 44_100, 1),)}, "master", "mov"),
        ({"container": "mxf", "codec": "mpeg2video", "rate": Rate(12), "tracks": ()}, "master", "mov"),
        ({"container": "mxf", "codec": "hevc", "can_join": False, "tracks": ()}, "master", "mov"),
        ({"tracks": (Track("pcm_s24le", 48_000, 2),)}, "720p", "mp4"),
    ],
)  # fmt: skip
def test_a_part_is_in_the_masters_container_where_it_can_be(changes, format, container):
    made = plan(replace(HOUR, **changes), 50, 300, format=format)

    assert made.container == container
    assert (
        made.mimetype == {"mp4": "video/mp4", "mov": "video/quicktime", "mxf": "application/mxf"}[container]
    )


def test_what_is_encoded_with_pcm_is_quicktime():
    index = replace(
        HOUR, container="mxf", codec="mpeg2video", can_join=False, tracks=(Track("pcm_s24le", 48_000, 2),)
    )

    assert plan(index, 51, 300).container == "mov"


def test_sizes_are_estimated():
    part = plan(HOUR, 50, 300)
    sizes = {format: plan(HOUR, 50, 300, format=format).size_bytes for format in FORMATS}

    assert part.size_bytes == 10 * 3_125_000
    assert part.frames == 250
    assert sizes["720p"] < sizes["1080p"] < sizes["master"]
    small = replace(HOUR, size_bytes=90_000_000)
    assert plan(small, 50, 300, format="1080p").size_bytes <= plan(small, 50, 300).size_bytes * 5 // 4
    assert plan(replace(HOUR, size_bytes=1), 0, 1).size_bytes == 1
