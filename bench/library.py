"""What the library's work costs, beside what the libraries alone would take for the same.

    python -m bench.library                 every subject
    python -m bench.library photo           one of them
    python -m bench.library --rounds 1      to see that it runs
    python -m bench.library big --gb 1      with a smaller file

**photo**: a photo of 24 megapixels to all its files, beside Pillow that does nothing but resize and save. Each runs in
a process of its own. Of Pillow alone the work is measured, once all is imported; of ours everything: starting the
sandbox, its walls, decoding, labels, profiles, writing to disk. *plain* decodes the photo whole and makes each size
from it; *chained* lets the decoder shrink it and makes each size from the one before, as we do. Memory is the
process's peak.

**cut**: parts of a film, beside ffmpeg (bench/parts.py).
**pages**: pages of the library with 20,000 films, beside the same with 200 (bench/shelf.py).
**big**: a file of ten gigabytes in pieces through the newsroom, and out again; bench/big.py says how.
"""

from __future__ import annotations

import argparse
import io
import json
import random
import resource
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from types import ModuleType

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a file, too

from bench import big, goals
from bench.goals import table, verdict

ROOT = Path(__file__).resolve().parent.parent
RESULTS = Path(__file__).parent / "results"
MEGAPIXELS_24 = (6000, 4000)
MIB = 1024 * 1024
SETS = {
    "three JPEGs": ["320.jpg", "960.jpg", "1920.jpg"],
    "sizes in JPEG and WebP, HD": [
        f"{width}.{kind}" for kind in ("jpg", "webp") for width in (320, 640, 960, 1280, 1920)
    ]
    + ["hd"],
    "sizes in AVIF": [f"{width}.avif" for width in (320, 640, 960, 1280, 1920)],
}


@dataclass(frozen=True)
class Took:
    """What one run took: seconds by the clock and of the processor, and bytes of memory at its peak."""

    wall: float
    cpu: float
    peak: int


def run(arguments: list[str]) -> Took:
    """Run this file with ``arguments``, and return what it says that it took."""
    told = subprocess.run(
        [sys.executable, str(Path(__file__)), *arguments], stdout=subprocess.PIPE, check=True
    ).stdout
    return Took(**json.loads(told))


def without_the_newsroom() -> None:
    """Let modules of the app be imported without Flask, as a sandbox does: Pillow alone is to be measured."""
    package = ModuleType("app")
    package.__path__ = [str(ROOT / "app")]
    sys.modules["app"] = package


def drawn(path: Path) -> None:
    """Make a photo of 24 megapixels with detail everywhere, as cameras write it."""
    from PIL import Image

    chance = random.Random(24)
    small = Image.frombytes("RGB", (750, 500), chance.randbytes(750 * 500 * 3))
    photo = small.resize(MEGAPIXELS_24, Image.Resampling.BICUBIC)
    soft = Image.frombytes("RGB", (24, 16), chance.randbytes(24 * 16 * 3)).resize(MEGAPIXELS_24)
    Image.blend(soft, photo, 0.25).save(path, "JPEG", quality=92)


# One way each, in a process of its own


def plain(source: Path, names: list[str], *, is_chained: bool) -> None:
    """Make ``names`` with Pillow and nothing else."""
    without_the_newsroom()
    from PIL import Image

    from app.library.studio.photos import HD_QUALITY, HOW

    Image.init()
    began, spent = time.perf_counter(), time.process_time()
    photo = Image.open(source)
    widths = {name: 3840 if name == "hd" else int(name.split(".")[0]) for name in names}
    if is_chained:
        photo.draft(None, (max(widths.values()), 1))
    photo.load()
    current = photo
    for width in sorted(set(widths.values()), reverse=True):
        size = (width, round(width * MEGAPIXELS_24[1] / MEGAPIXELS_24[0]))
        current = (current if is_chained else photo).resize(size, Image.Resampling.LANCZOS)
        for name in (name for name in names if widths[name] == width):
            how = HOW["jpg"] | {"quality": HD_QUALITY} if name == "hd" else HOW[name.split(".")[1]]
            current.save(io.BytesIO(), **how)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(json.dumps({"wall": time.perf_counter() - began, "cpu": time.process_time() - spent, "peak": peak}))


