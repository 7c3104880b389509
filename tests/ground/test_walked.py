"""A step that was walked before is put back, and nobody can tell: except by how long it takes."""

from __future__ import annotations

from threading import Thread

import pytest

from app.database import db
from app.editorial import service
from app.editorial.models import Edition, State
from tests import make, walked
from tests.conftest import NOON
from tests.ground.test_put_back import everything
from tests.signing import sign_in

pytestmark = pytest.mark.skipif(walked.IS_PLAYED, reason="all steps are played in this run")


@pytest.fixture
def all_steps(states):
    """Steps of this test's own: those of the process are kept for the tests that follow."""
    steps = walked.Steps(states, lambda: None)
    yield steps
    while steps._kept:
        states.drop(steps._kept.popitem()[0])


@pytest.fixture
def anew(app, states, all_steps):
    """Begin again in an empty newsroom."""

    def begin():
        db.session.rollback()
        states.put_back("empty")
        all_steps.begin("test_walked")

    return begin


@pytest.fixture
def played(monkeypatch):
    """The titles of the texts that were really written."""
    told = []
    start = service.start

    def heard(item, language, text, *args, **kwargs):
        told.append(text.title)
        return start(item, language, text, *args, **kwargs)

    monkeypatch.setattr(service, "start", heard)
    return told


@pytest.fixture
def steps(all_steps):
    """The steps, although part of the program is replaced here: by what listens only."""
    return all_steps


def test_the_third_time_a_step_is_put_back_and_all_is_as_it_was(played, anew):
    seen = []
    for _ in range(3):
        anew()
        edition = make.release(State.PUBLISHED, title="Walked thrice")
        assert (edition.state, edition.current.title) == (State.PUBLISHED, "Walked thrice")
        assert db.session.get(Edition, edition.id) is edition
        seen.append({name: len(rows) for name, rows in everything().items()})
    assert played == ["Walked thrice"] * 2
    assert seen[0] == seen[1] == seen[2]


def test_other_words_another_hour_and_another_way_there_are_other_steps(played, anew, frozen):
    for _ in range(3):
        anew()
        make.release(title="Known")
    played.clear()
    anew()
    make.release(title="Unknown")
    anew()
    frozen.at = NOON.replace(hour=23)
    make.release(title="Known")
    frozen.at = NOON
    anew()
    make.topic("energy")
    make.release(title="Known")
    assert played == ["Unknown", "Known", "Known"]


def test_after_something_else_was_done_steps_are_played(played, anew):
    for _ in range(3):
        anew()
        make.release(title="Known", by=make.officer("Oksana"))
    played.clear()
    anew()
    oksana = make.officer("Oksana")
    service.start(make.Release(), "en", make.text("en", title="By itself"), make.shared(), by=oksana)
    make.release(title="Known", by=oksana)
    assert played == ["By itself", "Known"]


def test_who_signed_in_in_a_newsroom_put_back_is_signed_in(anew, app):
    for _ in range(4):
        anew()
        client = sign_in(app.test_client(), make.officer("Oksana"))
        assert client.get("/desk/").status_code == 200


def test_after_a_step_that_was_forgotten_nothing_is_put_back(anew, all_steps, states, app):
    def walk():
        anew()
        client = sign_in(app.test_client(), make.officer("Oksana"))
        make.release(State.PUBLISHED)
        return client.get("/desk/").status_code

    assert [walk(), walk()] == [200, 200]
    forgotten = [place for place in all_steps._kept if place[1] == "_token_for"]
    assert len(forgotten) == 1
    all_steps._kept.pop(forgotten[0])
    states.drop(forgotten[0])
    assert [walk(), walk()] == [200, 200]


def test_another_thread_never_walks(anew, all_steps):
    told = []
    thread = Thread(target=lambda: told.append(all_steps._next("step", ())))
    anew()
    thread.start()
    thread.join()
    assert told == [None]


def test_of_many_states_the_oldest_are_forgotten(monkeypatch, played, anew):
    monkeypatch.setattr(walked, "MOST", 1)
    for title in ("One", "Two"):
        for _ in range(2):
            anew()
            make.release(title=title)
    played.clear()
    for title in ("Two", "One"):
        anew()
        make.release(title=title)
    assert played == ["One"]


def test_what_cannot_be_compared_is_played(anew):
    with pytest.raises(walked.Unsayable):
        walked.said(make.Release())
    assert walked.said([1, {"a": NOON}]) == walked.said([1, {"a": NOON}])
    assert walked.said(1) != walked.said(True)
