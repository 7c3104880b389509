"""A page does not depend on the quick reader of the standing, which may fail where the database does not."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.editorial import queries
from app.web.pagecache import PageCache
from app.web.standing import Unknown
from tests import make


def test_a_page_is_made_though_the_quick_reader_fails(
    app: Flask, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    def fails() -> None:
        raise Unknown("unable to open database file")

    layer: Any = app.wsgi_app
    while not isinstance(layer, PageCache):
        layer = getattr(layer, "application", None) or layer.app
    monkeypatch.setattr(layer, "_standing", fails)
    monkeypatch.setitem(app.extensions, "standing", fails)
    edition = make.published()

    assert client.get("/en/?anything").status_code == 200
    assert client.get(f"/en/news/{edition.path}?anything").status_code == 200


def test_the_standing_is_the_same_whoever_reads_it(app: Flask):
    make.published()
    assert tuple(app.extensions["standing"]()) == queries.standing(clock.now())
