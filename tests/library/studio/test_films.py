"""What is made of a video: each step by itself, whatever the film is like."""

from __future__ import annotations

import json

import av
import pytest
from PIL import Image

from app.library.problems import Problem
from app.library.studio import films as studio
from app.library.studio import looking, plans
from tests.library.studio import films


@pytest.fixture
def film(tmp_path):
    """Make a film: ``film(size=…)`` returns its path and technical data."""

    def film(**how):
        path = tmp_path / "source"
        path.write_bytes(films.made(**how))
        return path, looking.look(tmp_path, {"source": path}, {}, lambda share: None)["technical"]

    return film


def step(name, folder, source, technical, **told):
    """Do one step in this process; returns its answer and what it heard of progress."""
    heard = []
    told = {"technical": technical, "demuxer": technical["demuxer"], "is_preview": False} | told
    return getattr(studio, name)(folder, {"source": source}, told, heard.append), heard


def read(path):
    """Return what a reader sees of an MP4: frames as (time, is key frame), width, height, sound tracks, where its index is."""
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        size = (stream.codec_context.width, stream.codec_context.height)
        sounds = [each.codec_context.channels for each in container.streams.audio]
        frames = [
            (float(frame.pts * stream.time_base), frame.key_frame) for frame in container.decode(stream)
        ]
        words = dict(container.metadata) | dict(stream.metadata)
    return frames, size, sounds, words


@pytest.mark.parametrize(
    ("how", "size", "sounds"),
    [
        ({"size": "1920x1080", "seconds": 1.2}, (1280, 720), [2]),
        ({"size": "640x360", "sounds": 0}, (640, 360), []),
        ({"size": "360x640", "sounds": 8}, (360, 640), [2]),
        ({"size": "321x181", "container": "matroska", "options": ("-pix_fmt", "yuv444p")}, (320, 180), [2]),
        (
            {"size": "720x576", "container": "mxf", "is_interlaced": True, "options": ("-aspect", "16:9")},
            (1024, 576),
            [2],
        ),
        ({"size": "640x360", "rotation": 90}, (360, 640), [2]),
        ({"size": "640x360", "channels": 6, "container": "mov"}, (640, 360), [2]),
    ],
    ids=["hd", "silent", "eight tracks", "odd sizes", "wide points, interlaced", "sideways", "surround"],
)
def test_a_preview_has_every_frame_and_is_never_larger(film, tmp_path, how, size, sounds):
    source, technical = film(**how)
    made, heard = step("preview", tmp_path, source, technical)
    frames, seen, channels, words = read(tmp_path / "preview.mp4")
    assert (made["preview"]["width"], made["preview"]["height"]) == seen == size
    assert channels == sounds
    assert len(frames) == technical["frames"]
    assert [time for time, is_key in frames if is_key][:2] == [0.0, pytest.approx(1.0, abs=0.05)]
    assert heard[-1] > 0.9
    assert "location" not in words
    start = (tmp_path / "preview.mp4").read_bytes()[:4000]
    assert start.index(b"moov") < 200  # playing begins before all of it has come


def test_a_preview_of_a_variable_rate_keeps_its_times(film, tmp_path):
    source, technical = film(is_variable=True, seconds=4)
    step("preview", tmp_path, source, technical)
    frames, *_ = read(tmp_path / "preview.mp4")
    assert len(frames) == technical["frames"]
    assert technical["is_variable"]
    assert frames[-1][0] == pytest.approx(technical["duration_seconds"], abs=0.5)


@pytest.mark.parametrize(
    "told",
    [
        ("-metadata", "location=+50.4501+030.5234/"),
        (
            "-metadata",
            "com.apple.quicktime.location.ISO6709=+50.4501+030.5234/",
            "-movflags",
            "use_metadata_tags",
        ),
    ],
)
def test_a_preview_says_nothing_that_its_master_says_of_itself(film, tmp_path, told):
    source, technical = film(options=(*told, "-metadata", "title=secret"), container="mov")
    assert b"+50.45" in source.read_bytes()
    step("preview", tmp_path, source, technical)
    assert b"+50.45" not in (tmp_path / "preview.mp4").read_bytes()
    assert b"secret" not in (tmp_path / "preview.mp4").read_bytes()


def test_a_preview_is_the_same_each_time(film, tmp_path):
    source, technical = film()
    seen = set()
    for _ in range(2):
        step("preview", tmp_path, source, technical)
        seen.add((tmp_path / "preview.mp4").read_bytes())
    assert len(seen) == 1


def test_posters_are_a_frame_of_the_film_in_several_widths(film, tmp_path):
    source, technical = film(size="1280x720")
    names = [name for name in plans.video(technical) if name.startswith("poster")]
    made, _ = step("posters", tmp_path, source, technical, names=names)
    assert {name: (each["width"], each["height"]) for name, each in made.items()} == {
        "poster-320": (320, 180),
        "poster-640": (640, 360),
        "poster-1280": (1280, 720),
    }
    for each in made.values():
        assert Image.open(tmp_path / each["file"]).format == "JPEG"
        assert each["facts"] == {"frame": 5}


