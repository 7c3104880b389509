"""Who is given a picture's file, when, and in which form they may ask."""

from __future__ import annotations

import io
from datetime import timedelta

import pytest
from PIL import Image

from app.database import db
from app.editorial import service
from app.editorial.models import State
from app.library import service as library
from app.library.models import Picture
from app.storage.store import store
from tests import make

UNKNOWN = "0123456789abcdef" * 2
# What a browser, a search engine or somebody curious may ask with.
WAYS = {
    "plain": {},
    "the guessed tag": {"If-None-Match": '"{key}-320.jpg"'},
    "any tag": {"If-None-Match": "*"},
    "since long ago": {"If-Modified-Since": "Mon, 01 Jan 2001 00:00:00 GMT"},
    "since tomorrow": {"If-Modified-Since": "Fri, 01 Jan 2100 00:00:00 GMT"},
    "a part": {"Range": "bytes=0-9"},
    "a part beyond": {"Range": "bytes=99999999-"},
    "a part of a tag": {"Range": "bytes=0-9", "If-Range": '"{key}-320.jpg"'},
    "json": {"Accept": "application/json"},
    "another language": {"Accept-Language": "uk"},
    "a foreign cookie": {"Cookie": "session=nothing"},
}


@pytest.fixture
def picture(scene):
    """A picture of the library."""
    scene("a picture", kept)
    return db.session.query(Picture).one()


def kept(colour="navy"):
    out = io.BytesIO()
    Image.new("RGB", (700, 500), colour).save(out, "PNG")
    return library.add_picture(out.getvalue(), title="A table", credit="Office", by=make.officer())


def showing(picture, state, **known):
    """Return a release in ``state`` that shows ``picture``."""
    facts = make.shared(pictures=(picture.id,))
    return make.release(state, facts=facts, picture_words={picture.id: {"alt": "A table"}}, **known)


def answer(client, key, name="320.jpg", method="GET", **headers):
    """Ask for a file; return the whole answer, the path taken out of it."""
    path = f"/media/pictures/{key}/{name}"
    sent = {known: value.replace("{key}", key) for known, value in headers.items()}
    told = client.open(path, method=method, headers=sent)
    lines = sorted((known, value.replace(path, "")) for known, value in told.headers)
    return told.status_code, lines, told.data.replace(path.encode(), b"").replace(key.encode(), b"")


# HEAD is answered by what answers GET: all its ways and states are for the long run.
@pytest.mark.parametrize("method", ["GET", pytest.param("HEAD", marks=pytest.mark.slow)])
@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize(
    "state", [None, State.DRAFT, State.IN_REVIEW, State.APPROVED, State.EMBARGO, State.WITHDRAWN]
)
def test_a_picture_of_what_is_not_public_answers_like_one_that_does_not_exist(
    client, frozen, picture, state, way, method
):
    if state is not None:
        showing(picture, state, at=frozen.at + timedelta(hours=1))
    hidden = answer(client, picture.key, method=method, **WAYS[way])
    assert hidden == answer(client, UNKNOWN, method=method, **WAYS[way])
    assert hidden[0] == 404
    assert not {"ETag", "Last-Modified", "Content-Range"} & {name for name, _value in hidden[1]}


def test_a_picture_is_public_with_the_first_page_that_shows_it_and_gone_with_the_last(
    client, frozen, picture
):
    ends = frozen.at + timedelta(hours=1)
    first = showing(picture, State.EMBARGO, at=ends)
    path = f"/media/pictures/{picture.key}/320.jpg"
    frozen.at = ends - timedelta(milliseconds=1)
    assert client.get(path).status_code == 404
    frozen.at = ends
    assert client.get(path).status_code == 200

    second = showing(picture, State.PUBLISHED)
    service.withdraw(first, reason="Published in error.", by=make.officer("Amélie"))
    assert client.get(path).status_code == 200
    service.withdraw(second, reason="Published in error.", by=make.officer("Amélie"))
    assert client.get(path).status_code == 404


def test_a_picture_of_the_next_version_is_hidden_until_that_is_published(client, picture):
    edition, other, amelie = showing(picture, State.PUBLISHED), kept("darkred"), make.officer("Amélie")
    facts = make.shared(pictures=(other.id,))
    words = {other.id: {"alt": "Another"}}
    service.save(edition, make.text(picture_words=words), facts, base=1, by=make.officer())

    def seen():
        return [client.get(f"/media/pictures/{each.key}/320.jpg").status_code for each in (picture, other)]

    assert seen() == [200, 404]
    service.submit(edition, by=make.officer())
    service.approve(edition, by=amelie)
    assert seen() == [200, 404]
    service.publish(edition, by=amelie, kind="minor")
    assert seen() == [404, 200]


def test_a_picture_in_the_text_itself_is_public_with_it(client, picture):
    body = f'<p>Text.</p><figure><img src="/media/pictures/{picture.key}/640.jpg" alt="A table" width="640" height="457"></figure>'
    edition = make.release(State.APPROVED, body=body)
    path = f"/media/pictures/{picture.key}/640.jpg"
    assert client.get(path).status_code == 404
    service.publish(edition, by=make.officer("Amélie"))
    assert path.encode() in client.get(f"/en/news/{edition.path}").data
    assert client.get(path).status_code == 200
    service.withdraw(edition, reason="Published in error.", by=make.officer("Amélie"))
    assert client.get(path).status_code == 404


# The form of the answer


