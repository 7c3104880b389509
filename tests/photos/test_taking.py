"""Photos as they are taken away: several in one file, with their words, from any byte on."""

from __future__ import annotations

import csv
import io
import zipfile
import zlib

import pytest
from sqlalchemy import select

from app import clock
from app.database import db
from app.downloads import sources, zips
from app.downloads.models import Download
from app.editorial import service as editorial
from app.editorial.models import State
from app.library.models import Rendition
from app.photos import taking
from app.storage.store import store
from tests import make
from tests.photos import scene as make_photos
from tests.signing import log_in

ZIP = "/media/photos/en/ministers-meet.zip"


@pytest.fixture
def shown(app, scene):
    """A public set of three photos."""
    from app.editorial import queries

    scene("a public set of photos", lambda: make_photos.gallery(State.PUBLISHED))
    return queries.edition_of(1, "en")


def opened(answer):
    assert answer.status_code == 200
    return zipfile.ZipFile(io.BytesIO(answer.data))


def test_a_selection_is_one_file_with_the_words_of_its_photos(shown, client):
    one, _two, three = make_photos.keys(shown)
    answer = client.get(f"{ZIP}?photo={three}&photo={one}")
    with opened(answer) as found:
        assert found.testzip() is None
        assert found.namelist() == ["1 Caption 1.jpg", "3 Caption 3.jpg", "captions.txt", "captions.csv"]
        assert b"one as 1280.jpg" in found.read("1 Caption 1.jpg")
        words = found.read("captions.txt").decode("utf-8-sig")
        rows = list(csv.DictReader(io.StringIO(found.read("captions.csv").decode("utf-8-sig"))))
    assert "Credit: Council" in words
    assert "Terms of use: Free for the press." in words
    assert [row["Caption"] for row in rows] == ["Caption 1.", "Caption 3."]
    assert rows[0]["People, from left to right"] == "Ana A; Bo B"
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="ministers-meet.zip"')
    assert int(answer.headers["Content-Length"]) == len(answer.data)


def test_it_goes_on_where_it_broke_off(shown, client):
    url = f"{ZIP}?photo={make_photos.keys(shown)[0]}"
    whole = client.get(url)
    rest = client.get(url, headers={"Range": "bytes=1000-", "If-Range": whole.headers["ETag"]})
    assert (rest.status_code, rest.data) == (206, whole.data[1000:])
    assert rest.headers["Content-Range"] == f"bytes 1000-{len(whole.data) - 1}/{len(whole.data)}"
    other = client.get(url, headers={"Range": "bytes=1000-", "If-Range": '"another"'})
    assert (other.status_code, other.data) == (200, whole.data)
    assert client.get(url, headers={"Range": "bytes=99999999-"}).status_code == 416
    assert client.get(url, headers={"If-None-Match": whole.headers["ETag"]}).status_code == 304


def test_nothing_of_what_is_not_public_is_in_it(shown, client):
    one, *_rest = make_photos.keys(shown)
    assert client.get(f"{ZIP}?photo=0badf00d").status_code == 404
    assert client.get(ZIP).status_code == 404
    assert client.get(f"/media/photos/fr/ministers-meet.zip?photo={one}").status_code == 404
    editorial.withdraw(shown, reason="Published in error.", by=make.officer("Amélie"))
    assert client.get(f"{ZIP}?photo={one}").status_code == 404


def test_names_and_words_are_in_the_language_of_the_set(app, client):
    edition = make_photos.gallery(State.PUBLISHED, language="uk", title="Зустріч міністрів")
    url = f"/media/photos/uk/{edition.path}.zip?photo={make_photos.keys(edition)[0]}"
    with opened(client.get(url)) as found:
        assert found.namelist()[1:] == ["підписи.txt", "підписи.csv"]
        assert "Умови використання" in found.read("підписи.txt").decode()


def test_hostile_words_make_harmless_names_and_cells(app, client):
    edition = make_photos.gallery(caption="=cmd|' /C calc'!A0", title="../../x")
    edition = make_photos.gallery(
        State.PUBLISHED, "a", "b", caption="=cmd|' /C calc'!A0 ../..\\x", title="CON"
    )
    keys = make_photos.keys(edition)
    url = f"/media/photos/en/{edition.path}.zip?photo={keys[0]}&photo={keys[1]}"
    with opened(client.get(url)) as found:
        names = found.namelist()
        assert not any(set(name) & set('/\\:|"<>?*') for name in names)
        assert ",'=cmd" in found.read("captions.csv").decode()


def test_a_size_that_a_photo_lacks_is_given_in_the_next_smaller_one(app):
    make_photos.master("small", made=("640.jpg",))
    edition = make_photos.gallery(State.PUBLISHED, "small", "one")
    described = sources.find(edition.id, account_id=None, at=clock.now())
    archive = taking.archive(described, make_photos.keys(edition), "original")
    with zipfile.ZipFile(archive) as found:
        first, second, *_words = found.namelist()
        assert b"small as 640.jpg" in found.read(first)
        assert b"one as original" in found.read(second)


