"""Masters, made once for all tests of a process."""

from __future__ import annotations

from fractions import Fraction

import pytest

from app.library.cutting import parts, planning, reading
from tests import films
from tests.films import Sounding

NTSC = Fraction(30000, 1001)
# name: container, and what is unusual about it
MASTERS = {
    "plain": ("mp4", {"sounds": (Sounding(),), "timecode": "10:00:00:00"}),
    "pyramid": ("mp4", {"b_frames": 4, "gop": 17, "options": {"preset": "medium"}, "sounds": (Sounding(channels=2),)}),
    "no-b": ("mov", {"b_frames": 0, "gop": 5, "sounds": (Sounding("pcm_s16le"),)}),
    "open": ("mp4", {"b_frames": 3, "parameters": "open-gop=1"}),
    "one-key": ("mp4", {"gop": 1000}),
    "drop": ("mov", {"rate": NTSC, "timecode": "00:59:58;00", "sounds": (Sounding("pcm_s24le"), Sounding())}),
    "film": ("mp4", {"rate": Fraction(24000, 1001), "gop": 24, "sounds": (Sounding(rate=44_100),)}),
    "fifty": ("mp4", {"rate": 50, "gop": 25, "sounds": (Sounding(),)}),
    "sixty": ("mp4", {"rate": Fraction(60000, 1001), "gop": 30, "timecode": "01:00:00;00"}),
    "eight": ("mov", {"sounds": (Sounding("pcm_s24le", language="fra"), *[Sounding("pcm_s24le")] * 7)}),
    "deep": ("mov", {"pixels": "yuv422p10le", "sounds": (Sounding("pcm_s24le"),)}),
    "fields": ("mp4", {"parameters": "tff=1"}),
    "fragments": ("mp4", {"container_options": {"movflags": "frag_keyframe+empty_moov"}, "sounds": (Sounding(),)}),
    "prores": ("mov", {"codec": "prores_ks", "pixels": "yuv422p10le", "options": {"profile": "1"}, "timecode": "10:00:00:00",
                       "sounds": (Sounding("pcm_s24le"),)}),
    "dnx": ("mxf", {"codec": "dnxhd", "pixels": "yuv422p", "options": {"profile": "dnxhr_sq"}, "timecode": "10:00:00:00",
                    "sounds": (Sounding("pcm_s24le"),) * 2}),
    "long-mxf": ("mxf", {"codec": "mpeg2video", "options": {"b": "3M"}, "sounds": (Sounding("pcm_s16le"),),
                         "timecode": "10:00:00:00"}),
    "hevc": ("mp4", {"codec": "libx265", "sounds": (Sounding(),)}),
    "mjpeg": ("mov", {"codec": "mjpeg", "pixels": "yuvj420p"}),
    # As telephones film: frames are shown for as long as it was dark.
    "uneven": ("mp4", {"times": [3 * number + (number % 7 > 4) for number in range(100)], "tick": Fraction(1, 90),
                       "rate": 30, "sounds": (Sounding(),)}),
}  # fmt: skip


@pytest.fixture(scope="session")
def masters(tmp_path_factory):
    """Return the path and the Index of the master of that name."""
    folder = tmp_path_factory.mktemp("masters")
    made = {}

    def master(name):
        if name not in made:
            container, settings = MASTERS[name]
            path = films.film(folder / f"{name}.{container}", **settings)
            made[name] = (path, reading.read(path))
        return made[name]

    return master


@pytest.fixture
def cut(masters, tmp_path):
    """Cut frames out of a master, and return the path and what was said of it."""

    def cut(name, start, stop, mode="exact", format="master", **more):
        path, index = masters(name)
        plan = planning.plan(index, start, stop, mode, format)
        target = tmp_path / f"{name}-{start}-{stop}.{plan.container}"
        return target, parts.cut(path, target, index, plan, **more)

    return cut
