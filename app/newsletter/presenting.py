"""What a page is given of the newsletter: what somebody would have received last week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from app import clock
from app.editorial import linking
from app.languages import current
from app.newsletter import queries
from app.newsletter.models import IfMissing, Kind
from app.newsletter.rules import ADVISORY, Wish
from app.web.filters import day

DAYS = 7
NEWEST = 5  # texts that are shown instead, after a week without any
LONG_AGO = datetime(2000, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class Told:
    """A text that was published last week."""

    title: str
    url: str
    language: str
    at: datetime
    is_advisory: bool


@dataclass(frozen=True)
class Week:
    """Last week: the ``texts`` that a wish would have brought, and how many mails of each kind: {kind: a sentence}.

    After a week without any, ``texts`` are the newest of before: ``is_older``.
    """

    texts: list[Told]
    counts: dict[str, str]
    is_older: bool = False


def last_week(wish: Wish) -> Week:
    """Return what ``wish`` would have brought in the last seven days; of no kind, what all kinds would have."""
    now = clock.now()
    start = queries.days_before(now, DAYS)
    rows = [(row, wish.language) for row in queries.published_between(start, now, wish.language, wish.topics)]
    if wish.language != "en" and wish.if_missing == IfMissing.ENGLISH:
        rows += [
            (row, "en")
            for row in queries.published_between(start, now, "en", wish.topics)
            if wish.language not in (row.languages or "").split(",")
        ]
    found = sorted((_told(row, language) for row, language in rows), key=lambda each: each.at, reverse=True)
    releases = [each for each in found if not each.is_advisory]
    days = {day(each.at) for each in found}
    mails = {
        Kind.EVERY: len(releases),
        Kind.DAILY: len(days),
        Kind.FRIDAY: 1 if found else 0,
        Kind.ADVISORIES: len(found) - len(releases),
    }
    counts = {str(kind): _said(number) for kind, number in mails.items()}
    texts = _of_kinds(found, wish)
    if texts:
        return Week(texts, counts)
    before = queries.published_between(LONG_AGO, now, wish.language, wish.topics, limit=NEWEST)
    older = _of_kinds([_told(row, wish.language) for row in before], wish)
    return Week(older, counts, is_older=True)


def _of_kinds(found: list[Told], wish: Wish) -> list[Told]:
    """Return those of the texts ``found`` that ``wish`` is about: summaries tell of all."""
    if set(wish.kinds) == {Kind.ADVISORIES}:
        return [each for each in found if each.is_advisory]
    if set(wish.kinds) == {Kind.EVERY}:
        return [each for each in found if not each.is_advisory]
    return found


def topic_choices() -> list[tuple[int, str]]:
    """Return the topics that somebody may choose, named in the language of the page."""
    code = current()
    return [(topic.id, topic.names.get(code) or topic.names["en"]) for topic in queries.all_topics()]


def topic_names(topic_ids: Any) -> list[str]:
    """Return what these topics are called in the language of the page."""
    wanted = set(topic_ids)
    return [name for number, name in topic_choices() if number in wanted]


def _said(number: int) -> str:
    if not number:
        return _("Last week: none")
    return ngettext("Last week: %(num)s e-mail", "Last week: %(num)s e-mails", number)


def _told(row: Any, language: str) -> Told:
    return Told(
        title=row.title,
        url=linking.address("release", language, row.path),
        language=language,
        at=row.first_public_at or row.public_from,
        is_advisory=row.public_kind == ADVISORY,
    )
