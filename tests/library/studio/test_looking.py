"""What is taken, what is turned away and with which words, and what is read from what is taken."""

from __future__ import annotations

import json
from collections import Counter
from contextlib import suppress

import pytest

from app.library.problems import Problem
from app.library.sandbox.running import work
from app.library.studio import kinds, looking
from tests.library.studio import films, hostile


def look(path, **told):
    """Look at a file, in this process."""
    return looking.look(path.parent, {"source": path}, told, lambda share: None)


def of_film(tmp_path, **how):
    """Return what is seen of a film."""
    path = tmp_path / "film"
    path.write_bytes(films.made(**how))
    return look(path)


@pytest.mark.parametrize("file", hostile.FILES, ids=lambda file: file.name)
def test_every_file_is_taken_for_what_it_holds_or_refused_by_a_code(file, tmp_path):
    path = hostile.write(file, tmp_path)
    if file.said:
        with pytest.raises(Problem) as said:
            look(path)
        assert said.value.code == file.said
    else:
        assert look(path)["kind"] == file.taken_as


def test_the_list_is_as_long_as_it_should_be():
    said = Counter(file.said for file in hostile.FILES)
    assert len(hostile.FILES) >= 95
    assert said["wrong_type"] >= 30
    assert said["external_reference"] >= 6


@pytest.mark.slow
def test_in_the_sandbox_every_file_ends_in_the_same_way(tmp_path):
    seen = {}
    for file in hostile.FILES:
        path = hostile.write(file, tmp_path)
        try:
            with work(
                "app.library.studio.looking.look", reads={"source": path}, within=tmp_path / "in"
            ) as made:
                seen[file.name] = None
                json.dumps(made.result)
                assert made.peak_bytes < 400_000_000
        except Problem as problem:
            seen[file.name] = problem.code
    assert seen == {file.name: file.said for file in hostile.FILES}


def test_a_photo_is_no_video_where_one_is_wanted(tmp_path):
    path = tmp_path / "x"
    path.write_bytes(hostile.saved(hostile.drawn()))
    with pytest.raises(Problem) as said:
        look(path, kind="video")
    assert (said.value.code, said.value.detail) == ("wrong_kind", {"kind": "photo"})


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("kind", ["mp4", "mxf", "matroska", "mpegts", "JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_a_byte_that_is_wrong_anywhere_is_a_problem_or_nothing(kind, tmp_path):
    whole = films.made(container=kind) if kind.islower() else hostile.saved(hostile.drawn((400, 340)), kind)
    path = tmp_path / "x"
    for at in [*range(0, min(len(whole), 1000), 23), *range(1000, len(whole), max(1, len(whole) // 30))]:
        damaged = bytearray(whole)
        damaged[at] ^= 0xFF
        path.write_bytes(damaged)
        with suppress(Problem):
            json.dumps(look(path))


def test_what_is_read_of_a_film(tmp_path):
    seen = of_film(
        tmp_path,
        size="1280x720",
        rate="25",
        sounds=2,
        language="ukr",
        timecode="10:00:00:00",
        container="mov",
    )
    technical = seen["technical"]
    assert (seen["kind"], seen["mimetype"], seen["extension"], seen["warnings"]) == (
        "video",
        "video/quicktime",
        "mov",
        [],
    )
    assert (technical["frames"], technical["rate"], technical["duration_seconds"]) == (50, [25, 1], 2.0)
    assert (technical["timecode"], technical["start"], technical["is_drop"]) == (
        "10:00:00:00",
        900_000,
        False,
    )
    assert (technical["width"], technical["height"], technical["rotation"]) == (1280, 720, 0)
    assert (technical["video"]["codec"], technical["field_order"]) == ("h264", "progressive")
    assert [(each["channels"], each["sample_rate"], each["language"]) for each in technical["audio"]] == [
        (1, 48_000, "ukr"),
        (1, 48_000, ""),
    ]


@pytest.mark.parametrize(
    ("container", "rate", "frames"),
    [
        ("mp4", "24000/1001", 48),
        ("mxf", "25", 50),
        ("matroska", "30000/1001", 60),
        ("mpegts", "50", 100),
        ("mp4", "60000/1001", 120),
    ],
)
def test_frames_are_counted_in_every_container(tmp_path, container, rate, frames):
    technical = of_film(tmp_path, container=container, rate=rate)["technical"]
    num, _, den = rate.partition("/")
    assert (technical["frames"], technical["rate"]) == (frames, [int(num), int(den or 1)])
    assert not technical["is_variable"]


def test_drop_frame_timecode_is_counted_as_such(tmp_path):
    technical = of_film(tmp_path, container="mxf", rate="30000/1001", timecode="10:00:00;00")["technical"]
    assert technical["is_drop"]
    assert technical["start"] == 10 * (60 * 60 * 30 - 108)


@pytest.mark.parametrize(
    ("how", "warned"),
    [
        ({"sounds": 0, "size": "1280x720"}, ["no_sound"]),
        ({"is_variable": True, "size": "1280x720"}, ["variable_rate"]),
        ({"is_interlaced": True, "size": "1280x720"}, ["interlaced"]),
        ({}, ["small"]),
        ({"options": ("-metadata", "location=+50.4501+030.5234/")}, ["small", "film_has_place"]),
    ],
    ids=["no sound", "variable", "interlaced", "small", "place"],
)
def test_an_officer_is_told_what_may_not_be_meant(tmp_path, how, warned):
    assert of_film(tmp_path, **how)["warnings"] == warned


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_a_film_that_was_taken_sideways_stands_upright(tmp_path, rotation):
    technical = of_film(tmp_path, rotation=rotation)["technical"]
    size = (180, 320) if rotation in (90, 270) else (320, 180)
    assert (technical["rotation"], (technical["width"], technical["height"])) == (rotation, size)


def test_a_film_whose_end_was_lost_is_named(tmp_path):
    whole = films.made(container="mpegts", seconds=20, size="320x180")
    path = tmp_path / "x"
    path.write_bytes(whole)
    assert "ends_early" not in look(path)["warnings"]


def test_no_name_says_what_a_file_is():
    head = hostile.saved(hostile.drawn())[: kinds.HEAD]
    assert kinds.of(head) is kinds.JPEG
    assert kinds.of(b"") is None
    assert kinds.of(head[:2]) is None
    assert {kind.extension for kind in kinds.ALL} == {
        "jpg", "png", "webp", "tif", "heic", "avif", "mp4", "mov", "mxf", "mkv", "webm", "ts",
    }  # fmt: skip
