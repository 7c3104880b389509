"""What a master is found to be, and what is said of files that are none, or broken ones."""

from __future__ import annotations

import json
import random
import shutil
from fractions import Fraction
from types import SimpleNamespace

import av
import pytest

from app.library.cutting import h264, parts, planning, reading
from app.library.cutting.values import Captions, Cut, Index, Plan, Words
from app.library.problems import Problem
from app.library.rates import Rate
from tests import films
from tests.films import Sounding
from tests.library.cutting.conftest import MASTERS


def problem_of(path):
    """Return the code of the Problem that reading ``path`` raises."""
    with pytest.raises(Problem) as problem:
        reading.read(path)
    return problem.value.code


@pytest.mark.parametrize("name", MASTERS)
def test_an_index_can_be_kept(name, masters):
    _, index = masters(name)

    assert Index.from_json(json.loads(json.dumps(index.to_json()))) == index


def test_an_index_of_another_version_is_made_anew(masters):
    with pytest.raises(ValueError, match="version"):
        Index.from_json(masters("plain")[1].to_json() | {"version": 0})


def test_an_hour_of_key_frames_is_kept_in_a_line(masters):
    kept = Index(**{**vars(masters("plain")[1]), "key_frames": tuple(range(0, 90_000, 50))}).to_json()

    assert kept["key_frames"] == [[0, 1], [50, 1799]]


def test_plans_cuts_and_words_go_to_json_and_back(masters, cut):
    plan = planning.plan(masters("plain")[1], 3, 40)
    _, done = cut("plain", 3, 5)
    words = Words(title="x", captions=(Captions("fr", "WEBVTT"),))

    assert Plan.from_json(json.loads(json.dumps(plan.to_json()))) == plan
    assert Cut.from_json(json.loads(json.dumps(done.to_json()))) == done
    assert Words.from_json(json.loads(json.dumps(words.to_json()))) == words


def test_what_a_master_is_is_found_out(masters):
    _, index = masters("plain")

    assert (index.container, index.codec, index.frames, index.rate) == ("mp4", "h264", 100, Rate(25))
    assert (index.key_frames, index.leading) == (tuple(range(0, 100, 12)), {})
    assert index.timecode(0) == "10:00:00:00"
    assert [(track.codec, track.sample_rate, track.channels) for track in index.tracks] == [
        ("aac", 48_000, 1)
    ]
    assert (index.can_join, index.is_intra, index.notes) == (True, False, ())


@pytest.mark.parametrize(
    ("name", "rate", "timecode"),
    [
        ("drop", Rate(30000, 1001, is_drop=True), "00:59:58;00"),
        ("film", Rate(24000, 1001), "00:00:00:00"),
        ("fifty", Rate(50), "00:00:00:00"),
        ("sixty", Rate(60000, 1001, is_drop=True), "01:00:00;00"),
        ("dnx", Rate(25), "10:00:00:00"),
    ],
)
def test_rates_are_fractions(name, rate, timecode, masters):
    _, index = masters(name)

    assert index.rate == rate
    assert index.timecode(0) == timecode
    assert index.duration == 100 / rate.fraction


@pytest.mark.parametrize("name", ["prores", "dnx", "mjpeg"])
def test_formats_whose_frames_stand_alone_need_no_key_frames(name, masters):
    _, index = masters(name)

    assert index.is_intra
    assert (index.key_before(17), index.key_after(17), index.ends(17)) == (17, 17, True)


def test_open_groups_are_seen(masters):
    _, index = masters("open")

    assert index.key_frames == tuple(range(0, 100, 12))
    assert set(index.leading) == set(range(12, 100, 12))
    assert all(0 <= led <= 3 for led in index.leading.values())


def test_every_frame_may_be_a_key_frame(tmp_path):
    index = reading.read(films.film(tmp_path / "intra.mp4", gop=1, b_frames=0, frames=30))

    assert index.is_intra
    assert planning.plan(index, 7, 9).method == "copy"


def test_key_frames_that_the_file_does_not_name_are_found(tmp_path):
    # Without a table of sync samples every frame is called one (ISO/IEC 14496-12, 8.6.2).
    source = films.film(tmp_path / "source.mp4", frames=60)
    data = source.read_bytes()
    assert data.count(b"stss") == 1
    source.write_bytes(data.replace(b"stss", b"free"))

    index = reading.read(source)
    plan = planning.plan(index, 7, 41)
    done = parts.cut(source, tmp_path / "part.mp4", index, plan)

    assert index.key_frames == (0, 12, 24, 36, 48)
    assert films.numbers(tmp_path / "part.mp4") == list(range(7, 41))
    assert done.method == "edges"


