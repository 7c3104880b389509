"""What the desk finds texts by follows every act, and nothing typed is ever syntax."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select

from app import clock
from app.database import db
from app.editorial import service
from app.editorial.finding import DESK, mark, matching
from app.editorial.models import State
from tests import make


def found(typed="", *facts):
    """The ids of the working revisions that are found."""
    condition = matching(typed, facts)
    wanted = select(DESK.c.rowid)
    return sorted(db.session.scalars(wanted if condition is None else wanted.where(condition)))


def test_a_text_is_found_by_words_of_its_title_whatever_their_case_and_accents(app):
    edition = make.release(language="fr", title="Réunion des ministres à Évreux")
    for typed in ("réunion", "EVREUX", "ministres reunion", "min", "l’Évreux"[2:]):
        assert found(typed) == [edition.current_revision_id], typed
    assert found("ministère") == []
    assert found("in") == []  # a beginning, not a middle


def test_a_new_version_takes_the_place_of_the_old_one(app):
    edition = make.release(title="Road map")
    revision = service.save(
        edition, make.text(title="Sea map"), make.shared(), base=1, by=make.officer("Oksana")
    )
    assert found("road") == []
    assert found("sea map") == [revision.id] == found()


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.IN_REVIEW, State.APPROVED, State.PUBLISHED, State.SCHEDULED, State.EMBARGO]
)
def test_every_act_moves_the_text_to_its_new_state(app, state):
    at = clock.now() + timedelta(hours=2)
    edition = make.release(state, at=at)
    assert found("", mark("state", state.value)) == [edition.current_revision_id]
    others = [other for other in State if other is not state]
    assert [found("", mark("state", other.value)) for other in others] == [[]] * len(others)


def test_a_moment_that_comes_and_a_return_are_followed_too(app, frozen):
    edition = make.release(State.SCHEDULED, at=clock.now() + timedelta(hours=2))
    frozen.at += timedelta(hours=2)
    service.settle()
    assert found("", mark("state", "published")) == [edition.current_revision_id]
    assert found("2025 1", mark("state", "published")) == [edition.current_revision_id]  # its reference
    other = make.release(State.IN_REVIEW)
    service.send_back(other, comment="Shorter.", by=make.officer("Amélie"))
    assert found("", mark("state", "draft")) == [other.current_revision_id]


def test_a_language_is_missing_until_it_is_begun(app):
    french = make.release(language="fr")
    assert found("", mark("no", "uk")) == [french.current_revision_id]
    ukrainian = make.release(language="uk", item=french.item)
    assert found("", mark("no", "uk")) == []
    both = [french.current_revision_id, ukrainian.current_revision_id]
    assert found("", mark("no", "en")) == sorted(both)


def test_facts_and_words_narrow_together(app):
    make.topic("ukraine")
    one = make.release(facts=make.shared(topics=("ukraine",)), title="Bridges")
    make.release(title="Bridges")
    assert found("bridges", mark("topic", "ukraine")) == [one.current_revision_id]
    assert found("tunnels", mark("topic", "ukraine")) == []
    oksana = make.officer("Oksana").id
    assert len(found("bridges", mark("by", oksana))) == 2
    assert found("bridges", mark("by", oksana + 1)) == []


@pytest.mark.parametrize(
    "typed",
    ['"', "'", "a OR b", "NEAR(a b)", "*", "a*", "§state·draft", "& | !", "\\", "(", "😀", "x" * 5_000, ":*"],
)
def test_what_is_typed_is_never_syntax(app, typed):
    make.release(title="A plain title")
    assert found(typed) in ([], [1])


def test_the_index_can_be_written_anew(app):
    edition = make.release(State.PUBLISHED, title="Kept")
    before = found("kept", mark("state", "published"))
    db.session.execute(DESK.delete())
    db.session.commit()
    assert found("kept") == []
    last = service.relist(after=0, limit=100)
    assert (last, found("kept", mark("state", "published"))) == (edition.id, before)
    assert service.relist(after=last, limit=100) == 0