def test_where_the_policy_asks_for_an_account_nothing_is_given_without_one(shown, client, monkeypatch):
    monkeypatch.setitem(client.application.config, "DOWNLOAD_POLICY", {"web": "account"})
    assert client.get(f"{ZIP}?photo={make_photos.keys(shown)[0]}").status_code == 404


def test_how_large_a_selection_is_is_known_without_reading_a_photo(shown, tom, browse, monkeypatch):
    one, _two, three = make_photos.keys(shown)
    described = sources.find(shown.id, account_id=None, at=clock.now())
    whole = taking.archive(described, [one, three], "original").size
    zips.crc_of.cache_clear()
    monkeypatch.setattr(type(store()), "open", lambda *_: pytest.fail("a file is read"))
    assert taking.size_of(described, [one, three], "original") == whole
    browse(asked(shown, one, three), by=tom)


def test_what_a_file_adds_up_to_is_read_from_its_row(shown, monkeypatch):
    for each in db.session.scalars(select(Rendition)):
        with store().open(each.key) as file:
            each.facts = {"crc32": zlib.crc32(file.read())}
    db.session.flush()
    monkeypatch.setattr(zips, "crc_of", lambda _key: pytest.fail("a file is added up"))
    described = sources.find(shown.id, account_id=None, at=clock.now())
    with zipfile.ZipFile(taking.archive(described, make_photos.keys(shown), "original")) as found:
        assert found.testzip() is None


@pytest.fixture
def tom(app):
    """A browser in which Tom, a journalist, is logged in."""
    return log_in(app.test_client(), make.media_user())


def asked(edition, *keys, size="original", rest=""):
    photos = "&".join(f"photo={key}" for key in keys)
    return f"/en/media/downloads/photos{rest}?edition={edition.id}&{photos}&size={size}"


def test_large_sizes_are_for_accounts_and_the_log_keeps_who_took_which(shown, client, tom, browse):
    one, _two, three = make_photos.keys(shown)
    path = asked(shown, one, three)
    answer = client.get(path)
    assert answer.status_code == 303
    assert answer.location.startswith("/en/account/login?next=")
    assert client.get(asked(shown, one, rest="/file.zip")).status_code == 303
    page = browse(path, by=tom)
    assert page.words("main h1") == "Your selection"
    listed = [each.get_text(" ", strip=True) for each in page.all(".take-list li")]
    assert listed == ["Caption 1. (Council)", "Caption 3. (Council)"]
    assert "Free for the press." in page.words("main")
    taken = tom.get(page.one("main a.button--main")["href"])
    with opened(taken) as found:
        assert b"one as original" in found.read("1 Caption 1.jpg")
    assert taken.headers["Cache-Control"] == "private, no-store"
    logged = db.session.query(Download).order_by(Download.id).all()
    masters = [each["master"] for each in shown.current.facts["photos"]]
    assert [(each.master_id, each.rendition) for each in logged] == [
        (masters[0], "original"),
        (masters[2], "original"),
    ]
    assert {each.organisation for each in logged} == {"Daily Globe"}
    rest = tom.get(asked(shown, one, rest="/file.zip"), headers={"Range": "bytes=100-"})
    assert rest.status_code == 206
    assert db.session.query(Download).count() == 2


@pytest.mark.parametrize("language", ["fr", "uk"])
def test_the_page_of_a_selection_speaks_its_readers_language(shown, tom, browse, language):
    path = asked(shown, make_photos.keys(shown)[0]).replace("/en/", f"/{language}/")
    assert browse(path, by=tom).soup.html["lang"] == language


def test_nothing_is_given_of_what_this_person_may_not_read(shown, tom):
    draft = make_photos.gallery(title="Draft")
    film = make.release(State.PUBLISHED)
    key = make_photos.keys(shown)[0]
    for path in (asked(draft, key), asked(film, key), asked(shown), asked(shown, "0badf00d")):
        for rest in ("", "/file.zip"):
            assert tom.get(path.replace("photos?", f"photos{rest}?")).status_code == 404
    for typed in ("x", "-1", "9" * 30, "%D9%A3"):
        assert tom.get(f"/en/media/downloads/photos?edition={typed}&photo={key}").status_code == 404
    assert (
        tom.get(asked(shown, key, size="../x")).status_code == 200
    )  # no size of ours: the one for everybody


def test_one_photo_alone_is_taken_where_downloads_are(shown, client, tom):
    key = make_photos.keys(shown)[0]
    path = f"/en/media/downloads/whole/{shown.id}/hd?photo={key}"
    assert path in client.get(f"/en/media/photos/ministers-meet/{key}").text
    assert client.get(path).status_code == 303
    answer = tom.get(path)
    assert answer.status_code == 200
    assert b"one as hd" in answer.data
