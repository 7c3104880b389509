"""A part has exactly the frames that were asked for: each of them is looked at."""

from __future__ import annotations

import random
import subprocess
from fractions import Fraction
from pathlib import Path

import av
import pytest

from app.library import cues
from app.library.cues import Cue, write
from app.library.cutting import parts, planning, reading
from app.library.cutting.values import Captions, Words
from app.library.ffmpeg import binary
from app.library.problems import Problem
from tests import films
from tests.library.cutting.conftest import MASTERS
from tests.library.studio.films import made

EXPECTED = {
    "plain": "edges", "pyramid": "edges", "no-b": "edges", "open": "edges", "one-key": "edges", "drop": "edges",
    "film": "edges", "fifty": "edges", "sixty": "edges", "eight": "edges", "deep": "edges", "fields": "edges",
    "fragments": "edges", "prores": "copy", "dnx": "copy", "mjpeg": "copy", "long-mxf": "whole", "hevc": "whole",
    "uneven": "whole",
}  # fmt: skip


def packets(path):
    """Return what the packets of pictures hold, by the time at which they are shown."""
    return {packet.pts * packet.time_base: bytes(packet) for packet in films.stream_times(path)}


def check(path, index, cut, *, is_even=True):
    """Look at a part: its frames, sound, timecode, and what ffmpeg says of it."""
    wanted = list(range(cut.real_in, cut.real_out))
    assert films.numbers(path) == wanted if is_even else cut.frames == len(wanted)
    assert cut.frames == len(wanted)
    assert cut.size_bytes == path.stat().st_size
    assert [
        line for line in films.complaints(path).splitlines() if "Guessed Channel Layout" not in line
    ] == []
    seen = reading.read(path)
    assert (seen.frames, seen.rate) == (len(wanted), index.rate)
    assert set(seen.notes) <= {"open_groups"}
    assert seen.start == ((index.start or 0) + cut.real_in) % index.rate.frames_in_a_day
    assert [track.language for track in seen.tracks] == [track.language for track in index.tracks]
    frame = float(1 / index.rate.fraction)
    for place in range(len(index.tracks)):
        values, rate = films.samples(path, place)
        assert len(values) / rate == pytest.approx(len(wanted) * frame, abs=frame), (
            "sound as long as the pictures"
        )
        heard = [float(begin) for begin in films.tones(path, place)]
        for number in wanted:
            if number % films.BEEP == 0 and is_even:
                begin = (number - cut.real_in) * frame
                assert min(abs(begin - one) for one in heard) < frame, (
                    f"sound of frame {number} in track {place}"
                )


@pytest.mark.parametrize("name", MASTERS)
def test_a_part_has_the_very_frames(name, masters, cut):
    _, index = masters(name)
    chance = random.Random(name)
    start = chance.randrange(1, 40)
    stop = chance.randrange(start + 15, 99)
    while planning.plan(index, start, stop).method != EXPECTED[name]:  # not on key frames, as it happens
        start += 1

    path, done = cut(name, start, stop)

    assert (done.real_in, done.real_out) == (start, stop)
    assert done.method == EXPECTED[name]
    check(path, index, done, is_even=name != "uneven")


@pytest.mark.parametrize("name", MASTERS)
def test_a_fast_part_encodes_nothing_and_says_where_it_lies(name, masters, cut):
    source, index = masters(name)
    path, done = cut(name, 31, 58, "fast")

    if name == "uneven":
        assert (done.method, done.reason) == ("whole", "variable_rate")
        return
    assert done.method == "copy"
    assert done.real_in <= 31
    assert done.real_out >= 58
    check(path, index, done)
    ours, theirs = set(packets(path).values()), set(packets(source).values())
    assert ours <= theirs


@pytest.mark.parametrize(
    ("start", "stop"),
    [(0, 1), (99, 100), (50, 51), (0, 100), (12, 24), (24, 60), (11, 13), (0, 99), (1, 100)],
)
def test_a_part_may_be_one_frame_or_all(start, stop, masters, cut):
    path, done = cut("plain", start, stop)

    check(path, masters("plain")[1], done)


