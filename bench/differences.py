"""What comparing two versions of a text costs, beside a bare Flask app that says hello.

    python -m bench.differences              two versions of 10,000 words, from nearly the same to wholly different
    python -m bench.differences --words 2000

Hello is served by the command that serves the newsroom, under load; the comparisons are made in
this process, in interleaved rounds; medians of CPU time. The texts are drawn by chance, with words
as frequent as in any language: few very often, most hardly ever.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a file, too

from app.text.bodies import bodies
from bench import load
from bench.goals import table, verdict
from bench.server import granian

TIMES_HELLO = 20.0  # CPU: for versions of which little changed, which is what officers compare
MOST_MS = 50.0  # for any two
VOCABULARY = 6_000


def main() -> int:
    """Measure, and say what was reached."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--words", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--seconds", type=float, default=2.0, help="of load on hello, in each round")
    options = parser.parse_args()
    subjects = _subjects(options.words, random.Random(3))
    hello: list[float] = []
    seen: dict[str, list[float]] = {name: [] for name in subjects}
    for _ in range(options.rounds):
        for name, run in subjects.items():
            began = time.process_time()
            run()
            seen[name].append((time.process_time() - began) * 1000)
        hello.append(_hello_ms(options.seconds))
    spent = {"hello": median(hello)} | {name: median(each) for name, each in seen.items()}
    print(f"two versions of {options.words:,} words; {options.rounds} rounds\n")
    print(
        table(
            ["", "CPU ms", "x hello"],
            [[name, f"{ms:.3f}", f"{ms / spent['hello']:.0f}"] for name, ms in spent.items()],
        )
    )
    print()
    print(
        verdict(
            "five paragraphs changed, CPU of hello's", spent["five changed"] / spent["hello"], TIMES_HELLO
        )
    )
    print(verdict("the slowest of all, ms", max(spent.values()), MOST_MS))
    return 0


def _subjects(count: int, chance: random.Random) -> dict[str, Callable[[], object]]:
    """Return what is measured, by its name: a function that does it once."""
    text = _paragraphs(count, chance)
    other = _paragraphs(count, chance)
    few = list(text)
    for at in chance.sample(range(len(few)), 5):
        few[at] = _edited(few[at], chance)
    each = [_edited(paragraph, chance) for paragraph in text]

    def comparing(old: str, new: str) -> Callable[[], object]:
        return lambda: bodies(old, new)

    return {
        "the same": comparing(_body(text), _body(text)),
        "five changed": comparing(_body(text), _body(few)),
        "one went, one came": comparing(_body(text), _body([*text[1:50], other[0], *text[50:]])),
        "each changed": comparing(_body(text), _body(each)),
        "turned round": comparing(_body(text), _body(text[::-1])),
        "another text": comparing(_body(text), _body(other)),
        "one paragraph": comparing(_body([" ".join(text)]), _body([" ".join(each)])),
        "one, no stops": comparing(_bare(text), _bare(other)),
    }


def _hello_ms(seconds: float = 2.0) -> float:
    """Return the CPU time of a server for each hello."""
    with granian("bench.floors:hello", {}, workers=1, threads=1) as server:
        load.drive(server.url + "/", 4, 0.5, {})
        before = server.cpu_seconds()
        saw = load.drive(server.url + "/", 16, seconds, {})
        return (server.cpu_seconds() - before) / saw.requests * 1000


def _paragraphs(count: int, chance: random.Random) -> list[str]:
    words = ["".join(chance.choices("aeinorstlkdm", k=chance.randint(2, 9))) for _ in range(VOCABULARY)]
    weights = [1 / (place + 1) for place in range(VOCABULARY)]
    found = []
    while count > 0:
        sentences = []
        for _ in range(chance.randint(1, 4)):
            drawn = chance.choices(words, weights, k=min(count, chance.randint(8, 25)) or 1)
            count -= len(drawn)
            sentences.append(" ".join(drawn).capitalize() + ".")
        found.append(" ".join(sentences))
    return found


def _edited(paragraph: str, chance: random.Random) -> str:
    words = paragraph.split(" ")
    words[chance.randrange(len(words))] = "changed"
    return " ".join(words)


def _body(paragraphs: list[str]) -> str:
    return "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)


def _bare(paragraphs: list[str]) -> str:
    return _body([" ".join(paragraphs).replace(".", "")])


if __name__ == "__main__":
    sys.exit(main())
