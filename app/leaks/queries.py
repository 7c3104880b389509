"""What nobody may read, and by which words it would be recognised."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app
from sqlalchemy import or_, select
from sqlalchemy.orm import joinedload

from app import clock
from app.database import db
from app.editorial import queries
from app.editorial.models import Edition, Revision
from app.editorial.queries import afterwards
from app.editorial.service.filing import masters_shown
from app.library import queries as library
from app.library.cards import of_event
from app.library.models import Picture
from app.library.rules import OPEN
from app.library.showing import readdressed
from app.text import markup
from app.videos import queries as films
from app.writing.sections import of_type

WORDS_OF_A_PHRASE = 6
MOST_PHRASES = 40  # of one text: from its title, its lead, and all along its body


@dataclass(frozen=True)
class Secret:
    """A text that readers may not see: ``name`` says which, ``phrases`` are words that only it has.

    ``addresses`` are where a stranger would look for it and its files (pictures, films, photos, captions): nothing may
    be there. An edition that was public keeps its address, with another text or with a notice, so it has none.
    ``early`` are where members of its groups read it before its hour: nobody else is told anything there.
    """

    name: str
    phrases: tuple[str, ...]
    addresses: tuple[str, ...]
    early: tuple[str, ...] = ()


def plain(words: str) -> str:
    """Return ``words`` as phrases are compared: small letters and digits, one space between."""
    return " ".join(re.findall(r"\w+", words.casefold()))


def secrets() -> Iterator[Secret]:
    """Yield every text that is not public: drafts, what waits for its moment, changes of public texts."""
    at = clock.now()
    hidden = select(Edition).where(
        or_(
            Edition.public_from.is_(None),
            Edition.public_from > at,
            Edition.public_revision_id != Edition.current_revision_id,
        )
    )
    hidden = hidden.options(joinedload(Edition.current)).order_by(Edition.id)
    for edition in db.session.scalars(hidden.execution_options(yield_per=100)):
        if edition.current is not None:
            yield _secret(edition, edition.current, is_public=_is_public(edition))


def _is_public(edition: Edition) -> bool:
    return db.session.scalar(queries.public(Edition.id).where(Edition.id == edition.id)) is not None


def _secret(edition: Edition, revision: Revision, *, is_public: bool) -> Secret:
    was_public = is_public or edition.first_public_at is not None
    return Secret(
        name=f"{edition.type} {edition.item_id} ({edition.language})",
        phrases=tuple(dict.fromkeys(_phrases(revision, has_title=not _is_told_of(edition, revision)))),
        addresses=(
            *(() if was_public else _addresses(edition, revision)),
            *_pictures(revision),
            *_films(edition, revision),
        ),
        early=tuple(_early(edition)),
    )


def _is_told_of(edition: Edition, revision: Revision) -> bool:
    """Whether a withdrawal tells the title of ``revision``: on its page, and in the feed that it was in."""
    if edition.ending != "withdrawn":
        return False
    seen = db.session.get(Revision, afterwards.last_seen(edition.id))
    return seen is not None and seen.title == revision.title


def _phrases(revision: Revision, *, has_title: bool) -> Iterator[str]:
    """Yield phrases of ``revision``, spread over all of it; ``has_title`` is false where its title is no secret."""
    own = " ".join(_strings(json.loads(json.dumps([revision.fields, revision.facts]))))
    for text in (revision.title if has_title else "", revision.lead, f"{markup.plain(revision.body)} {own}"):
        words = plain(text).split()
        starts = range(0, len(words) - WORDS_OF_A_PHRASE + 1, WORDS_OF_A_PHRASE)
        for start in list(starts)[:: max(1, len(starts) // MOST_PHRASES + 1)]:
            yield " ".join(words[start : start + WORDS_OF_A_PHRASE])


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield markup.plain(value) if "<" in value else value
    elif isinstance(value, dict):
        for each in value.values():
            yield from _strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from _strings(each)


def _addresses(edition: Edition, revision: Revision) -> Iterator[str]:
    """Yield where a stranger would look for a text that was never public: its address, or a good guess at it."""
    address = of_type(edition.type).address
    paths = {edition.path} if edition.path else set()
    if revision.slug:
        zone = current_app.config["ZONE"]
        days = {moment.astimezone(zone).date() for moment in (clock.now(), edition.public_from) if moment}
        days |= {revision.date} if revision.date else set()
        paths |= {f"{day:%Y/%m/%d}/{revision.slug}" for day in days} | {revision.slug}
    for path in sorted(paths):
        yield from (address(edition.language, path) + ending for ending in ("", ".txt", ".ics"))


def _early(edition: Edition) -> Iterator[str]:
    """Yield where members of groups read a text under embargo, and its first picture's and master's files there."""
    if edition.embargo_key is None or edition.current is None:
        return
    here = f"/{edition.language}/account/embargoes/{edition.embargo_key}"
    yield from (here, f"{here}.txt")
    ids = [each["picture"] for each in edition.current.pictures[:1]]
    for key in db.session.scalars(select(Picture.key).where(Picture.id.in_(ids))):
        yield f"{here}/pictures/{key}/hd.jpg"
    for master_id in sorted(masters_shown(edition.current.facts))[:1]:
        yield from (f"{here}/masters/{master_id}/{name}" for name in _made_of(master_id))
    yield from (
        readdressed(film.still.url, here)
        for film in of_event(edition.item_id, edition.language).films
        if film.still
    )
    if captions := _captions(edition.current):
        yield f"{here}/captions/{edition.id}/{captions}"


def _pictures(revision: Revision) -> Iterator[str]:
    """Yield the files of pictures that no public page shows."""
    ids = {each["picture"] for each in revision.pictures}
    hidden = [number for number in sorted(ids) if not queries.public_picture(number)]
    for key in db.session.scalars(select(Picture.key).where(Picture.id.in_(hidden))):
        yield from (library.address(key, name) for name in ("320.jpg", "hd.jpg"))


def _films(edition: Edition, revision: Revision) -> Iterator[str]:
    """Yield what is made of films and photos that no public page shows, and captions that none has."""
    for master_id in sorted(masters_shown(revision.facts)):
        if not queries.public_master(master_id):
            yield from (f"/media/masters/{master_id}/{name}" for name in _made_of(master_id))
    captions = _captions(revision)
    if captions and (films.public_captions(edition.id) or "").rpartition("/")[2] != captions:
        yield f"/media/captions/{edition.id}/{captions}"


def _made_of(master_id: int) -> list[str]:
    """Return how the file is called that tells most of a master, once it is made: a film's preview, or a photo."""
    master = library.master(master_id)
    names = [file.url.rpartition("/")[2] for file in master.files.values()] if master else []
    told = sorted(filter(OPEN.fullmatch, names), key=lambda name: name != "preview.mp4")
    return told[:1]


def _captions(revision: Revision) -> str:
    """Return how the file of its captions is called, or "" where it has none."""
    return str(revision.fields.get("captions") or "").rpartition("/")[2]


def is_public_phrase(phrase: str, near: Sequence[str]) -> bool:
    """Whether a public text has ``phrase``, too; ``near`` are the words of it that a database can look for."""
    wanted = queries.public(Revision.title, Revision.lead, Revision.shown, Revision.fields, Revision.facts)
    longest = max(near, key=len)
    has_it = or_(
        Revision.shown.icontains(longest, autoescape=True),
        Revision.title.icontains(longest, autoescape=True),
        Revision.lead.icontains(longest, autoescape=True),
    )
    for row in db.session.execute(wanted.where(has_it).execution_options(yield_per=100)):
        own = " ".join(_strings([row.fields, row.facts]))
        said = plain(" ".join([row.title, row.lead, markup.plain(row.shown), own]))
        if phrase in said:
            return True
    return False