def test_a_film_that_begins_in_the_middle_of_a_group_is_counted_from_what_is_shown(masters, tmp_path):
    # A player's own cut: frames before the beginning are in the file, and an edit list hides them.
    source, _ = masters("plain")
    begun = tmp_path / "begun.mp4"
    with av.open(str(source)) as came, av.open(str(begun), "w") as made:
        stream = came.streams.video[0]
        out = made.add_stream_from_template(stream, opaque=True)
        for packet in came.demux(stream):
            if packet.dts is not None:
                packet.pts -= 5 * 512
                packet.dts -= 5 * 512
                packet.stream = out
                made.mux(packet)
    shown = films.numbers(begun)
    index = reading.read(begun)
    assert shown[0] == 5
    assert index.frames == len(shown)
    for start, stop in ((0, 3), (1, 60), (7, 19), (20, len(shown))):
        plan = planning.plan(index, start, stop)
        parts.cut(begun, tmp_path / "part.mp4", index, plan)
        assert films.numbers(tmp_path / "part.mp4") == shown[start:stop]


@pytest.mark.parametrize(
    "name", ["nothing", "zeros", "text", "playlist", "concat", "jpeg", "half a box", "folder", "missing"]
)
def test_what_is_no_film_is_said_so(name, tmp_path):
    path = tmp_path / "film.mp4"
    if name == "folder":
        path.mkdir()
    elif name != "missing":
        path.write_bytes(
            {
                "nothing": b"",
                "zeros": bytes(100_000),
                "text": b"WEBVTT\n\n",
                "playlist": b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n",
                "concat": b"ffconcat version 1.0\nfile /etc/passwd\n",
                "jpeg": b"\xff\xd8\xff\xe0" + bytes(2000),
                "half a box": b"\x00\x00\x00\x20ftypisom",
            }[name]
        )

    assert problem_of(path) == "unreadable"


def test_a_film_is_what_its_content_is(masters, tmp_path):
    shutil.copy(masters("prores")[0], tmp_path / "photo.jpg")

    assert reading.read(tmp_path / "photo.jpg").codec == "prores"


def test_sound_alone_is_no_film(tmp_path):
    path = tmp_path / "sound.mp4"
    with av.open(str(path), "w") as out:
        stream = out.add_stream("aac", rate=48_000, layout="mono")
        frame = av.AudioFrame(format="fltp", layout="mono", samples=1024)
        frame.sample_rate = 48_000
        frame.planes[0].update(bytes(frame.planes[0].buffer_size))
        out.mux(stream.encode(frame))
        out.mux(stream.encode(None))

    assert problem_of(path) == "no_video"