def test_the_middle_is_the_masters_own(masters, cut):
    source, _ = masters("plain")
    path, done = cut("plain", 19, 71)
    ours, theirs = packets(path), packets(source)
    own = [time for time, data in ours.items() if data == theirs[time + Fraction(19, 25)]]

    assert done.method == "edges"
    assert own[0] == Fraction(24 - 19, 25)  # from the first key frame on
    assert len(own) >= 70 - 24 - 2  # up to some that need frames after the part


@pytest.mark.parametrize("name", ["plain", "prores", "dnx"])
def test_a_part_between_key_frames_is_the_masters_own(name, masters, cut):
    source, _ = masters(name)
    path, done = cut(name, 24, 60)

    assert done.method == "copy"
    theirs = set(packets(source).values())
    assert all(data in theirs for data in packets(path).values())


@pytest.mark.parametrize("name", ["plain", "pyramid", "open", "drop", "fields", "fragments"])
def test_a_copy_is_the_same_whether_its_pictures_were_looked_at_or_not(name, cut, monkeypatch):
    path, done = cut(name, 24, 60, "fast")
    quick = path.read_bytes()
    monkeypatch.setattr(parts, "_is_told", lambda index, plan: False)
    path, again = cut(name, 24, 60, "fast")

    assert (done, done.method) == (again, "copy")
    assert path.read_bytes() == quick


@pytest.mark.parametrize(
    ("start", "format"), [(24, "master"), (19, "master"), (24, "720p")], ids=["copy", "edges", "whole"]
)
def test_a_part_has_the_shape_that_the_container_of_its_master_says(start, format, masters, tmp_path):
    plain, _ = masters("plain")
    wide = tmp_path / "wide.mp4"
    subprocess.run(
        [binary(), "-v", "error", "-i", str(plain), "-c", "copy", "-aspect", "16:9", str(wide)], check=True
    )
    index = reading.read(wide)
    target = tmp_path / "part.mp4"
    parts.cut(wide, target, index, planning.plan(index, start, 60, format=format))

    with av.open(str(target)) as container:
        assert container.streams.video[0].sample_aspect_ratio == Fraction(16 * 192, 9 * 320)


@pytest.mark.slow
@pytest.mark.parametrize("round", range(40))
def test_any_part_of_any_film_is_exact(round, masters, cut):
    chance = random.Random(round)
    name = chance.choice([name for name in MASTERS if name != "uneven"])
    start = chance.randrange(0, 99)
    path, done = cut(name, start, chance.randrange(start + 1, 101), chance.choice(("exact", "exact", "fast")))

    check(path, masters(name)[1], done)


@pytest.mark.slow
@pytest.mark.parametrize("round", range(30))
def test_any_film_can_be_cut(round, tmp_path):
    chance = random.Random(1000 + round)
    index, source = None, tmp_path / "source.mp4"
    films.film(
        source,
        frames=chance.randrange(2, 90),
        rate=chance.choice((Fraction(24000, 1001), 25, Fraction(30000, 1001), 50)),
        gop=chance.choice((1, 2, 3, 8, 25, 250)),
        b_frames=chance.choice((0, 1, 2, 3, 5)),
        options={"preset": chance.choice(("ultrafast", "veryfast", "medium"))},
        parameters=chance.choice(
            ("open-gop=0", "open-gop=1", "slices=4", "bframes=3:b-pyramid=strict", "intra-refresh=1")
        ),
        sounds=chance.choice(
            ((), (films.Sounding(),), (films.Sounding(channels=2), films.Sounding(rate=44_100)))
        ),
    )
    index = reading.read(source)
    start = chance.randrange(0, index.frames)
    plan = planning.plan(
        index, start, chance.randrange(start + 1, index.frames + 1), chance.choice(("exact", "fast"))
    )

    done = parts.cut(source, tmp_path / f"part.{plan.container}", index, plan)

    assert films.numbers(tmp_path / f"part.{plan.container}") == list(range(done.real_in, done.real_out))
    assert films.complaints(tmp_path / f"part.{plan.container}") == ""


