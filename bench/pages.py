"""What a page costs, beside the least that it could cost: the production server, 2,000 releases.

    python -m bench.pages              everything side by side, about six minutes
    python -m bench.pages --quick      one round, one second each: to see that it runs
    python -m bench.pages --scale 100000    home and list at 1,000 and at 100,000 releases
    python -m bench.pages --nginx      behind nginx, beside nginx's own cache

Rates depend on the machine and on what else it does. What counts are ratios within a run, and
CPU time of the server for each request: the medians of three interleaved rounds.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import urllib.request
from collections import defaultdict
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a file, too

from bench import goals, load, newsroom, nginx
from bench.goals import Seen, table, verdict
from bench.server import Server, granian

RESULTS = Path(__file__).parent / "results"
PAGES = {"release": "", "list": "/en/news/", "home": "/en/", "feed": "/en/news.atom"}


@dataclass(frozen=True)
class Subject:
    """One address under load: who serves it, and with which headers it is asked for."""

    name: str
    server: Server
    path: str
    headers: tuple[tuple[str, str], ...] = ()


class Bench:
    """Runs subjects in interleaved rounds and keeps what was seen."""

    def __init__(self, rounds: int, seconds: float, connections: tuple[int, ...]) -> None:
        self.rounds, self.seconds, self.connections = rounds, seconds, connections
        self.seen: dict[tuple[str, int], Seen] = defaultdict(Seen)
        self.tool = ""

    def run(self, subjects: list[Subject]) -> None:
        """Put load on each of ``subjects`` in turn, and again for each round."""
        for subject in subjects:
            load.drive(subject.server.url + subject.path, 4, 1, dict(subject.headers))
        for _ in range(self.rounds):
            for count in self.connections:
                for subject in subjects:
                    self._once(subject, count)

    def _once(self, subject: Subject, count: int) -> None:
        before = subject.server.cpu_seconds()
        saw = load.drive(subject.server.url + subject.path, count, self.seconds, dict(subject.headers))
        spent = subject.server.cpu_seconds() - before
        if saw.errors or not saw.requests:
            raise RuntimeError(f"{subject.name}: {saw.errors} of {saw.requests} requests went wrong")
        self.tool = saw.tool
        seen = self.seen[subject.name, count]
        seen.per_second.append(saw.per_second)
        seen.cpu_us.append(spent / saw.requests * 1e6)
        seen.p50_ms.append(saw.p50_ms)
        seen.p99_ms.append(saw.p99_ms)

    def rows(self, against: str | None = None) -> list[list[str]]:
        """Return table rows, each with its CPU as a multiple of ``against``'s at as many connections."""
        return [
            [name, str(count), *seen.cells()]
            + ([f"{seen.cpu_of(self.seen[against, count]):.2f}"] if against else [])
            for (name, count), seen in self.seen.items()
        ]

    def noise(self, name: str) -> list[str]:
        """Return a warning if ``name`` itself was not steady: then nothing beside it means much."""
        worst = max(seen.spread for (each, _), seen in self.seen.items() if each == name)
        return (
            [f"NOISY: {name} differed {worst:.1f} times between rounds; run again."]
            if worst > goals.NOISE
            else []
        )


OF_THE_SERVER = ("date", "server", "connection")
HEADS = ["", "conn.", "req/s", "p50 ms", "p99 ms", "CPU µs"]


def newest(server: Server) -> str:
    """Return the address of the newest release."""
    with urllib.request.urlopen(f"{server.url}/en/news.atom", timeout=30) as answer:
        feed = answer.read().decode()
    entry = feed.partition("<entry>")[2].partition('href="')[2].partition('"')[0]
    return "/" + entry.split("/", 3)[3]


