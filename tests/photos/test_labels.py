"""What the office says of a photo reaches its files, in every language that is public."""

from __future__ import annotations

import pytest

from app.database import db
from app.editorial import service as editorial
from app.editorial.models import State
from app.library.models import Master
from app.photos import labels, service
from app.photos.rules import Described
from tests import make
from tests.photos import scene as make_photos


def master_of(edition, place=0):
    return edition.current.facts["photos"][place]["master"]


def test_the_words_of_every_public_language_are_written_into_the_files(app, run_jobs):
    english = make_photos.gallery(State.PUBLISHED)
    french = make_photos.gallery(
        language="fr", item=english.item, title="Les ministres", caption="Une légende."
    )
    run_jobs()
    known = db.session.get(Master, master_of(english)).technical["labels"]
    assert known["caption"] == {"en": "Caption 1."}
    editorial.submit(french, by=make.officer("Max"), reason="It may stay.")
    editorial.approve(french, by=make.officer("Amélie"))
    editorial.publish(french, by=make.officer("Amélie"))
    run_jobs()
    db.session.expire_all()
    known = db.session.get(Master, master_of(english)).technical["labels"]
    assert known["caption"] == {"fr": "Une légende.", "en": "Caption 1."}
    assert known["title"] == {"fr": "Les ministres", "en": "Ministers meet"}
    assert known["alt"] == {"fr": "Alternative 1.", "en": "Alternative 1."}
    assert (known["credit"], known["creator"], known["copyright"]) == ("Council", "Ana Lens", "© Council")
    assert known["persons"] == ["Ana A", "Bo B"]
    assert (known["place"], known["city"]) == ("Justus Lipsius", "Brussels")  # as the file said it
    assert known["date"] == "2025-11-19T10:00:00+01:00"


def test_what_the_office_put_right_replaces_what_the_file_said(app, run_jobs):
    edition = make_photos.gallery()
    key = make_photos.keys(edition)[0]
    from datetime import date

    said = Described(caption="C.", alt="A.", place="Evere", creator="Bo", taken_on=date(2025, 11, 18))
    service.describe(edition, {key: said}, base=edition.current.number, by=make.officer("Max"))
    editorial.submit(edition, by=make.officer("Max"), reason="It may stay.")
    editorial.approve(edition, by=make.officer("Amélie"))
    editorial.publish(edition, by=make.officer("Amélie"))
    fields = labels.of_master(master_of(edition))
    assert (fields["place"], fields["creator"], fields["date"]) == ("Evere", "Bo", "2025-11-18")
    assert "city" not in fields
    assert "persons" not in fields


def test_nothing_is_written_of_drafts_of_withdrawn_sets_and_of_other_texts(app, run_jobs):
    edition = make_photos.gallery()
    assert labels.of_master(master_of(edition)) is None
    make.release(State.PUBLISHED)
    run_jobs()
    assert "labels" not in db.session.get(Master, master_of(edition)).technical


def test_of_two_sets_the_one_that_was_published_last_says_it(app, frozen):
    from datetime import timedelta

    first = make_photos.gallery(State.PUBLISHED, "one", title="First")
    frozen.at += timedelta(hours=1)
    make_photos.gallery(State.PUBLISHED, "one", "two", title="Second")
    assert labels.of_master(master_of(first))["headline"] == "Second"


@pytest.mark.parametrize("state", [State.PUBLISHED])
def test_the_set_stays_reviewable_while_its_files_are_written_anew(app, state, run_jobs):
    from app.photos import rules

    edition = make_photos.gallery(state)
    run_jobs()
    assert not rules.missing(edition.current)
