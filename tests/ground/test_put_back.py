"""What one test leaves behind is not there for the next: the database goes back to how it was."""

from __future__ import annotations

import pytest
from sqlalchemy import inspect, text

from app.database import db
from app.editorial.models import State
from tests import databases, make


def everything():
    """Return the rows of all tables of the newsroom, those of its search included, by the name of the table."""
    db.session.rollback()
    with db.engine.connect() as connection:
        return {
            name: sorted(map(repr, connection.execute(text(f'SELECT * FROM "{name}"'))))
            for name in inspect(connection).get_table_names()
        }


@pytest.fixture
def busy(scene, run_jobs):
    """A newsroom where much has happened."""

    def play():
        make.published()
        run_jobs()

    scene("busy", play)


def test_a_newsroom_begins_empty(app):
    filled = {name for name, rows in everything().items() if rows and "_fts" not in name}
    assert filled == {"alembic_version", "audit_head", "standing"}


def test_whatever_was_written_is_gone_and_whatever_was_deleted_is_back(app, busy, states, run_jobs):
    before = everything()
    states.keep("before")
    make.release(State.WITHDRAWN, language="fr")
    run_jobs()
    db.session.execute(text("DELETE FROM job"))
    db.session.commit()
    assert everything() != before
    states.put_back("before")
    assert everything() == before


def test_numbers_are_given_out_as_they_were(app, busy, states):
    states.keep("then")
    first = make.release().id
    states.put_back("then")
    assert make.release().id == first


def test_what_nobody_changed_is_found_by_those_who_change_it_later(app, states):
    states.put_back("empty")
    states.put_back("empty")
    make.officer("Oksana")
    states.put_back("empty")
    assert everything()["account"] == []


def test_sweeping_up_changes_nothing(app, busy, states, monkeypatch):
    monkeypatch.setattr(databases._Rows, "SWEPT_EVERY", 1)
    before = everything()
    states.keep("before the sweep")
    make.release()
    states.put_back("before the sweep")
    assert everything() == before