def keep(server: Server, path: str, folder: Path, name: str) -> dict[str, str]:
    """Write what ``server`` answers at ``path`` for the floors to answer; return its headers."""
    with urllib.request.urlopen(server.url + path, timeout=30) as answer:
        headers = [(key, value) for key, value in answer.getheaders() if key.lower() not in OF_THE_SERVER]
        (folder / f"{name}.body").write_bytes(answer.read())
    (folder / f"{name}.json").write_text(json.dumps(headers))
    return {key.lower(): value for key, value in headers}


def side_by_side(options: argparse.Namespace) -> Iterator[str]:
    """Yield the report of pages beside their floors."""
    bench = Bench(*((1, 1, (16,)) if options.quick else (options.rounds, options.seconds, (1, 16, 64))))
    with newsroom.filled(options.releases) as settings, ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        serve = {"workers": options.workers, "threads": options.threads}
        cached = stack.enter_context(granian("wsgi:app", settings, **serve))
        uncached = stack.enter_context(granian("wsgi:app", settings | {"PAGE_CACHE_MB": "0"}, **serve))
        pages = PAGES | {"release": newest(uncached)}
        heads = {name: keep(cached, path, folder, name) for name, path in pages.items()}
        etag = heads["release"]["etag"]
        floors = {"BENCH_BODIES": str(folder)}
        hello = stack.enter_context(granian("bench.floors:hello", floors, **serve))
        prebuilt = stack.enter_context(granian("bench.floors:prebuilt", floors, **serve))
        same = stack.enter_context(granian("bench.floors:same", floors, **serve))

        subjects = [Subject("hello", hello, "/")]
        for name, path in pages.items():
            subjects += [
                Subject(f"{name}, prebuilt", prebuilt, f"/{name}"),
                Subject(f"{name}, cached", cached, path),
                Subject(f"{name}, uncached", uncached, path),
            ]
        bench.run(subjects)
        extra = Bench(bench.rounds, bench.seconds, (16,))
        extra.run(
            [
                Subject("release, prebuilt", prebuilt, "/release"),
                Subject("release, prebuilt, our headers", same, "/release"),
                Subject("release, cached", cached, pages["release"]),
                Subject("release, cached, br", cached, pages["release"], (("Accept-Encoding", "br"),)),
                Subject("release, cached, 304", cached, pages["release"], (("If-None-Match", etag),)),
                Subject("release, uncached", uncached, pages["release"]),
            ]
        )  # fmt: skip
        memory = cached.rss_mib() + uncached.rss_mib()
        asked = [json.loads(newsroom.run(settings, "-m", "bench.queries", path)) for path in pages.values()]

    sizes = ", ".join(
        f"{name} {page['bytes'] / 1000:.1f} kB" for name, page in zip(pages, asked, strict=True)
    )
    yield f"{options.releases:,} releases in 3 languages; {options.workers} workers of {options.threads} threads;"
    yield f"{bench.rounds} rounds of {bench.seconds:g} s; load by {bench.tool}; {sizes}.\n"
    yield table([*HEADS, "x hello"], bench.rows("hello"))
    yield ""
    yield table(HEADS, extra.rows())
    yield "\nmade in one process, without a server:"
    yield table(
        ["", "queries cold", "warm", "CPU µs"],
        [
            [name, str(page["cold"]), str(page["warm"]), f"{page['us']:.0f}"]
            for name, page in zip(pages, asked, strict=True)
        ],
    )
    yield ""
    yield from bench.noise("hello")
    yield verdict("queries of an uncached release page", asked[0]["warm"], goals.QUERIES_OF_A_RELEASE)
    yield from _verdicts(bench, pages)
    yield verdict("MiB of the largest web worker", max(memory), goals.RSS_MIB)


