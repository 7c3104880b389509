"""A newsroom that has nothing but jobs, for the tests in this folder."""

from __future__ import annotations

import pytest

from app.database import db
from app.jobs import sweep
from tests.ground import jobs_newsroom


@pytest.fixture
def finders(monkeypatch):
    """The due-finders that the sweep calls: none but those that a test puts here."""
    mine = {}
    monkeypatch.setattr(sweep, "FINDERS", mine)
    return mine


@pytest.fixture
def newsroom(tmp_path, finders):
    """A newsroom of its own, on the database and the queue that this run is about."""
    app = jobs_newsroom.create_app(jobs_newsroom.settings(tmp_path))
    with app.app_context():
        yield app
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def run_jobs(newsroom):
    """Do what is due in it: ``run_jobs()`` returns the jobs that it tried."""
    return lambda: sweep.do_due(newsroom)