def test_a_film_without_its_table_of_contents_is_said_so(masters, tmp_path):
    data = masters("plain")[0].read_bytes()
    cut_off = tmp_path / "cut-off.mp4"
    cut_off.write_bytes(data[: len(data) // 2])

    assert data.index(b"moov") > data.index(b"mdat")
    assert problem_of(cut_off) == "unreadable"


@pytest.mark.parametrize("how", ["faststart", "fragments", "mxf"])
def test_a_film_that_was_cut_off_is_cut_as_far_as_it_goes(how, masters, tmp_path):
    if how == "faststart":
        whole = films.film(
            tmp_path / "whole.mp4", container_options={"movflags": "faststart"}, sounds=(Sounding(),)
        )
    else:
        whole = masters({"fragments": "fragments", "mxf": "long-mxf"}[how])[0]
    source = tmp_path / f"cut-off{whole.suffix}"
    source.write_bytes(whole.read_bytes()[: whole.stat().st_size * 6 // 10])

    index = reading.read(source)

    assert 20 < index.frames < 90
    if how != "fragments":  # nothing in the file says how long it was to be
        assert "truncated" in index.notes
    for start, stop in ((5, 20), (7, index.frames)):
        plan = planning.plan(index, start, stop)
        done = parts.cut(source, tmp_path / f"part.{plan.container}", index, plan)
        assert films.numbers(tmp_path / f"part.{plan.container}") == list(range(start, stop))
        assert done.frames == stop - start


@pytest.mark.slow
@pytest.mark.parametrize("round", range(60))
@pytest.mark.parametrize("name", ["plain", "no-b", "dnx", "fragments", "prores"])
def test_a_damaged_film_ends_in_words_or_in_a_part(name, round, masters, tmp_path):
    chance = random.Random(f"{name} {round}")
    whole = masters(name)[0]
    data = bytearray(whole.read_bytes())
    for _ in range(chance.choice((1, 5, 50))):
        data[chance.randrange(len(data))] = chance.randrange(256)
    if chance.random() < 0.3:
        del data[chance.randrange(len(data)) :]
    source = tmp_path / whole.name
    source.write_bytes(data)
    try:
        index = reading.read(source)
        start = chance.randrange(index.frames)
        plan = planning.plan(index, start, min(index.frames, start + chance.randrange(1, 40)))
        done = parts.cut(source, tmp_path / "part", index, plan)
    except Problem as problem:
        said = problem.code
    else:
        said = "cut"
        assert done.frames == plan.frames
    assert said in ("cut", "unreadable", "no_video", "empty", "too_large", "too_long")
    assert (tmp_path / "part").exists() == (said == "cut")
    assert not (tmp_path / "part.part").exists()


def test_sides_of_a_thousand_leagues_are_refused(monkeypatch, masters):
    monkeypatch.setattr(reading, "LONGEST_SIDE", 100)

    assert problem_of(masters("plain")[0]) == "too_large"


@pytest.mark.parametrize(
    "avcc",
    [
        None,
        b"",
        b"\x00\x00\x00\x01\x67",
        b"\x01\x4d\x40\x29\xfe\xe1",
        b"\x01\x4d\x40\x29\xff\xe1\x00\x09\x67",
        b"\x01\x4d\x40\x29\xff\xe0\x00",
    ],
)
def test_parameter_sets_that_none_can_stand_beside(avcc):
    with pytest.raises(h264.Unjoinable):
        h264.ParameterSets.parse(avcc)


def test_a_free_number_is_found_for_parameter_sets():
    # ue(v): 1 is 0, 010 is 1, 011 is 2.
    sets = h264.ParameterSets(
        b"", (b"\x67\x4d\x00\x29\x80", b"\x67\x4d\x00\x29\x40"), (b"\x68\x80", b"\x68\x60"), b""
    )

    assert sets.free() == 3


@pytest.mark.parametrize(
    ("units", "how"),
    [
        ([b"\x09\x10", b"\x65\x88"], "idr"),
        ([b"\x06\x06\x01\xc4\x80", b"\x41\x9a"], "recovery"),
        ([b"\x06\x05\x02\x00\x00\x06\x01\xc4\x80", b"\x41\x9a"], "recovery"),
        ([b"\x06\x06\x01\x24\x80", b"\x41\x9a"], ""),  # only after some frames
        ([b"\x06\xff\x01\x01\x00\x80", b"\x41\x9a"], ""),
        ([b"\x06\xff", b"\x41\x9a"], ""),
        ([b"\x41\x9a", b"\x65\x88"], ""),
        ([], ""),
    ],
)
def test_where_decoding_can_begin_is_read_from_the_frame(units, how):
    assert h264.begins(b"".join(len(unit).to_bytes(4, "big") + unit for unit in units)) == how


def test_units_of_a_byte_stream_are_told_apart():
    stream = b"\x00\x00\x00\x01\x67\x01\x00\x00\x00\x01\x68\x02\x00\x00\x01\x65\x88\x00\x00\x03\x01\x00"

    assert list(h264.split(stream)) == [b"\x67\x01", b"\x68\x02", b"\x65\x88\x00\x00\x03\x01"]
    assert h264.packed(stream) == b"\x00\x00\x00\x06\x65\x88\x00\x00\x03\x01"


def test_rates_that_are_nearly_constant_are_constant():
    stream = SimpleNamespace(base_rate=Fraction(25), average_rate=Fraction(25))
    in_thousandths = [number * 1001 // 30 for number in range(300)]

    assert reading._rate(in_thousandths, Fraction(1, 1000), stream) == (Fraction(30000, 1001), True)
    assert reading._rate([0, 40, 80, 160, 200], Fraction(1, 1000), stream)[1] is False
    assert reading._rate([7], Fraction(1, 1000), stream) == (25, True)
