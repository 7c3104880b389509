"""Two at the same moment, on a database where that is one: one part, one of them within the quota, one worker."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import select

from app.database import db
from app.downloads import rules, service
from app.downloads.models import Part, PartRequest
from app.downloads.service import Wish
from tests import make, servers

pytestmark = pytest.mark.skipif(
    not servers.POSTGRES, reason="SQLite lets one write at a time: TEST_DATABASE=postgresql"
)


def at_once(app, *deeds):
    """Do all ``deeds`` at the same moment, and return what each returned or raised."""
    together, found = threading.Barrier(len(deeds)), [None] * len(deeds)

    def do(number, deed):
        with app.app_context():
            together.wait(10)
            try:
                found[number] = deed()
            except Exception as error:
                found[number] = error
            finally:
                db.session.remove()

    threads = [threading.Thread(target=do, args=each) for each in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    db.session.rollback()
    return found


def asking(text_id, who, ends=80):
    """Return a deed: ask for a part."""

    def do():
        return service.request_part(Wish(text_id, 30, ends), by=make.media_user(who)).id

    return do


@pytest.mark.parametrize("turn", range(5))
def test_two_who_ask_for_the_same_at_once_share_one_part(app, text, tom, turn):
    text_id = text.id
    db.session.rollback()
    found = at_once(app, *(asking(text_id, who) for who in ("Tom", "Ines", "Tom", "Ines")))
    assert [each for each in found if isinstance(each, Exception)] == []
    assert len(db.session.scalars(select(Part)).all()) == 1
    assert len(db.session.scalars(select(PartRequest)).all()) == 2


def test_the_last_place_of_a_quota_goes_to_one(app, text, tom, monkeypatch):
    monkeypatch.setitem(app.config, "PARTS_AT_ONCE", 1)
    text_id = text.id
    db.session.rollback()
    found = at_once(app, *(asking(text_id, "Tom", ends) for ends in (80, 81, 82, 83)))
    assert sum(isinstance(each, rules.OverQuota) for each in found) == 3
    assert len(db.session.scalars(select(Part)).all()) == 1


def test_a_part_is_begun_by_one_of_many_workers(app, text, tom):
    for ends in (80, 81):
        asking(text.id, "Tom", ends)()
    db.session.rollback()

    def begin(job):
        def do():
            part = service.begin(job)
            return part.id if part is not None else None

        return do

    found = at_once(app, *(begin(100 + number) for number in range(4)))
    assert sorted(each for each in found if each is not None) == [1, 2]


def test_a_cancellation_and_an_end_at_once_leave_one_of_both(app, text, tom):
    request_id = asking(text.id, "Tom")()
    part_id = service.begin(101).id
    db.session.rollback()

    def cancel():
        return service.cancel(request_id, by=make.media_user("Tom")).id

    def finish():
        service.name_file(part_id, 101, sha256="a" * 64, extension="mov", mimetype="video/quicktime")
        return service.finish(part_id, 101, real_in=30, real_out=80, size_bytes=1, facts={})

    at_once(app, cancel, finish)
    part = db.session.get(Part, part_id)
    assert part.state in ("ready", "cancelled")
    assert (part.kept_until is not None) == (part.state == "ready")
