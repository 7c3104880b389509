"""What officers do about jobs is in the log, like everything else that they do."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from app.acts import act
from app.audit.models import Entry
from app.database import db
from app.jobs import service
from app.jobs.ledger import owe
from tests import make
from tests.ground.jobs_newsroom import leave_a_mark  # noqa: F401 - registers test.mark

pytestmark = pytest.mark.usefixtures("app")


def told(job_id):
    query = select(Entry.account_id, Entry.verb, Entry.label).where(
        Entry.thing == "job", Entry.thing_id == job_id
    )
    return [tuple(row) for row in db.session.execute(query.order_by(Entry.id))]


def test_who_cancels_a_job_and_who_starts_it_again_is_recorded():
    oksana, amelie = make.officer("Oksana"), make.officer("Amélie")
    job_id = act(owe)("test.mark", edition=12)

    service.cancel(job_id, by=oksana)
    service.retry(job_id, by=amelie)

    assert told(job_id) == [(oksana.id, "cancelled", "test.mark"), (amelie.id, "started again", "test.mark")]


def test_what_is_refused_is_not_recorded():
    job_id = act(owe)("test.mark", edition=12)
    with pytest.raises(service.NotEnded):
        service.retry(job_id, by=make.officer("Oksana"))

    assert told(job_id) == []


def test_what_the_newsroom_cancels_by_itself_is_not_recorded():
    job_id = act(owe)("test.mark", edition=12)
    service.cancel(job_id)

    assert told(job_id) == []
