"""Where a public text is in its other languages comes with the text, in one answer."""

from __future__ import annotations

from datetime import timedelta

from app import clock
from app.editorial import queries
from app.editorial.models import State
from tests import make


def test_the_other_public_languages_come_in_our_order_and_only_those(app):
    ukrainian = make.published(language="uk")
    make.published(language="fr", item=ukrainian.item)
    make.release(State.EMBARGO, language="en", item=ukrainian.item, at=clock.now() + timedelta(hours=1))
    row = queries.page("release", "uk", ukrainian.path)
    assert [code for code, _path in queries.alternates(row)] == ["fr"]


def test_a_text_in_one_language_has_no_others(app):
    edition = make.published()
    assert queries.alternates(queries.page("release", "en", edition.path)) == []
    assert queries.page("release", "fr", edition.path) is None
