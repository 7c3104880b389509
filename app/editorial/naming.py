"""Subjects, contacts and the office itself, as pages of every type name them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from app.editorial import linking, queries
from app.editorial.remembered import home, remembered
from app.here import setting
from app.languages import current
from app.languages import gettext as _


@dataclass(frozen=True, slots=True)
class Named:
    """A topic, in the language of the page: where its page is, or else the list of what is filed under it."""

    id: int
    key: str
    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Called:
    """A press contact, in the language of the page."""

    name: str
    function: str
    hours: str
    phone: str
    email: str
    languages: tuple[str, ...] = ()
    is_listed: bool = True


def topics(language: str) -> dict[str, Named]:
    """Return all topics by key, named in ``language``."""
    return remembered(("topics", language), lambda: _named(language), home=home())


def _named(language: str) -> dict[str, Named]:
    pages = {
        page.subject_id: linking.address("topic", language, page.path)
        for page in queries.pages_of_subjects()
        if page.language == language
    }
    return {
        topic.key: Named(
            topic.id,
            topic.key,
            topic.names.get(language) or topic.names["en"],
            pages.get(topic.id) or f"/{language}/news/?topic={topic.key}",
        )
        for topic in queries.topics()
    }


def contacts(language: str) -> dict[int, Called]:
    """Return all contacts by id, with their words in ``language``."""
    return remembered(("contacts", language), lambda: _called(language), home=home())


def _called(language: str) -> dict[int, Called]:
    def word(words: dict[str, str]) -> str:
        return words.get(language) or words.get("en", "")

    return {
        c.id: Called(
            word(c.names),
            word(c.functions),
            word(c.hours),
            c.phone,
            c.email,
            tuple(c.languages),
            c.is_listed,
        )
        for c in queries.contacts()
    }


def office() -> Called:
    """Return the press office itself, for pages that name nobody."""
    return _office(current(), setting("PRESS_PHONE"), setting("PRESS_EMAIL"))


@cache
def _office(language: str, phone: str, email: str) -> Called:
    return Called(_("Press office"), "", _("day and night"), phone, email)


def nobody() -> str:
    """Return what stands in a list of contacts for none of them."""
    return _("No contact named")
