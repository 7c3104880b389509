"""With a store that speaks S3 instead of a folder: made, given in ranges, expired, in the very same way."""

from __future__ import annotations

from datetime import timedelta
from hashlib import sha256

import pytest

from app.database import db
from app.downloads import service
from app.downloads.models import PartState
from app.downloads.service import Wish
from app.storage.store import store
from tests import films, servers
from tests.signing import log_in

pytestmark = pytest.mark.slow


@pytest.fixture
def bucket(app, text, film, film_file, monkeypatch):
    """A newsroom whose files are in a bucket."""
    server = servers.bucket()
    settings = {
        "S3_BUCKET": server.bucket, "S3_ENDPOINT": server.endpoint, "S3_REGION": "us-east-1",
        "S3_ACCESS_KEY": server.access_key, "S3_SECRET_KEY": server.secret_key,
    }  # fmt: skip
    for name, value in settings.items():
        monkeypatch.setitem(app.config, name, value)
    monkeypatch.delitem(app.extensions, "store", raising=False)
    with film_file.open("rb") as file:
        store().put(film.key, file)
    yield server
    app.extensions.pop("store", None)


def test_a_part_is_made_given_and_forgotten_in_a_bucket(app, bucket, text, tom, run_jobs, frozen, tmp_path):
    part = service.request_part(Wish(text.id, 30, 80), by=tom).part
    run_jobs()
    db.session.refresh(part)
    assert part.state == PartState.READY
    there = bucket.folder / bucket.bucket / part.key
    path = tmp_path / "part.mov"
    path.write_bytes(there.read_bytes())
    assert films.numbers(path) == list(range(30, 80))

    toms = log_in(app.test_client(), tom)
    whole = toms.get("/en/media/downloads/1/file")
    assert sha256(whole.data).hexdigest() == part.sha256
    rest = toms.get("/en/media/downloads/1/file", headers={"Range": "bytes=1000-1999"})
    assert (rest.status_code, rest.data) == (206, whole.data[1000:2000])

    app.config["S3_SIGNED_MINUTES"] = 5
    try:
        signed = toms.get("/en/media/downloads/1/file")
    finally:
        app.config["S3_SIGNED_MINUTES"] = 0
    assert signed.status_code == 302
    assert signed.location.startswith(bucket.endpoint)
    assert signed.headers["Cache-Control"] == "private, no-store"

    frozen.at += timedelta(hours=169)
    run_jobs()
    db.session.refresh(part)
    assert (part.state, there.exists()) == (PartState.EXPIRED, False)