def test_an_officer_chooses_the_frame_of_the_poster(film, tmp_path):
    source, technical = film(
        options=(
            "-vf",
            "drawbox=color=red:t=fill:enable='lt(n,25)',drawbox=color=blue:t=fill:enable='gte(n,25)'",
        )
    )
    for frame, channel in ((24, 0), (25, 2), (10_000, 2)):
        made, _ = step("posters", tmp_path, source, technical, names=["poster-320"], frame=frame)
        pixel = Image.open(tmp_path / made["poster-320"]["file"]).convert("RGB").getpixel((100, 100))
        assert max(range(3), key=lambda place: pixel[place]) == channel, frame


def test_the_strip_is_a_sheet_of_small_pictures_over_the_whole_length(film, tmp_path):
    source, technical = film(seconds=13)
    made, _ = step("strip", tmp_path, source, technical)
    facts = made["strip"]["facts"]
    assert facts == {
        "pictures": 13,
        "columns": 10,
        "rows": 2,
        "seconds": 1.0,
        "tile_width": 160,
        "tile_height": 90,
    }
    sheet = Image.open(tmp_path / "strip.jpg")
    assert sheet.size == (1600, 180)
    tiles = [
        sheet.crop((160 * (n % 10), 90 * (n // 10), 160 * (n % 10) + 160, 90 * (n // 10) + 90))
        for n in range(13)
    ]
    assert all(max(tile.convert("L").tobytes()) > 60 for tile in tiles)
    assert len({tile.tobytes() for tile in tiles}) == 13


def test_the_strip_of_a_long_film_has_no_more_than_so_many(film, tmp_path):
    source, technical = film(seconds=200, size="160x90", rate="5", sounds=0)
    step("preview", tmp_path, source, technical)
    made, _ = step("strip", tmp_path, tmp_path / "preview.mp4", technical, demuxer="mov", is_preview=True)
    assert made["strip"]["facts"]["pictures"] == plans.STRIP_MOST
    sheet = Image.open(tmp_path / "strip.jpg")
    last = sheet.crop((160 * 9, 90 * 11, 1600, 1080)).convert("L")
    assert max(last.tobytes()) > 60


def test_the_waveform_is_as_loud_as_the_film(film, tmp_path):
    source, technical = film(
        seconds=4, options=("-af", "volume=8:enable='lt(t,2)',volume=0:enable='gte(t,2)'")
    )
    made, _ = step("waveform", tmp_path, source, technical)
    told = json.loads((tmp_path / "waveform.json").read_text())
    assert len(told["peaks"]) == 80
    assert min(told["peaks"][2:38]) > 50
    assert max(told["peaks"][42:]) == 0
    assert set(told) == {"seconds", "peaks"}
    assert made["waveform"]["facts"] == {"is_silent": False}


def test_silence_is_named(film, tmp_path):
    source, technical = film(options=("-af", "volume=0"))
    made, _ = step("waveform", tmp_path, source, technical)
    assert made["waveform"]["facts"] == {"is_silent": True}


def test_a_step_that_finds_nothing_to_work_with_says_so(film, tmp_path):
    _, technical = film()
    nothing = tmp_path / "nothing"
    nothing.write_bytes(b"#EXTM3U\n/etc/passwd\n")
    for name in ("preview", "strip", "waveform"):
        with pytest.raises(Problem) as said:
            step(name, tmp_path, nothing, technical)
        assert said.value.code == "unreadable"
    with pytest.raises(Problem) as said:
        step("posters", tmp_path, nothing, technical, names=["poster-320"])
    assert said.value.code == "unreadable"


def test_no_step_opens_what_its_file_refers_to(film, tmp_path):
    secret = tmp_path / "secret.mp4"
    secret.write_bytes(films.made(size="320x180"))
    _, technical = film()
    for words in (
        f"#EXTM3U\n#EXT-X-TARGETDURATION:9\n#EXTINF:9,\n{secret}\n#EXT-X-ENDLIST\n",
        f"ffconcat version 1.0\nfile '{secret}'\n",
    ):
        playlist = tmp_path / "upload.mp4"
        playlist.write_text(words)
        for demuxer in ("mov", "matroska", "mpegts", "mxf"):
            with pytest.raises(Problem):
                step("preview", tmp_path, playlist, technical | {"demuxer": demuxer})


@pytest.mark.parametrize(
    ("seconds", "grid"),
    [(0.04, (1, 1, 1, 0.04)), (1, (1, 1, 1, 1)), (13.5, (13, 10, 2, 13.5 / 13)), (7200, (120, 10, 12, 60))],
)
def test_how_a_strip_is_laid_out(seconds, grid):
    assert plans.strip_grid(seconds) == grid


def test_a_film_of_one_frame_has_all_that_others_have(film, tmp_path):
    source, technical = film(seconds=0.04)
    assert technical["frames"] == 1
    step("preview", tmp_path, source, technical)
    step("posters", tmp_path, source, technical, names=["poster-320"])
    step("strip", tmp_path, source, technical)
    step("waveform", tmp_path, source, technical)
