"""Fill a newsroom with thousands of releases in the shape that the editorial acts leave behind.

    python -m bench.fill 2000 fr,en,uk 350    (releases, languages, words of a body)

into the newsroom that the settings describe, which must be empty.

The acts themselves keep about a hundred releases a second, revisions, audit log and all. A bench
needs what readers see, and a hundred thousand of it: so the rows are written straight. The text is
nonsense in words of three languages, the same at every run.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, insert, select, update

from app import clock, create_app
from app.accounts.models import Account
from app.acts import act
from app.database import db
from app.editorial import service as editorial
from app.editorial.models import (
    Contact,
    Edition,
    Filing,
    Item,
    PublicPicture,
    ReferenceCounter,
    Revision,
    Standing,
    State,
    Topic,
)
from app.library.models import Picture
from app.releases.models import Kind

TOPICS = 12
PICTURES = 40
WAITING = 3  # releases approved for a moment to come: every newsroom has some
APART = timedelta(hours=3)  # between two releases
AT_ONCE = 1000  # releases in one transaction
WORDS = {
    "fr": "les ministres accord pour une feuille de route commune qui prévoit des réunions chaque année et un appui"
    " aux autorités locales dans la région selon le communiqué publié par le secrétariat à Bruxelles",
    "en": "the ministers agreed on a common road map that provides for meetings every year and support to the local"
    " authorities in the region according to the statement published by the secretariat in Brussels",
    "uk": "міністри домовилися про спільну дорожню карту яка передбачає щорічні зустрічі та підтримку місцевої влади"
    " у регіоні відповідно до заяви опублікованої секретаріатом у Брюсселі сьогодні ввечері",
}


class Writer:
    """Writes nonsense: sentences, paragraphs and whole bodies, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self._chance = random.Random(seed)
        self._words = {language: words.split() for language, words in WORDS.items()}

    def sentence(self, language: str, length: int) -> str:
        """Return a sentence of ``length`` words."""
        words = self._chance.choices(self._words[language], k=length)
        return " ".join(words).capitalize()

    def body(self, language: str, length: int) -> str:
        """Return a body of about ``length`` words, with a heading in its middle and a list at its end."""
        paragraphs = max(1, length // 60)
        parts = [f"<p>{self.sentence(language, 60)}.</p>" for _ in range(paragraphs)]
        parts.insert(paragraphs // 2, f"<h2>{self.sentence(language, 5)}</h2>")
        points = "".join(f"<li><p>{self.sentence(language, 8)}</p></li>" for _ in range(3))
        return "".join([*parts, f"<ul>{points}</ul>"])


def fill(releases: int, *, languages: tuple[str, ...] = ("fr", "en", "uk"), words: int = 350) -> None:
    """Keep ``releases`` public releases in each of ``languages``, with bodies of about ``words`` words."""
    if db.session.scalar(select(func.count()).select_from(Item)):
        raise RuntimeError("this newsroom is not empty")
    author = surroundings()
    for start in range(0, releases, AT_ONCE):
        _releases(range(start, min(start + AT_ONCE, releases)), releases, languages, words, author)
    last = -1
    while last:
        last = editorial.relist(after=max(last, 0), limit=AT_ONCE)
        db.session.remove()
    if db.engine.dialect.name == "postgresql":
        _go_on_counting()
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ANALYZE")


@act
def surroundings() -> int:
    """Keep whom and what releases point to; return the id of who wrote them."""
    at = clock.now()
    author = Account(
        email="bench@office.example", email_key="bench@office.example", name="Bench", password_hash="!",
        roles=["writer"], language="en", is_active=False, created_at=at,
    )  # fmt: skip
    db.session.add(author)
    db.session.flush()
    for number in range(1, TOPICS + 1):
        names = {"fr": f"Dossier {number}", "en": f"Topic {number}", "uk": f"Тема {number}"}
        db.session.add(Topic(id=number, key=f"topic-{number}", names=names, position=number))
    words = {"fr": "Service de presse", "en": "Press service", "uk": "Пресслужба"}
    db.session.add(
        Contact(id=1, key="desk", names=words, functions=words, hours=words, phone="+32 2 555 01 48")
    )
    for number in range(1, PICTURES + 1):
        db.session.add(
            Picture(
                id=number,
                key=f"{number:032x}",
                title=f"Picture {number}",
                credit="Bench",
                width=1920,
                height=1280,
                size_bytes=400_000,
                checksum=f"{number:064x}",
                added_at=at,
                added_by_id=author.id,
            )
        )
    return author.id


@act
def _releases(numbers: range, total: int, languages: tuple[str, ...], words: int, author: int) -> None:
    """Keep the releases ``numbers``, the first the oldest; the last few of all wait for their moment."""
    newest = clock.now() - timedelta(minutes=1)
    rows: dict[type, list[dict[str, Any]]] = {
        kept: [] for kept in (Item, Edition, Revision, Filing, PublicPicture)
    }
    for number in numbers:
        late = number - (total - 1 - WAITING)
        at = newest + (timedelta(hours=1) * late if late > 0 else APART * late)
        for kept, row in _rows(number, at, late > 0, languages, Writer(number), words, author):
            rows[kept].append(row)
    for kept, many in rows.items():
        db.session.execute(insert(kept.__table__), many)
    last = numbers[-1] + 1
    pointers = (Edition.current_revision_id, Edition.approved_revision_id, Edition.public_revision_id)
    db.session.execute(
        update(Edition).where(Edition.item_id > numbers[0]).values(dict.fromkeys(pointers, Edition.id))
    )
    year = clock.now().year
    db.session.merge(ReferenceCounter(type="release", year=year, last=last))
    db.session.execute(update(Standing).values(version=Standing.version + 1))


def _rows(
    number: int,
    at: datetime,
    is_waiting: bool,
    languages: tuple[str, ...],
    writer: Writer,
    words: int,
    author: int,
) -> Iterator[tuple[type, dict[str, Any]]]:
    item = number + 1
    kind = list(Kind)[number % len(Kind)].value
    topics = sorted({number % TOPICS + 1, number // TOPICS % TOPICS + 1})
    picture = number % PICTURES + 1
    yield Item, {
        "id": item, "type": "release", "created_at": at, "created_by_id": author,
        "reference_year": clock.now().year, "reference_number": item,
    }  # fmt: skip
    for place, language in enumerate(languages):
        edition = number * len(languages) + place + 1
        title = writer.sentence(language, 9)
        yield Edition, {
            "id": edition, "item_id": item, "type": "release", "language": language,
            "state": (State.EMBARGO if is_waiting else State.PUBLISHED).value, "public_from": at, "public_kind": kind,
            "path": f"{at:%Y/%m/%d}/release-{item}", "first_public_at": None if is_waiting else at,
            "withdrawal_reason": "", "changed_at": at,
        }  # fmt: skip
        body = writer.body(language, words)
        yield Revision, {
            "id": edition, "edition_id": edition, "number": 1, "author_id": author, "made_at": at, "kind": kind,
            "title": title, "slug": f"release-{item}", "lead": f"{writer.sentence(language, 25)}.", "body": body,
            "shown": body, "place": "Brussels", "date": at.date(), "contact_id": 1,
            "topics": [f"topic-{topic}" for topic in topics],
            "pictures": [
                {"picture": picture, "alt": writer.sentence(language, 6), "is_decorative": False,
                 "caption": writer.sentence(language, 10)},
            ],
            "fields": {
                "quotes": [
                    {"text": writer.sentence(language, 30), "speaker": "Olha Petrenko", "function": "Secretary General"}
                ],
                "links": [
                    {
                        "title": writer.sentence(language, 4),
                        "url": f"https://example.org/{item}/{link}",
                        "language": language,
                    }
                    for link in range(2)
                ],
            },
        }  # fmt: skip
        for topic in topics:
            yield (
                Filing,
                {
                    "edition_id": edition,
                    "topic_id": topic,
                    "type": "release",
                    "language": language,
                    "public_from": at,
                },
            )
        yield PublicPicture, {"edition_id": edition, "picture_id": picture}


@act
def _go_on_counting() -> None:
    """Let PostgreSQL give the next ids after ours."""
    for table in (Item, Edition, Revision, Topic, Contact, Picture):
        name = table.__tablename__
        highest = select(func.coalesce(func.max(table.id), 1)).scalar_subquery()
        db.session.execute(select(func.setval(func.pg_get_serial_sequence(name, "id"), highest)))


def main() -> None:
    """Fill the newsroom that the settings describe."""
    app = create_app()
    with app.app_context():
        releases, languages, words = [*sys.argv[1:], *("2000", "fr,en,uk", "350")[len(sys.argv) - 1 :]]
        fill(int(releases), languages=tuple(languages.split(",")), words=int(words))


if __name__ == "__main__":
    main()
