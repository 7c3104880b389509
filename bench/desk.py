"""What the desk costs an office with a hundred thousand texts.

    python -m bench.desk                 at 100,000 texts, some minutes to fill
    python -m bench.desk --items 5000    to see that it runs

The list, narrowed in the ways that officers narrow it, beside a bare query for the same rows by their
keys: the part of finding them is what grows with the newsroom. And pages of the desk beside a bare Flask
hello, both made in this process, without a server.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))  # so that it runs as a file, too

from bench import goals, newsroom
from bench.goals import table, verdict

RESULTS = Path(__file__).parent / "results"
TIMES = 40
ROUNDS = 5
# As an officer narrows it, with words that bench.fill writes: most titles have the first two.
ASKED: dict[str, dict[str, object]] = {
    "no filter": {},
    "of a type": {"type": "release"},
    "a state that most have": {"state": "published"},
    "a state that three have": {"state": "embargo"},
    "a subject": {"topic": "topic-7"},
    "a common word": {"words": "ministers"},
    "two common words": {"words": "ministers common"},
    "a beginning": {"words": "secr"},
    "a word and a subject": {"words": "brussels", "topic": "topic-3", "state": "published"},
    "a word that nobody wrote": {"words": "giraffe"},
}


def spent(call: Callable[[], object], times: int = TIMES) -> float:
    """Return the milliseconds of CPU that ``call`` takes: the median of rounds."""
    call()
    rounds = []
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(times):
            call()
        rounds.append((time.process_time() - began) / times * 1e3)
    return statistics.median(rounds)


def lists() -> list[dict[str, object]]:
    """Return what each list costs in the newsroom that the settings describe, and the bare query beside it."""
    from app import create_app
    from app.database import db
    from app.editorial.models import State
    from app.writing import queries
    from config import environment

    seen: list[dict[str, object]] = []
    with create_app(environment()).app_context():
        for name, wanted in ASKED.items():
            told = wanted | ({"state": State(wanted["state"])} if "state" in wanted else {})
            asked = queries.Asked(**told)  # type: ignore[arg-type]
            ids = list(db.session.scalars(queries.keys(asked).limit(queries.PAGE)))

            def ours(asked: queries.Asked = asked) -> None:
                queries.page(asked, 1)
                db.session.rollback()

            def bare(ids: list[int] = ids) -> None:
                queries.rows(ids)
                db.session.rollback()

            def counting(asked: queries.Asked = asked) -> None:
                queries.count(asked)
                db.session.rollback()

            seen.append(
                {
                    "name": name,
                    "rows": len(ids),
                    "ours": spent(ours),
                    "bare": spent(bare),
                    "count": spent(counting),
                }
            )
    return seen


def main() -> None:
    """Fill a newsroom, measure in it, print the report and keep a copy."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--items", type=int, default=100_000)
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.inside:
        print(json.dumps(lists()))
        return
    with newsroom.filled(options.items, languages="en", words=60) as settings:
        seen = json.loads(newsroom.run(settings, "-m", "bench.desk", "--inside"))
    heads = [f"list of {options.items:,}", "rows", "ms", "bare ms", "count ms"]
    report = [
        table(
            heads,
            [
                [
                    each["name"],
                    str(each["rows"]),
                    *(f"{each[part]:.2f}" for part in ("ours", "bare", "count")),
                ]
                for each in seen
            ],
        ),
        "",
        *(
            verdict(
                f"{each['name']}, time of a bare query's", each["ours"] / each["bare"], goals.LIST_OF_BARE
            )
            for each in seen
        ),
    ]
    text = "\n".join(report)
    print(text)
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / "desk.txt").write_text(text + "\n")


if __name__ == "__main__":
    main()
