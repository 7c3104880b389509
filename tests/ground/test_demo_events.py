"""The demonstration’s events: in three languages, right about their hours, and told by the real acts."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest

from app.demo import content, happened
from app.demo.happenings import happenings
from app.editorial import service
from app.editorial.models import Topic
from app.events import queries
from app.events.models import Access, EntryKind, Kind
from app.languages import LANGUAGES
from tests import make

TODAY = date(2025, 11, 20)  # of the frozen clock
ALL = [pytest.param(each, id=each.key) for each in happenings(TODAY)]


@pytest.mark.parametrize("happening", ALL)
def test_every_word_is_there_in_three_languages(happening):
    for words in (happening.title, happening.lead, happening.place, happening.body):
        assert set(words) == set(LANGUAGES)
    assert all(happening.title.values())
    for line in happening.lines:
        for words in (line.title, line.place, line.people, line.conditions, line.note):
            assert set(words) in (set(), set(LANGUAGES))
        assert all(line.title.values())
    for change in happening.changes:
        assert all(set(note) == set(LANGUAGES) for note in change.notes.values())


@pytest.mark.parametrize("happening", ALL)
def test_hours_kinds_and_subjects_are_such_as_there_are(happening):
    assert happening.kind in set(Kind)
    assert set(happening.topics) <= {topic.key for topic in content.topics()}
    assert happening.contact in {contact.key for contact in content.contacts()}
    for line in happening.lines:
        assert line.kind in set(EntryKind)
        assert line.access in set(Access)
        assert line.ends is None or line.ends > line.begins
    begins = [(line.day, line.begins) for line in happening.lines]
    assert begins == sorted(begins)
    for change in happening.changes:
        assert change.at > happening.told_at


def test_the_real_meetings_say_that_their_hours_are_made_up():
    for happening in happenings(TODAY)[:2]:
        assert "démonstration" in happening.body["fr"]
        assert "demonstration" in happening.body["en"]
        assert "демонстрації" in happening.body["uk"]


@pytest.fixture
def told(app, frozen):
    """The demonstration’s events, as far as they are told by now."""
    people = {"writer": make.officer("Oksana"), "publisher": make.officer("Amélie")}
    for topic in content.topics():
        service.keep_topic(Topic(key=topic.key, names=dict(topic.names)), by=None)
    contacts = {each.key: make.contact(each.key).id for each in content.contacts()}

    def resolve(text, language):
        return re.sub("story:.*", f"/{language}/about/privacy", text)

    steps = [step for step in happened.steps(people, contacts, resolve) if step[0] <= frozen.at]
    for _at, do in sorted(steps, key=lambda step: step[0]):
        do()
    return steps


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_week_shows_today_tomorrow_what_moved_and_what_was_cancelled(told, browse, language):
    coming = queries.coming(language)
    assert [row.event_state for row in coming] == ["planned", "planned", "cancelled", "planned"]
    for row in coming:
        browse(f"/{language}/events/{row.path}")
    visit = browse(f"/{language}/events/{coming[1].path}")
    assert len(visit.all(".programme__entry del")) == 1
    assert len(visit.all(".programme__entry--cancelled")) == 1
    assert len(browse(f"/{language}/").all(".today-rail__row")) >= 4
    assert len(queries.past(language)) == 2  # the ministers meet in December


def test_nothing_is_told_before_its_day(app, frozen):
    people = {"writer": make.officer("Oksana"), "publisher": make.officer("Amélie")}
    moments = [at for at, _do in happened.steps(people, {}, lambda text, language: text)]
    week = [at for at in moments if at > frozen.at]
    assert len(week) == 3  # all of them of the meeting of 3 December
    assert max(week) < frozen.at + timedelta(days=15)