@pytest.mark.parametrize("format", ["1080p", "720p"])
@pytest.mark.parametrize("name", ["plain", "eight", "dnx", "fields", "drop"])
def test_smaller_files_have_the_same_frames(name, format, masters, cut):
    path, done = cut(name, 17, 49, format=format)

    assert (done.method, done.container, done.reason) == ("whole", "mp4", "")
    check(path, masters(name)[1], done)
    seen = reading.read(path)
    assert (seen.codec, seen.pixel_format, seen.is_interlaced, seen.height) == ("h264", "yuv420p", False, 192)
    assert all(track.codec == "aac" for track in seen.tracks)


def test_a_large_picture_becomes_smaller_and_keeps_its_shape(tmp_path):
    source = films.film(tmp_path / "large.mp4", frames=4, size=(2048, 1152))
    index = reading.read(source)
    for format, size in (("1080p", (1920, 1080)), ("720p", (1280, 720))):
        parts.cut(source, tmp_path / "small.mp4", index, planning.plan(index, 1, 3, format=format))
        seen = reading.read(tmp_path / "small.mp4")

        assert (seen.width, seen.height) == size
        assert films.numbers(tmp_path / "small.mp4") == [1, 2]


def test_a_part_without_constant_rate_is_shown_evenly(masters, cut):
    _, index = masters("uneven")
    path, done = cut("uneven", 10, 70)

    assert index.notes == ("variable_rate",)
    assert (done.method, done.reason) == ("whole", "variable_rate")
    shown = films.numbers(path)
    assert len(shown) == 60
    assert shown == sorted(shown)
    assert abs(shown[0] - 10) <= 1
    assert abs(shown[-1] - 69) <= 1


def test_a_part_says_what_it_is(cut):
    words = Words(
        title="Міністри / Ministres", credit="Photo: Example", copyright="© Example", restrictions="No resale; not after 2027",
        description="What happened", source="Pool", reference="2026/12",
    )  # fmt: skip
    path, _ = cut("plain", 30, 41, words=words)

    with av.open(str(path)) as container:
        told = container.metadata
        assert container.streams.video[0].metadata["timecode"] == "10:00:01:05"
    assert {name: told[name] for name in ("title", "artist", "copyright", "comment", "description")} == {
        "title": words.title, "artist": words.credit, "copyright": words.copyright,
        "comment": words.restrictions, "description": words.description,
    }  # fmt: skip
    assert (told["network"], told["episode_id"]) == ("Pool", "2026/12")


def test_where_too_little_room_was_kept_the_file_is_written_twice(monkeypatch, masters, cut):
    for name in ("OF_A_FILE", "OF_A_TRACK", "OF_A_PACKET"):
        monkeypatch.setattr(parts, name, 9)
    path, done = cut("plain", 30, 71)

    check(path, masters("plain")[1], done)
    assert path.read_bytes().index(b"moov") < path.read_bytes().index(b"mdat")


@pytest.mark.parametrize(("name", "format"), [("plain", "master"), ("eight", "720p"), ("prores", "master")])
def test_captions_go_with_a_part(name, format, masters, cut):
    shown = [
        Cue(500, 1500, "<v Tom>Bonjour</v>\n&amp; bonsoir"),
        Cue(1000, 1800, "both"),
        Cue(2100, 9000, "too long"),
    ]
    text = write(cues.cut(shown, Fraction(1, 5), Fraction(60, 25)))
    words = Words(captions=(Captions("fr", text), Captions("uk", text.replace("both", "обидва"))))
    path, done = cut(name, 5, 60, format=format, words=words)

    with av.open(str(path)) as container:
        assert [stream.language for stream in container.streams.subtitles] == ["fra", "ukr"]
        found = [
            (packet.pts, packet.duration, bytes(packet)[2:].decode())
            for packet in container.demux(container.streams.subtitles[1])
            if packet.size > 2
        ]
    assert found == [
        (300, 500, "Bonjour\n& bonsoir"), (800, 500, "Bonjour\n& bonsoir\nобидва"), (1300, 300, "обидва"), (1900, 300, "too long"),
    ]  # fmt: skip
    check(path, masters(name)[1], done)


