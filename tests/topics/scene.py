"""Topic pages for tests, made by the real acts."""

from __future__ import annotations

from datetime import date
from typing import Any

from app.editorial import service as editorial
from app.editorial.models import Edition, State
from app.editorial.service import Shared, Text
from app.topics import service
from app.topics.models import TopicPage
from app.topics.rules import Asked
from tests import make

TITLES = {"fr": "Soutien à l’Ukraine", "en": "Support for Ukraine", "uk": "Підтримка України"}
QUESTIONS = {
    "fr": ("Qui participe ?", "<p>Trente-deux pays.</p>"),
    "en": ("Who takes part?", "<p>Thirty-two countries.</p>"),
    "uk": ("Хто бере участь?", "<p>Тридцять дві країни.</p>"),
}


def asked(
    question: str = "Who takes part?", answer: str = "<p>Thirty-two countries.</p>", **more: Any
) -> Asked:
    """Return a question and its answer."""
    return Asked(question=question, answer=answer, **more)


def link(**changes: Any) -> dict[str, Any]:
    """Return a kept link."""
    known = {
        "title": "",
        "url": "",
        "language": "en",
        "item": None,
        "date": None,
        "kind": "page",
        "size_bytes": None,
    }
    return known | changes


def topic(
    state: State = State.DRAFT,
    *,
    language: str = "en",
    item: TopicPage | None = None,
    subject: str | None = "ukraine",
    entries: list[Asked] | None = None,
    facts: Shared | None = None,
    **words: Any,
) -> Edition:
    """Return an edition of a topic page with one question (or ``entries``), brought to ``state``."""
    writer, editor = make.officer("Oksana"), make.officer("Amélie")
    known = {"title": TITLES[language], "lead": "A lead.", "body": "<h2>Part</h2><p>The text.</p>"} | words
    subject_id = make.topic(subject).id if subject and item is None else None
    edition = service.start(
        item, language, Text(**known), facts or Shared(), subject_id=subject_id, by=writer
    )
    for each in [asked(*QUESTIONS[language])] if entries is None else entries:
        service.keep_entry(edition, None, each, base=edition.current.number, by=writer)
    if state is State.DRAFT:
        return edition
    editorial.submit(edition, by=writer, reason="It may stay.")
    if state is State.IN_REVIEW:
        return edition
    editorial.approve(edition, by=editor)
    if state is State.APPROVED:
        return edition
    editorial.publish(edition, by=editor)
    if state is State.WITHDRAWN:
        editorial.withdraw(edition, reason="Published in error.", by=editor)
    return edition


def public(**known: Any) -> Edition:
    """Return a published topic page."""
    return topic(State.PUBLISHED, **known)


def ids(edition: Edition) -> list[str]:
    """Return the ids of the questions of the working text."""
    return [each["id"] for each in edition.current.fields["faq"]]


def many(count: int = 200) -> list[Asked]:
    """Return ``count`` questions in groups of twenty."""
    return [
        asked(
            f"Question number {number}?",
            f'<p>Answer {number} with <strong>some</strong> words, and <a href="https://www.example.org/{number}">a link</a>.</p>'
            "<ul><li>one</li><li>two</li></ul>",
            group=f"Group {number // 20 + 1}",
            checked_on=date(2025, 11, 1),
            links=[link(url=f"https://www.example.org/{number}", title="More")],
        )
        for number in range(count)
    ]


def filled(count: int = 200, state: State = State.PUBLISHED, language: str = "en") -> Edition:
    """Return a topic page with ``count`` questions, kept at once: two hundred acts would take a test's time."""
    from app.topics import rules

    entries: list[dict[str, Any]] = []
    for each in many(count):
        made = rules.made(each, language)
        entries.append({"id": rules.fresh_id(made["question"], {e["id"] for e in entries})} | made)
    edition = topic(entries=[], language=language)
    by = make.officer("Oksana")
    editorial.save_fields(
        edition, edition.current.fields | {"faq": entries}, base=edition.current.number, by=by
    )
    if state is State.PUBLISHED:
        editorial.submit(edition, by=by, reason="It may stay.")
        editorial.approve(edition, by=make.officer("Amélie"))
        editorial.publish(edition, by=make.officer("Amélie"))
    return edition
