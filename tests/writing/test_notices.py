"""Mails about texts that cannot wait until somebody looks at the desk."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.editorial import service
from app.editorial.models import State
from app.editorial.service.together import ask_together
from tests import make


@pytest.fixture
def office(app):
    """Oksana writes, Rosa reviews, Amélie and Ada publish, Nora sends the newsletter."""
    return {name: make.officer(name) for name in ("Oksana", "Rosa", "Amélie", "Ada", "Nora")}


def told(outbox):
    """To whom each mail went, and its subject."""
    return sorted((mail.to, mail.subject) for mail in outbox())


def test_who_may_review_is_told_of_what_one_person_published_alone(office, outbox, run_jobs):
    edition = make.release(title="Bridges")
    service.publish_urgently(edition, reason="The bridge is closed.", by=office["Amélie"])
    run_jobs()
    subject = "Urgent, to be confirmed: Bridges"
    assert told(outbox) == [("ada@office.test", subject), ("rosa@office.test", subject)]
    text = outbox()[0].text
    assert "The bridge is closed." in text
    assert f"http://newsroom.test/desk/releases/{edition.item_id}/en/confirm" in text


def test_nobody_is_asked_to_confirm_what_was_confirmed_meanwhile(office, outbox, run_jobs):
    edition = make.release()
    service.publish_urgently(edition, reason="Now.", by=office["Amélie"])
    service.confirm(edition, by=office["Rosa"])
    run_jobs()
    assert told(outbox) == []


def test_who_may_publish_is_told_of_a_text_that_is_held(office, outbox, run_jobs, frozen):
    french = make.release(State.APPROVED, language="fr", title="Ponts")
    english = make.release(State.APPROVED, title="Bridges", item=french.item)
    ask_together(french.item, ("fr", "en"), by=office["Amélie"])
    service.publish(english, by=office["Amélie"], wanted_at=frozen.at + timedelta(hours=2))
    service.save(french, make.text("fr", title="Autres ponts"), make.shared(), base=1, by=office["Oksana"])
    run_jobs()
    assert told(outbox) == [
        (f"{name}@office.test", "Held, not published at its moment: Bridges") for name in ("ada", "amelie")
    ]
    run_jobs()
    assert len(outbox()) == 2
