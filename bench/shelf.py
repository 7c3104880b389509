"""Pages of the media library with twenty thousand films beside the same with two hundred; called by bench.library.

The films' rows are written straight, as the acts leave them behind (see bench/fill.py), each with its stills, preview,
strip and waveform; no file is there. Pages are made in this process, without a server and without the page cache;
figures are CPU of one request, in interleaved rounds: *known* with what a process remembers for as long as nothing
changes (counts, filters, the stills of a list), *anew* right after something was published.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from statistics import median
from typing import Any

from flask import Flask
from flask_migrate import upgrade
from sqlalchemy import insert, update

from app import clock, create_app
from app.acts import act
from app.cli import init_migrations
from app.database import db
from app.editorial import remembered
from app.editorial.models import Edition, Item, Revision, Standing, State
from app.library.models import (
    Master,
    MasterState,
    MediaKind,
    Rendition,
    RenditionState,
    ShelfMark,
    ShelfRow,
)
from bench import goals
from bench.fill import surroundings
from bench.goals import table, verdict
from bench.topics import HOST, Browser

FEW, MANY = 200, 20_000
AT_ONCE = 1000  # films in one transaction
PLACES, PEOPLE, YEARS = 8, 300, 5  # a place has a page of films even where there are few
PAGES = {
    "newest": "",
    "films": "kind=video",
    "longest": "sort=longest",
    "a place": "place=place+7",
    "page 8": "page=8",
}
TIMES = {"known": 30, "anew": 5}  # requests in one round
MADE = {
    "poster-320": ("jpg", "image/jpeg", 320, 180),
    "poster-640": ("jpg", "image/jpeg", 640, 360),
    "poster-1280": ("jpg", "image/jpeg", 1280, 720),
    "preview": ("mp4", "video/mp4", 1280, 720),
    "strip": ("jpg", "image/jpeg", 1600, 540),
    "waveform": ("json", "application/json", None, None),
}


@act
def fill(numbers: range, author: int) -> None:
    """Keep the public films ``numbers`` of ``author``, the first the oldest, each in English."""
    rows: dict[Any, list[dict[str, Any]]] = {
        kept: [] for kept in (Item, Edition, Revision, Master, Rendition, ShelfRow, ShelfMark)
    }
    for number in numbers:
        for kept, row in _rows(number, author):
            rows[kept].append(row)
    for kept, many in rows.items():
        db.session.execute(insert(kept.__table__), many)
    pointers = (Edition.current_revision_id, Edition.approved_revision_id, Edition.public_revision_id)
    db.session.execute(
        update(Edition).where(Edition.id > numbers[0]).values(dict.fromkeys(pointers, Edition.id))
    )
    db.session.execute(update(Standing).values(version=Standing.version + 1))


def _rows(number: int, author: int) -> Iterator[tuple[Any, dict[str, Any]]]:
    one, place = number + 1, f"Place {number % PLACES}"
    at = clock.now() - timedelta(hours=MANY - number)
    year, seconds = str(at.year - number % YEARS), 30 + number * 7 % 3600
    yield Item, {
        "id": one, "type": "video", "created_at": at, "created_by_id": author,
        "reference_year": at.year, "reference_number": one,
    }  # fmt: skip
    yield Edition, {
        "id": one, "item_id": one, "type": "video", "language": "en", "state": State.PUBLISHED.value,
        "public_from": at, "first_public_at": at, "public_kind": "", "path": f"film-{one}", "withdrawal_reason": "",
        "changed_at": at,
    }  # fmt: skip
    yield Revision, {
        "id": one, "edition_id": one, "number": 1, "author_id": author, "made_at": at,
        "title": f"Film {one}", "slug": f"film-{one}",
        "lead": "A film.", "body": "<p>Words.</p>", "shown": "<p>Words.</p>", "place": place, "date": at.date(),
        "topics": [], "pictures": [], "facts": {"master": one, "sound": ["en"]}, "fields": {"people": []},
    }  # fmt: skip
    yield Master, {
        "id": one, "kind": MediaKind.VIDEO.value, "sha256": f"{one:064x}", "size_bytes": 1_000_000,
        "mimetype": "video/mp4", "extension": "mp4", "original_name": f"{one}.mp4",
        "technical": {"duration_seconds": seconds, "frames": seconds * 25, "rate": [25, 1], "is_drop": False,
                      "is_variable": False, "start": 0, "width": 1920, "height": 1080, "audio": [{"channels": 2}]},
        "iptc": {}, "state": MasterState.READY.value, "problem": "", "warnings": [], "added_at": at,
    }  # fmt: skip
    for name, (ending, mimetype, width, height) in MADE.items():
        yield Rendition, {
            "master_id": one, "name": name, "state": RenditionState.READY.value, "share": 100,
            "key": f"renditions/00/{one:064x}.{ending}", "mimetype": mimetype, "width": width, "height": height,
            "size_bytes": 1000, "sha256": f"{one:064x}", "facts": {}, "problem": "", "attempts": 0,
        }  # fmt: skip
    stands = {"edition_id": one, "language": "en", "public_from": at}
    yield ShelfRow, stands | {"kind": "video", "seconds": seconds, "master_id": one, "count": 1}
    person = f"Person {number % PEOPLE}"
    for name, label in (
        ("place", place), ("person", person), ("year", year), ("sound", "en"), ("captions", "yes"),
    ):  # fmt: skip
        yield ShelfMark, stands | {"name": name, "value": label.lower(), "label": label}


def newsroom(folder: Path, films: int) -> Flask:
    """Return a newsroom in ``folder`` with so many films and nothing else."""
    app = create_app(
        {
            "INSTANCE_DIR": str(folder),
            "PUBLIC_URL": f"http://{HOST}",
            "SECRET_KEY": "b" * 40,
            "PAGE_CACHE_MB": "0",
        }
    )
    init_migrations(app)
    with app.app_context():
        upgrade()
        author = surroundings()
        for start in range(0, films, AT_ONCE):
            fill(range(start, min(start + AT_ONCE, films)), author)
            db.session.remove()
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            connection.exec_driver_sql("ANALYZE")
    return app


def cpu(browser: Browser, query: str, way: str) -> float:
    """Return CPU milliseconds of one such page; raise RuntimeError when it shows nothing."""
    status, body = browser.ask("/en/media/", query=query)
    if not status.startswith("200") or b"media-cards__one" not in body:
        raise RuntimeError(f"{query}: {status}")
    spent = 0.0
    for _ in range(TIMES[way]):
        if way == "anew":
            remembered.forget()
        began = time.process_time()
        browser.ask("/en/media/", query=query)
        spent += time.process_time() - began
    return spent / TIMES[way] * 1000


def report(rounds: int) -> list[str]:
    """Return the report on pages of the library."""
    seen: dict[tuple[str, str, int], list[float]] = {}
    with ExitStack() as stack:
        browsers = {}
        for films in (FEW, MANY):
            folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bench-")))
            browsers[films] = Browser(newsroom(folder, films).wsgi_app)
        for _ in range(rounds):
            for way in TIMES:
                for name, query in PAGES.items():
                    for films, browser in browsers.items():
                        seen.setdefault((way, name, films), []).append(cpu(browser, query, way))
    rows, verdicts = [], []
    for way in TIMES:
        for name in PAGES:
            few, many = (seen[way, name, films] for films in (FEW, MANY))
            share = median(more / less for more, less in zip(many, few, strict=True))
            rows.append([f"{name}, {way}", f"{median(few):.2f}", f"{median(many):.2f}", f"{share:.2f}"])
            if way == "known":
                verdicts.append(verdict(f"{name}: {MANY:,} films of {FEW}", share, goals.LIBRARY_GROWTH))
    heads = ["CPU of a page of the library, ms", f"{FEW} films", f"{MANY:,}", "ratio"]
    return [f"{rounds} interleaved rounds", "", table(heads, rows), "", *verdicts]