def test_mxf_takes_no_captions(masters, cut):
    path, done = cut("dnx", 5, 30, words=Words(captions=(Captions("fr", write([Cue(0, 500, "x")])),)))

    check(path, masters("dnx")[1], done)


def test_a_part_can_be_played_before_it_is_fetched(cut):
    path, _ = cut("plain", 30, 41)
    data = path.read_bytes()

    assert data.index(b"moov") < data.index(b"mdat")


def test_pcm_is_cut_to_the_sample(masters, cut):
    source, _ = masters("no-b")
    path, _ = cut("no-b", 13, 37)
    whole, rate = films.samples(source)
    values, _ = films.samples(path)

    assert values == whole[13 * rate // 25 : 37 * rate // 25]


def test_the_share_that_is_done_is_told(cut):
    told = []
    cut("plain", 3, 99, progress=told.append)

    assert told == sorted(told)
    assert told[-1] == 1
    assert len(told) > 3


def test_a_part_that_is_stopped_leaves_nothing(cut, tmp_path):
    class Stop(Exception):
        pass

    def stop(share):
        if share > 0.3:
            raise Stop

    with pytest.raises(Stop):
        cut("plain", 3, 99, progress=stop)
    assert list(tmp_path.iterdir()) == []


def test_a_film_that_cannot_be_copied_after_all_is_encoded(masters, tmp_path):
    source, index = masters("open")
    # An index that promises what the packets do not keep: the key frame's group is open.
    lying = type(index)(**{**vars(index), "leading": {}})
    plan = planning.plan(lying, 24, 60)
    done = parts.cut(source, tmp_path / "part.mp4", lying, plan)

    assert plan.method == "copy"
    assert (done.method, done.reason) == ("whole", "irregular")
    assert films.numbers(tmp_path / "part.mp4") == list(range(24, 60))


def test_a_full_disk_is_said_so(masters, monkeypatch):
    source, index = masters("plain")
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full here")
    plan = planning.plan(index, 3, 60)
    monkeypatch.setattr(Path, "with_name", lambda self, name: Path("/dev/full"))
    monkeypatch.setattr(Path, "unlink", lambda self: None)
    with pytest.raises(Problem) as problem:
        parts.cut(source, Path("/dev/full"), index, plan)

    assert problem.value.code == "disk_full"


PLACES = {
    "moov": ("-metadata", "location=+50.4501+030.5234/"),
    "telephone": (
        "-movflags", "use_metadata_tags", "-metadata", "com.apple.quicktime.location.ISO6709=+50.4501+030.5234/",
    ),
}  # fmt: skip


@pytest.mark.parametrize("told", PLACES)
def test_a_part_does_not_say_where_its_master_was_filmed(tmp_path, told):
    source = tmp_path / "master.mov"
    source.write_bytes(made(size="64x64", container="mov", options=PLACES[told]))
    assert b"+50.45" in source.read_bytes()
    index = reading.read(source)
    for number, (method, plan) in enumerate(
        {
            "edges": planning.plan(index, 5, 40),
            "copy": planning.plan(index, 5, 40, "fast"),
            "whole": planning.plan(index, 5, 40, "exact", "720p"),
        }.items()
    ):
        assert plan.method == method
        target = tmp_path / f"{number}.{plan.container}"
        parts.cut(source, target, index, plan)
        assert b"+50.45" not in target.read_bytes()
        assert b"location" not in target.read_bytes()
