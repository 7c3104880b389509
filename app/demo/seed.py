"""Filling an empty newsroom with the demonstration, through the same acts that officers use.

The clock is told the hours of the stories, so that the log, the references and the revisions read
like the two years of an office that worked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from datetime import datetime, timedelta
from functools import partial
from multiprocessing import get_context

from flask import current_app
from sqlalchemy import func, select

from app import clock
from app.accounts import service as accounts
from app.accounts.models import Account
from app.accreditation.models import Group
from app.database import db
from app.demo import content, films, galleries, happened, letters, media, pictures, topic_pages
from app.demo.pieces import SEEN
from app.editorial import service
from app.editorial.models import Contact, Edition, Topic
from app.editorial.service import Shared, Text
from app.library import service as library
from app.releases.models import Release
from app.text import markup, slugs, typography

# Known to everybody who reads this: the reason why production refuses a demonstration.
OFFICERS = (
    ("oksana@newsroom.example", "Oksana Melnyk", "writer", "uk", "Sonyashnyk-2025!"),
    ("amelie@newsroom.example", "Amélie Rousseau", "publisher", "fr", "Coquelicot-2025!"),
    ("ada@newsroom.example", "Ada Holm", "administrator", "en", "Cornflower-2025!"),
)
LANGUAGES = ("fr", "en", "uk")


def is_empty() -> bool:
    """Whether nobody can sign in yet."""
    return not db.session.scalar(select(func.count()).select_from(Account))


def told() -> str:
    """Return who can sign in to the demonstration, for the terminal; nothing where it was never made."""
    known = set(db.session.scalars(select(Account.email)))
    rows = [
        f"  {email:28} {password:18} {name}, {role}"
        for email, name, role, _, password in OFFICERS
        if email in known
    ]
    if media.JOURNALIST.email in known:
        rows.append(
            f"  {media.JOURNALIST.email:28} {media.PASSWORD:18} {media.JOURNALIST.name}, of the media"
        )
    return "\n".join(["Accounts of the demonstration:", *rows]) if rows else ""


def seed_newsroom(tell: Callable[[str], object] = lambda line: None) -> None:
    """Make the demonstration: officers, topics, contacts, pictures, every story with its history, and a journalist.

    Raises RuntimeError in production: everybody knows these passwords.
    """
    if current_app.config["MODE"] == "production":
        raise RuntimeError("the demonstration's passwords are public: it is not for production")
    stories = sorted(content.stories(), key=lambda story: story.published_at)
    opened = stories[0].published_at - timedelta(days=30)
    with clock.at(opened):
        people = {
            role: accounts.add_officer(
                email=email, name=name, roles=[role], language=language, password=password, by=None
            )
            for email, name, role, language, password in OFFICERS
        }
        for position, topic in enumerate(content.topics()):
            service.keep_topic(
                Topic(key=topic.key, names=dict(topic.names), position=position), by=people["publisher"]
            )
        contacts = {each.key: _contact(each, people["publisher"]) for each in content.contacts()}
        shown = _pictures(people["publisher"])
    tell(f"Pictures: {len(shown)}")
    addresses = {
        (story.key, language): _address(story, language) for story in stories for language in story.editions
    }
    items: dict[str, int] = {}
    steps: list[happened.Step] = [
        (story.published_at, partial(_publish, story, people, contacts, shown, addresses, items))
        for story in stories
    ]
    steps += topic_pages.steps(people, items, shown, contacts["press-desk"])
    steps += happened.steps(people, contacts, lambda text, language: _resolved(text, language, addresses))
    for _at, do in sorted(steps, key=lambda step: step[0]):
        do()
    with clock.at(clock.now() - timedelta(days=20)):
        newsrooms = media.open_accounts(people["administrator"])
    filmed = films.publish(
        current_app._get_current_object(),  # type: ignore[attr-defined]
        people["writer"],
        people["publisher"],
        contacts["press-desk"],
    )
    tell(f"Videos: {filmed}")
    newest_first = sorted(stories, key=lambda story: story.published_at, reverse=True)
    letters.seed_letters(
        people["administrator"], [items[story.key] for story in newest_first], newest_first[0].published_at
    )
    _work_in_progress(people, contacts, shown, newsrooms)
    tell(f"Releases: {len(stories)}")
    tell(f"Photos: {galleries.publish(people, contacts['press-desk'])}")


def _contact(known: content.Contact, by: Account) -> int:
    kept = Contact(
        key=known.key, names=dict(known.names), functions=dict(known.functions), hours=dict(known.hours),
        phone=known.phone, email=known.email, languages=list(known.languages),
    )  # fmt: skip
    return service.keep_contact(kept, by=by).id


def _pictures(by: Account) -> dict[str, int]:
    """Draw every picture, on all cores, and add it to the library as an officer would."""
    wanted = list(pictures.pictures())
    with ProcessPoolExecutor(mp_context=get_context("spawn")) as pool:
        drawn = pool.map(pictures.draw, [picture.key for picture in wanted])
        return {
            picture.key: library.add_picture(
                data, title=picture.titles["en"], credit=picture.credit, by=by
            ).id
            for picture, data in zip(wanted, drawn, strict=True)
        }


def _address(story: content.Story, language: str) -> str:
    """Return where ``story`` will be: links between stories are written before they are published."""
    local = story.published_at.astimezone(current_app.config["ZONE"])
    title = typography.put_right(markup.one_line(story.editions[language].title), language)
    return f"/{language}/news/{local:%Y/%m/%d}/{slugs.slug(title)}"


def _resolved(text: str, language: str, addresses: dict[tuple[str, str], str]) -> str:
    def lead_on(match: re.Match[str]) -> str:
        key = match[1]
        return next(addresses[key, code] for code in (language, *LANGUAGES) if (key, code) in addresses)

    return re.sub(r"story:([a-z0-9_-]+)", lead_on, text)


def _text(
    text: content.Text, language: str, story: content.Story, shown: dict[str, int], addresses: dict
) -> Text:
    links = []
    for title, url, link_language in text.links:
        found = _resolved(url, language, addresses)
        own = found[1:3] if found.startswith(tuple(f"/{code}/" for code in LANGUAGES)) else link_language
        links.append({"title": title, "url": found, "language": own})
    return Text(
        title=text.title,
        lead=text.lead,
        body=_resolved(text.body, language, addresses),
        place=text.place,
        picture_words={
            shown[key]: {"alt": alt, "is_decorative": False, "caption": caption}
            for key, (alt, caption) in text.picture_alts.items()
        },
        fields={
            "quotes": [
                {"text": words, "speaker": speaker, "function": function}
                for words, speaker, function in text.quotes
            ],
            "links": links,
        },
    )


def _publish(
    story: content.Story,
    people: dict[str, Account],
    contacts: dict[str, int],
    shown: dict[str, int],
    addresses: dict,
    items: dict[str, int],
) -> None:
    """Publish ``story`` by its acts, and note its item in ``items``."""
    shared = Shared(
        kind=story.kind,
        date=story.date,
        topics=tuple(story.topics),
        contact_id=contacts.get(story.contact or ""),
        pictures=tuple(shown[key] for key in story.pictures),
    )
    release, editions = Release(), []
    with clock.at(story.published_at - timedelta(hours=3)):
        for language, text in story.editions.items():
            words = _text(text, language, story, shown, addresses)
            editions.append(service.start(release, language, words, shared, by=people["writer"]))
        for edition in editions:
            service.submit(edition, by=people["writer"], reason=SEEN)
    with clock.at(story.published_at - timedelta(hours=1)):
        for edition in editions:
            service.approve(edition, by=people["publisher"])
    with clock.at(story.published_at):
        for edition in editions:
            service.publish(edition, by=people["publisher"])
    items[story.key] = release.id


def _work_in_progress(
    people: dict[str, Account], contacts: dict[str, int], shown: dict[str, int], newsrooms: Group
) -> None:
    """Leave the desk as an office leaves it in the middle of a day: a draft, a review, a return, a moment set."""
    at = clock.now()
    for number, (story, state) in enumerate(content.unfinished()):
        shared = Shared(
            kind=story.kind, date=(at + timedelta(days=1)).date(), topics=tuple(story.topics),
            contact_id=contacts.get(story.contact or ""), pictures=tuple(shown[key] for key in story.pictures),
        )  # fmt: skip
        release = Release()
        with clock.at(at - timedelta(minutes=90 - 10 * number)):
            for language, text in story.editions.items():
                edition = service.start(
                    release, language, _text(text, language, story, shown, {}), shared, by=people["writer"]
                )
                _bring_to(edition, state, people, at, newsrooms)


def _bring_to(
    edition: Edition, state: str, people: dict[str, Account], at: datetime, newsrooms: Group
) -> None:
    if state == "draft":
        return
    service.submit(edition, by=people["writer"], reason=SEEN)
    if state == "returned":
        service.send_back(edition, comment=content.COMMENT[edition.language], by=people["publisher"])
    elif state in ("approved", "embargo"):
        service.approve(edition, by=people["publisher"])
        if state == "embargo":
            tomorrow = (at + timedelta(days=1)).replace(hour=14, minute=0, second=0, microsecond=0)
            service.publish(
                edition, by=people["publisher"], wanted_at=tomorrow, is_embargo=True, groups=[newsrooms]
            )
