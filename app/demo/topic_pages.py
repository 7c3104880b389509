"""Publishing the topic pages of the demonstration, through the same acts that officers use."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from functools import partial
from typing import Any

from app import clock
from app.accounts.models import Account
from app.demo import content, pictures
from app.demo.pieces import OFFICE, SEEN
from app.demo.topic_pieces import LANGUAGES, TopicText
from app.editorial import service as editorial
from app.editorial.models import Edition, Item
from app.editorial.naming import topics
from app.editorial.service import Shared, Text
from app.topics import service
from app.topics.rules import Asked

# A page that somebody looked through once more, after the meeting that it speaks of.
LOOKED_AT_AGAIN = {"ukraine": datetime(2025, 12, 4, 9, 30, tzinfo=UTC)}
WHAT_IS_NEW = {
    "fr": "Réponses relues après la réunion ministérielle du 3 décembre 2025, avec un lien vers son communiqué.",
    "en": "Answers looked through after the ministerial meeting of 3 December 2025, with a link to its release.",
    "uk": "Відповіді переглянуто після зустрічі міністрів 3 грудня 2025 року, додано посилання на пресреліз.",
}


def steps(
    people: Mapping[str, Account], items: Mapping[str, int], shown: Mapping[str, int], contact_id: int
) -> list[tuple[datetime, Callable[[], None]]]:
    """Return what is done to topic pages, each with its moment.

    ``items`` are those of the stories by key, filled in as they are published: a page links to those that there
    are, and is given the others when somebody looks through it again.
    """
    written: dict[str, list[Edition]] = {}

    def publish(page: TopicText, moment: datetime) -> None:
        with clock.at(moment - timedelta(hours=4)):
            written[page.subject] = _written(page, people["writer"], items, shown, contact_id)
        _published(written[page.subject], people, moment)

    def look_again(page: TopicText, moment: datetime) -> None:
        with clock.at(moment - timedelta(hours=2)):
            for edition in written[page.subject]:
                _checked_again(page, edition, moment, people["writer"], items)
        _published(written[page.subject], people, moment, WHAT_IS_NEW)

    found: list[tuple[datetime, Callable[[], None]]] = []
    for page in content.topic_pages():
        moment = datetime.combine(page.published_on, time(19), OFFICE).astimezone(UTC)
        found.append((moment, partial(publish, page, moment)))
        if again := LOOKED_AT_AGAIN.get(page.subject):
            found.append((again, partial(look_again, page, again)))
    return found


def _published(
    editions: Sequence[Edition],
    people: Mapping[str, Account],
    moment: datetime,
    note: Mapping[str, str] | None = None,
) -> None:
    """Review and publish ``editions``; ``note`` tells readers what is new, in each language."""
    with clock.at(moment - timedelta(hours=1)):
        for edition in editions:
            editorial.submit(edition, by=people["writer"], reason=SEEN)
            editorial.approve(edition, by=people["publisher"])
    with clock.at(moment):
        for edition in editions:
            kind, told = ("update", note[edition.language]) if note else ("", "")
            editorial.publish(edition, by=people["publisher"], kind=kind, note=told)


def _written(
    page: TopicText, by: Account, items: Mapping[str, int], shown: Mapping[str, int], contact_id: int
) -> list[Edition]:
    shared = Shared(
        topics=tuple(page.related), contact_id=contact_id, pictures=tuple(shown[key] for key in page.pictures)
    )
    item: Item | None = None
    editions = []
    for language in LANGUAGES:
        subject = topics(language)[page.subject].id if item is None else None
        text = _text(page, language, items, shown)
        edition = service.start(item, language, text, shared, subject_id=subject, by=by)
        item = edition.item
        for each in page.questions:
            asked = Asked(
                question=each.question.spoken(language),
                answer=each.answer.spoken(language),
                group=each.group.spoken(language),
                checked_on=each.checked_on,
                links=_links(each.links, items),
            )
            service.keep_entry(edition, None, asked, base=edition.current.number, by=by)
        editions.append(edition)
    return editions


def _text(page: TopicText, language: str, items: Mapping[str, int], shown: Mapping[str, int]) -> Text:
    known = {picture.key: picture for picture in pictures.pictures()}
    return Text(
        title=page.title.spoken(language),
        lead=page.lead.spoken(language),
        body=re.sub(r"\n", " ", page.body.spoken(language)),
        picture_words={
            shown[key]: {
                "alt": known[key].alts[language],
                "is_decorative": False,
                "caption": known[key].titles[language],
            }
            for key in page.pictures
        },
        fields={
            "links": [],
            "more": [
                {"title": title.spoken(language), "links": _links(rows, items)} for title, rows in page.more
            ],
            "faq": [],
        },
    )


def _links(rows: Sequence[str | tuple[str, str]], items: Mapping[str, int]) -> list[dict[str, Any]]:
    """Return links as they are kept: to a story by its key, if it is told yet, or to another site."""
    kept = []
    for row in rows:
        if isinstance(row, str) and row not in items:
            continue  # not written yet
        url, title, item = ("", "", items[row]) if isinstance(row, str) else (*row, None)
        kept.append(
            {
                "title": title,
                "url": url,
                "language": "en",
                "item": item,
                "date": None,
                "kind": "page",
                "size_bytes": None,
            }
        )
    return kept


def _checked_again(
    page: TopicText, edition: Edition, moment: datetime, by: Account, items: Mapping[str, int]
) -> None:
    """Give the questions the links that there are by now, and the last with a day of its own a new one."""
    entries = edition.current.fields["faq"] if edition.current else []
    last = [each["id"] for each in entries if each["checked_on"]][-1]
    for known, entry in zip(page.questions, entries, strict=True):
        checked_on = moment.date() if entry["id"] == last else known.checked_on
        asked = Asked(
            entry["question"], entry["answer"], entry["group"], checked_on, _links(known.links, items)
        )
        service.keep_entry(edition, entry["id"], asked, base=edition.current.number, by=by)