def ours(source: Path, names: list[str]) -> None:
    """Make ``names`` as the worker does, and print what the sandbox took."""
    from app.library.jobs import PHOTO
    from app.library.sandbox.running import work

    told = {"names": names, "labels": {"caption": "Підпис", "credit": "Office"}, "keep_place": False}
    began = time.perf_counter()
    with (
        tempfile.TemporaryDirectory() as folder,
        work(
            "app.library.studio.photos.make",
            reads={"source": source},
            told=told,
            limits=PHOTO,
            within=Path(folder),
        ) as made,
    ):
        took = {"wall": time.perf_counter() - began, "cpu": made.cpu_seconds, "peak": made.peak_bytes}
        print(json.dumps(took))


def photo(rounds: int) -> list[str]:
    """Return the report on photos."""
    lines: list[str] = []
    rows, verdicts = [], []
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "photo.jpg"
        # Not in this process: what it starts would begin with its peak of memory.
        subprocess.run(
            [sys.executable, str(Path(__file__)), "--way", "draw", "--source", str(source)], check=True
        )
        lines.append(
            f"a photo of 24 megapixels, {source.stat().st_size / MIB:.1f} MiB, {rounds} interleaved rounds"
        )
        for named, names in SETS.items():
            seen: dict[str, list[Took]] = {"Pillow, plain": [], "Pillow, chained": [], "ours": []}
            for _ in range(rounds):
                for way in seen:
                    seen[way].append(run(["--way", way, "--source", str(source), "--names", ",".join(names)]))
            for way, took in seen.items():
                rows.append(
                    [
                        f"{named}: {way}",
                        f"{median(each.wall for each in took):.2f}",
                        f"{median(each.cpu for each in took):.2f}",
                        f"{median(each.peak for each in took) / MIB:.0f}",
                    ]
                )
            mine, alone = seen["ours"], seen["Pillow, plain"]
            cpu = median(one.cpu / other.cpu for one, other in zip(mine, alone, strict=True))
            peak = median(one.peak / other.peak for one, other in zip(mine, alone, strict=True))
            verdicts.append(verdict(f"{named}, CPU of Pillow's alone", cpu, goals.PHOTO_OF_PILLOW))
            verdicts.append(verdict(f"{named}, memory of Pillow's alone", peak, goals.PHOTO_OF_PILLOW))
    return [*lines, "", table(["photo", "s", "CPU s", "peak MiB"], rows), "", *verdicts]


def cut(rounds: int) -> list[str]:
    """Return the report on parts of films."""
    from bench import parts  # loads the newsroom, which the other subjects do without

    return parts.cut(rounds)


def pages(rounds: int) -> list[str]:
    """Return the report on pages of the library with few films and with many."""
    from bench import shelf  # loads the newsroom, too

    return shelf.report(rounds)


def large(rounds: int) -> list[str]:
    """Return the report on a large file (see bench/big.py)."""
    return big.report(rounds, GIGABYTES[0])


GIGABYTES = [10.0]
SUBJECTS: dict[str, Callable[[int], list[str]]] = {"photo": photo, "cut": cut, "pages": pages, "big": large}


def main() -> None:
    """Measure, print the report and keep a copy."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("subjects", nargs="*", choices=[[], *SUBJECTS], help="what to measure (all)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--gb", type=float, default=10.0, help="how large the large file is")
    parser.add_argument("--way", help=argparse.SUPPRESS)
    parser.add_argument("--source", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--names", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.way:
        names = (options.names or "").split(",")
        if options.way == "draw":
            drawn(options.source)
        elif options.way == "ours":
            ours(options.source, names)
        else:
            plain(options.source, names, is_chained=options.way.endswith("chained"))
        return
    signal.signal(
        signal.SIGTERM, lambda *_: sys.exit(1)
    )  # what was started ends, and no large file stays behind
    GIGABYTES[0] = options.gb
    for name in options.subjects or SUBJECTS:
        text = "\n".join(SUBJECTS[name](options.rounds))
        print(text)
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / f"library-{name}.txt").write_text(text + "\n")


if __name__ == "__main__":
    main()