def test_a_public_picture_may_be_kept_for_a_minute_and_no_longer(client, picture):
    showing(picture, State.PUBLISHED)
    told = client.get(f"/media/pictures/{picture.key}/320.jpg")
    assert (told.status_code, told.mimetype) == (200, "image/jpeg")
    assert told.headers["Cache-Control"] == "public, max-age=60, s-maxage=10"
    assert told.headers["X-Content-Type-Options"] == "nosniff"
    assert "default-src 'none'" in told.headers["Content-Security-Policy"]
    assert "Set-Cookie" not in told.headers
    assert "Cookie" not in told.headers.get("Vary", "")


def test_a_browser_that_has_the_file_is_not_sent_it_again(client, picture):
    showing(picture, State.PUBLISHED)
    path = f"/media/pictures/{picture.key}/320.jpg"
    tag = client.get(path).headers["ETag"]
    again = client.get(path, headers={"If-None-Match": tag})
    assert (again.status_code, again.data) == (304, b"")
    assert client.get(path, headers={"If-None-Match": '"another"'}).status_code == 200


def test_heads_are_like_the_whole_without_the_body(client, picture):
    showing(picture, State.PUBLISHED)
    path = f"/media/pictures/{picture.key}/320.jpg"
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    assert {name: value for name, value in head.headers if name != "Date"} == {
        name: value for name, value in whole.headers if name != "Date"
    }


@pytest.mark.parametrize(
    ("asked", "status", "told"),
    [
        ("bytes=0-9", 206, slice(0, 10)),
        ("bytes=10-", 206, slice(10, None)),
        ("bytes=-7", 206, slice(-7, None)),
        ("bytes=5-5", 206, slice(5, 6)),
        ("bytes=0-99999999", 206, slice(None)),
        ("bytes=99999999-", 416, None),
        # No ranges at all: passed over (RFC 9110, 14.2).
        ("bytes=9-0", 200, slice(None)),
        ("nonsense", 200, slice(None)),
        ("bytes=-", 200, slice(None)),
        ("pages=1-2", 200, slice(None)),
    ],
)
def test_a_part_of_a_file_is_that_part(client, picture, asked, status, told):
    showing(picture, State.PUBLISHED)
    path = f"/media/pictures/{picture.key}/hd.jpg"
    whole = client.get(path).data
    part = client.get(path, headers={"Range": asked})
    assert part.status_code == status
    assert part.data == whole[told] if told else whole not in part.data


def test_many_ranges_never_give_more_than_the_file(client, picture):
    showing(picture, State.PUBLISHED)
    path = f"/media/pictures/{picture.key}/hd.jpg"
    size = len(client.get(path).data)
    asked = "bytes=" + ",".join("0-" for _number in range(500))
    part = client.get(path, headers={"Range": asked})
    assert part.status_code in (200, 206, 416)
    assert len(part.data) <= max(size, 20_000)


@pytest.mark.parametrize(
    "name",
    ["320.png", "320", "1.jpg", "99999.jpg", "hd.jpeg", "HD.JPG", ".jpg", "320.jpg.jpg", "320.jpg%00", "..%2f320.jpg", "2000.jpg", "٣٢٠.jpg", "320.jpg%0a"],
)  # fmt: skip
def test_an_odd_name_is_not_found(client, picture, name):
    showing(picture, State.PUBLISHED)
    assert client.get(f"/media/pictures/{picture.key}/{name}").status_code == 404


@pytest.mark.parametrize(
    "key",
    [
        "..",
        "0",
        UNKNOWN.upper(),
        UNKNOWN + "0",
        "%00" * 32,
        "٠" * 32,
        "..%2f..%2fnewsroom.sqlite",
        "x' or '1'='1",
    ],
)
def test_an_odd_key_is_not_found(client, key):
    assert client.get(f"/media/pictures/{key}/320.jpg").status_code == 404


def test_a_key_in_other_letters_is_another_key(client, picture):
    showing(picture, State.PUBLISHED)
    assert (
        client.get(f"/media/pictures/{picture.key.upper()}/320.jpg").status_code == 404
        or picture.key.isdigit()
    )


def test_a_file_that_is_lost_is_not_found(client, picture):
    showing(picture, State.PUBLISHED)
    store().delete(f"pictures/{picture.key}/320.jpg")
    assert client.get(f"/media/pictures/{picture.key}/320.jpg").status_code == 404


# Officers


def test_officers_see_every_picture_and_nobody_keeps_it_for_them(app, client, picture):
    oksana = make.signed_in(app, "Oksana")
    path = f"/media/pictures/{picture.key}/320.jpg"
    told = oksana.get(path)
    assert (told.status_code, told.headers["Cache-Control"]) == (200, "private, no-store")
    assert not {"ETag", "Last-Modified"} & set(told.headers.keys())
    assert oksana.get(path, headers={"Range": "bytes=0-9"}).status_code == 206
    assert oksana.get(f"/media/pictures/{UNKNOWN}/320.jpg").status_code == 404
    assert client.get(path).status_code == 404


def test_the_same_file_is_kept_once(app, picture):
    assert kept().id == picture.id
    assert kept("darkred").id != picture.id
    assert db.session.query(Picture).count() == 2


def test_a_key_cannot_be_guessed(app):
    keys = {kept(colour).key for colour in ("navy", "darkred", "green")}
    assert all(len(key) == 32 and int(key, 16) for key in keys)
    assert len({key[:8] for key in keys}) == 3


def test_a_picture_that_cannot_be_kept_leaves_no_row(app, monkeypatch):
    monkeypatch.setattr(type(store()), "put", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        kept()
    assert db.session.query(Picture).count() == 0