def _verdicts(bench: Bench, pages: dict[str, str]) -> Iterator[str]:
    count = 16
    hello = bench.seen["hello", count]
    for name, goal in goals.UNCACHED_TIMES_HELLO.items():
        times = bench.seen[f"{name}, uncached", count].cpu_of(hello)
        yield verdict(f"{name}, uncached, CPU of hello's at {count}", times, goal)
    for name in pages:
        times = bench.seen[f"{name}, cached", count].cpu_of(hello)
        yield verdict(f"{name}, cached, CPU of hello's at {count}", times, goals.CACHED_TIMES_HELLO)
    for name in pages:
        for connections in bench.connections:
            part = bench.seen[f"{name}, cached", connections].rate_of(
                bench.seen[f"{name}, prebuilt", connections]
            )
            yield verdict(
                f"{name}, cached, rate of prebuilt's at {connections}",
                part,
                goals.CACHED_OF_PREBUILT,
                at_most=False,
            )


def at_scale(options: argparse.Namespace) -> Iterator[str]:
    """Yield the report of home and list, uncached, at 1,000 releases and at many more."""
    bench = Bench(options.rounds, options.seconds, (16,))
    sizes = (1_000, options.scale)
    pages = {
        "home": "/en/",
        "list": "/en/news/",
        "list, page 40": "/en/news/?page=40",
        "feed": "/en/news.atom",
    }
    with ExitStack() as stack:
        subjects = []
        for size in sizes:
            settings = stack.enter_context(newsroom.filled(size, languages="en", words=60))
            server = stack.enter_context(
                granian(
                    "wsgi:app",
                    settings | {"PAGE_CACHE_MB": "0"},
                    workers=options.workers,
                    threads=options.threads,
                )
            )
            subjects += [Subject(f"{name} of {size:,}", server, path) for name, path in pages.items()]
        bench.run(subjects)
    yield table(HEADS, bench.rows())
    yield ""
    for name in pages:
        small, large = (bench.seen[f"{name} of {size:,}", 16] for size in sizes)
        yield verdict(
            f"{name}, CPU at {sizes[1]:,} of that at {sizes[0]:,}", large.cpu_of(small), goals.GROWTH
        )


def behind_nginx(options: argparse.Namespace) -> Iterator[str]:
    """Yield the report of our pages behind nginx, beside pages of the same size that nginx has itself."""
    bench = Bench(options.rounds, options.seconds, (16, 64))
    with newsroom.filled(options.releases) as settings, ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
        app = stack.enter_context(granian("wsgi:app", settings | {"TRUSTED_PROXIES": "1"}))
        pages = {"release": newest(app), "list": "/en/news/"}
        for name, path in pages.items():
            keep(app, path, folder, name)
        ours = stack.enter_context(nginx.in_front_of(app))
        static = stack.enter_context(nginx.static(folder, pages))
        theirs = stack.enter_context(nginx.in_front_of(static))
        subjects = []
        for name, path in pages.items():
            etag = nginx.etag(ours, path)
            subjects += [
                Subject(f"{name}, nginx's own", theirs, path),
                Subject(f"{name}, ours", ours, path),
                Subject(f"{name}, ours, 304", ours, path, (("If-None-Match", etag),)),
            ]
        bench.run(subjects)
    yield table(HEADS, bench.rows())
    yield ""
    for name in pages:
        yield from bench.noise(f"{name}, nginx's own")
        for count in bench.connections:
            limit = bench.seen[f"{name}, nginx's own", count]
            for kind in ("ours", "ours, 304"):
                part = bench.seen[f"{name}, {kind}", count].rate_of(limit)
                yield verdict(
                    f"{name}, {kind}, rate of nginx's own at {count}",
                    part,
                    goals.OF_NGINX,
                    at_most=False,
                )


def main() -> None:
    """Run what the command line asks for, print the report and keep a copy."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--releases", type=int, default=2000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--scale", type=int, metavar="RELEASES")
    parser.add_argument("--nginx", action="store_true")
    options = parser.parse_args()

    kind = "nginx" if options.nginx else "scale" if options.scale else "pages"
    report = {"nginx": behind_nginx, "scale": at_scale, "pages": side_by_side}[kind](options)
    text = "\n".join(report)
    print(text)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / f"{kind}.txt").write_text(text + "\n")


if __name__ == "__main__":
    main()
