"""``flask leaks``: it finds nothing in a newsroom that keeps its secrets, and what one lets out."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image

from app import clock
from app.editorial import service
from app.editorial.models import State
from app.leaks.probe import asking, leaks, surfaces
from app.leaks.queries import secrets
from app.library import service as library
from tests import make

TITLE = "Seven giraffes were counted near the river yesterday"
LEAD = "They were said to be on their way to the northern lakes."
BODY = "<p>Nobody knew why giraffes should walk so far, and so slowly, in a winter like this one.</p>"


def hidden(state=State.DRAFT, **known):
    """A text that readers may not see."""
    return make.release(
        state, title=TITLE, lead=LEAD, body=BODY, at=clock.now() + timedelta(hours=1), **known
    )


def told(app, change=lambda path, status, text: (status, text)):
    """What the probe finds when answers are changed on their way by ``change``."""
    ask = asking(app, None)
    return list(leaks(app, lambda path: change(path, *ask(path)), secrets()))


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.IN_REVIEW, State.APPROVED, State.SCHEDULED, State.EMBARGO]
)
def test_a_newsroom_that_keeps_its_secrets_tells_none(app, run_jobs, state):
    make.published()
    for language in ("fr", "en", "uk"):
        hidden(state, language=language)
    run_jobs()
    assert told(app) == []
    answer = app.test_cli_runner().invoke(args=["leaks"])
    assert (answer.exit_code, answer.output) == (
        0,
        "Texts that are not public: 3. None of them is told anywhere.\n",
    )


def test_every_kind_of_public_surface_is_asked(app):
    make.published()
    asked = set(surfaces(app, asking(app, None)))
    assert {"/fr/", "/uk/news/", "/en/news/?page=2", "/en/news.atom", "/robots.txt", "/sitemap.xml"} <= asked
    assert {"/sitemap-en-1.xml", "/fr/search/"} <= asked
    assert not {path for path in asked if path.startswith("/desk")}


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ("/en/", f"<a>{TITLE}</a>"),
        ("/fr/news.atom", f"&lt;p&gt;{LEAD}&lt;/p&gt;"),
        ("/sitemap-en-1.xml", TITLE.replace(" ", "-")),
        ("/en/search/?q=seven+giraffes+were", f"<li>{TITLE.upper()}</li>"),
    ],
)
def test_words_of_a_hidden_text_are_found_wherever_they_are_told(app, where, words):
    edition = hidden()
    found = told(app, lambda path, status, text: (status, text + words if path == where else text))
    assert [(leak.secret, leak.address) for leak in found] == [(f"release {edition.item_id} (en)", where)]


def test_an_address_that_answers_is_a_leak_even_without_words(app):
    edition = hidden(State.EMBARGO)
    here = f"/en/news/{edition.path}"
    found = told(app, lambda path, status, text: (301 if path == here else status, text))
    assert [(leak.address, leak.words) for leak in found] == [(here, "answers 301")]


def test_a_picture_of_a_hidden_text_is_asked_for(app):
    out = io.BytesIO()
    Image.new("RGB", (800, 600), "navy").save(out, "PNG")
    picture = library.add_picture(out.getvalue(), credit="Office", by=make.officer())
    hidden(facts=make.shared(pictures=(picture.id,)))
    (secret,) = secrets()
    files = [path for path in secret.addresses if path.startswith("/media/pictures/")]
    assert len(files) == 2
    found = told(app, lambda path, status, text: (200 if path in files else status, ""))
    assert {leak.address for leak in found} == set(files)


def test_a_change_of_a_public_text_is_a_secret_and_what_is_public_of_it_is_not(app):
    edition = make.published(title=TITLE, lead=LEAD, body=BODY)
    changed = BODY.replace("a winter like this one", "this unusually warm and early spring")
    service.save(
        edition, make.text(title=TITLE, lead=LEAD, body=changed), make.shared(), base=1, by=make.officer()
    )
    assert told(app) == []
    leaked = "so slowly in this unusually warm and early spring"
    found = told(app, lambda path, status, text: (status, text + leaked if path == "/uk/" else text))
    assert {leak.address for leak in found} == {"/uk/"}


def test_the_title_of_a_withdrawn_text_is_told_and_its_words_and_the_next_title_are_secrets(app):
    edition = make.published(title=TITLE, lead=LEAD, body=BODY)
    service.withdraw(edition, reason="They were zebras.", by=make.officer("Amélie"))
    assert told(app) == []
    for leaked in ("Nobody knew why giraffes should walk", "on their way to the northern lakes"):
        found = told(
            app,
            lambda path, status, text, leaked=leaked: (
                status,
                f"{text} {leaked}" if path == "/en/" else text,
            ),
        )
        assert {leak.address for leak in found} == {"/en/"}

    changed = make.text(title="Seven zebras were counted near the river yesterday", lead=LEAD, body=BODY)
    service.save(edition, changed, make.shared(), base=1, by=make.officer())
    assert told(app) == []
    found = told(
        app, lambda path, status, text: (status, f"{text} {changed.title}" if path == "/en/" else text)
    )
    assert {leak.address for leak in found} == {"/en/"}


def test_a_text_is_no_secret_any_more_at_its_moment(app, frozen):
    hidden(State.EMBARGO)
    assert len(list(secrets())) == 1
    frozen.at += timedelta(hours=1)
    assert list(secrets()) == []


def test_the_command_says_what_leaks_and_ends_with_1(app, monkeypatch):
    hidden()
    monkeypatch.setattr("app.leaks.cli.asking", lambda app, url, cookie="": lambda path: (200, TITLE))
    answer = app.test_cli_runner().invoke(args=["leaks"])
    assert answer.exit_code == 1
    assert "release 1 (en) is told at /fr/: seven giraffes were counted near the" in answer.stderr
