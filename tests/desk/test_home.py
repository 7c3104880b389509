"""The front page of the desk: what goes out next, what waits for whom, what was done."""

from __future__ import annotations

from datetime import timedelta

import pytest

from app.editorial.models import State
from tests import make


@pytest.fixture
def amelie(app):
    """A browser in which Amélie (editor) is signed in."""
    return make.signed_in(app, "Amélie")


def test_a_day_without_publications_says_so_and_shows_the_next_moment(browse, amelie, frozen):
    make.release(State.EMBARGO, at=frozen.at + timedelta(days=1))

    page = browse("/desk/", by=amelie)
    assert "Nothing is to be published today." in page.words(".rail")
    assert "tomorrow, 12:00" in page.words(".rail__row--next")
    assert "Under embargo" in page.words(".rail__row--next")


def test_the_first_moment_of_today_that_is_not_over_is_the_next_one(browse, amelie, frozen):
    make.release(State.PUBLISHED, at=frozen.at - timedelta(hours=2))
    make.release(State.SCHEDULED, at=frozen.at + timedelta(minutes=42))
    make.release(State.SCHEDULED, at=frozen.at + timedelta(days=2))

    page = browse("/desk/", by=amelie)
    assert len(page.all(".rail__row--next")) == 1
    assert "public in 42 min" in page.words(".rail__row--next")
    assert len(page.all(".rail__row")) == 2
    assert len(page.all(".rail__coming")) == 1


def test_a_newsroom_in_which_nothing_happened_says_so(browse, amelie):
    page = browse("/desk/", by=amelie)
    assert "Nothing is waiting for you" in page.words()
    assert "Nothing has happened yet." in page.words()
    assert not page.all(".rail__list")
