"""What an office did before the day of test_day.py begins: three officers, a subject with its page, two old releases.

Run as a program, in the environment of a newsroom: ``python -m tests.journeys.yesterday``.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

from app import clock
from app.editorial import service
from app.editorial.models import Edition, State
from app.editorial.service import Shared, Text
from app.topics import service as topics
from app.topics.models import TopicPage
from app.topics.rules import Asked
from tests import make
from wsgi import app

LAST_WEEK = datetime(2025, 11, 24, 9, 0, tzinfo=UTC)
OFFICERS = {"Oksana": ("writer", "uk"), "Petro": ("translator,reviewer", "en"), "Amélie": ("publisher", "fr")}
NAMES = {"fr": "Trains de nuit", "en": "Night trains", "uk": "Нічні поїзди"}
DOSSIER = {
    "fr": (
        "Les trains de nuit, en questions et réponses",
        "Ce que les pays participants ont décidé, et quand les trains circuleront.",
        "Combien de trains circulent la nuit ?",
        "<p>Trente-six trains par semaine, entre dix pays.</p>",
    ),
    "en": (
        "Night trains: questions and answers",
        "What the participating countries have decided, and when the trains will run.",
        "How many trains run at night?",
        "<p>Thirty-six trains a week, between ten countries.</p>",
    ),
    "uk": (
        "Нічні поїзди: запитання й відповіді",
        "Що вирішили країни-учасниці й коли вирушать поїзди.",
        "Скільки поїздів курсує вночі?",
        "<p>Тридцять шість поїздів на тиждень між десятьма країнами.</p>",
    ),
}
WRONG = make.text(
    "en",
    title="A sleeping car is named after its designer",
    lead="The first car of the new series bears her name from today.",
    body="<p>The car was shown in the workshop at Lommel. It sleeps forty-two people.</p>",
    slug="a-sleeping-car-is-named",
)
GONE = make.text(
    "en",
    title="Passengers who tried the new berths",
    lead="Twelve people slept on a train that did not move.",
    body="<p>Their names and addresses are in the table at the end of this text.</p>",
    slug="passengers-who-tried-the-new-berths",
)


def published(edition: Edition) -> Edition:
    """Bring a draft of Oksana's to readers; Amélie decides."""
    amelie = make.officer("Amélie")
    service.submit(edition, by=make.officer("Oksana"), reason="It may stay.")
    service.approve(edition, by=amelie)
    return service.publish(edition, by=amelie)


def released(text: Text) -> Edition:
    """Publish a release."""
    from app.releases.models import Release

    facts = make.shared(date=date(2025, 11, 24))
    return published(service.start(Release(), "en", text, facts, by=make.officer("Oksana")))


def dossier() -> None:
    """Publish the page of the subject in its three languages, with a question each."""
    oksana, item = make.officer("Oksana"), TopicPage()
    subject = make.topic("night-trains", **NAMES)
    for language, (title, lead, question, answer) in DOSSIER.items():
        known: dict[str, Any] = {"subject_id": subject.id} if item.id is None else {}
        text = Text(title=title, lead=lead)
        edition = topics.start(item, language, text, Shared(), by=oksana, **known)
        topics.keep_entry(edition, None, Asked(question, answer), base=edition.current.number, by=oksana)
        published(edition)
        assert edition.state is State.PUBLISHED


if __name__ == "__main__":
    with app.app_context(), clock.at(LAST_WEEK):
        for name, (roles, spoken) in OFFICERS.items():
            make.officer(name, role=roles, language=spoken)
        make.contact()
        released(WRONG)
        released(GONE)
        dossier()
