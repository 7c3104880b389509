"""Nothing leaves early: what is not public answers like what does not exist, whoever asks, and however.

The newsroom is looked at from every side twice: without the text, then with it in a state in which
readers may not see it. Both looks must be the same, byte for byte. Addresses of the text itself
must answer like an address that nothing ever had.
"""

from __future__ import annotations

import io
from datetime import date, timedelta

import pytest
from PIL import Image

from app.editorial import service
from app.editorial.models import State
from app.languages import LANGUAGES
from app.library import service as library
from tests import make

SECRET = {
    "title": "Zanzibar talks",
    "lead": "Quetzal lead.",
    "body": "<p>Xylophone text.</p>",
    "place": "Timbuktu",
}
WORDS = ("zanzibar", "quetzal", "xylophone", "timbuktu")
DAY, HOUR = "2025/11/20", timedelta(hours=1)
GUESSED, NOTHING = f"{DAY}/zanzibar-talks", f"{DAY}/nothing-at-all"
# How readers, their browsers, proxies and curious people ask.
FORMS = {
    "get": ("GET", {}),
    "head": ("HEAD", {}),
    "a part": ("GET", {"Range": "bytes=0-99"}),
    "any tag": ("GET", {"If-None-Match": "*"}),
    "a guessed tag": ("GET", {"If-None-Match": '"guessed"'}),
    "since tomorrow": ("GET", {"If-Modified-Since": "Fri, 21 Nov 2025 00:00:00 GMT"}),
    "json": ("GET", {"Accept": "application/json"}),
    "foreign headers": (
        "GET",
        {"X-Original-URL": "/desk/", "X-Forwarded-Host": "x.test", "X-HTTP-Method-Override": "PUT"},
    ),
}
FEED = "/en/news.atom"
COLLECTIONS = (
    *(f"/{code}/{rest}" for code in LANGUAGES for rest in ("", "news/", "news.atom")),
    *(f"/en/news/?{query}" for query in ("kind=speech", "topic=ukraine", "year=2025", "year=2026", "language=fr", "page=2", "kind=speech&topic=ukraine")),
    "/fr/news/?language=en",
    "/uk/news/?language=en&kind=speech",
    "/sitemap.xml",
    *(f"/sitemap-{code}-{number}.xml" for code in LANGUAGES for number in (1, 2)),
    "/robots.txt",
    "/en/about/privacy",
)  # fmt: skip


def ask(client, address, form="get", path=""):
    """Return the whole answer, without the ``path`` that was asked for."""
    method, headers = FORMS[form]
    told = client.open(address, method=method, headers=headers)
    lines = sorted((name, value.replace(path, "") if path else value) for name, value in told.headers)
    return told.status_code, lines, told.data.replace(path.encode(), b"") if path else told.data


def look(clients, forms=FORMS):
    """Return what each of ``clients`` sees on every page that lists something."""
    return {
        (who, address, form): ask(client, address, form)
        for who, client in clients.items()
        for address in COLLECTIONS
        for form in forms
    }


def but_the_feed(seen):
    """Return what was ``seen`` anywhere but in the feed, which tells of what has ended."""
    return {asked: told for asked, told in seen.items() if asked[1] != FEED}


def own_addresses(path):
    """Return every address that a text at ``path`` has, or would have."""
    return [f"/{code}/news/{path}{ending}" for code in LANGUAGES for ending in ("", ".txt", "/", "?x=1")]


def holds_no_secret(told):
    """Fail when a secret word stands anywhere in an answer."""
    status, lines, body = told
    whole = (body.decode() + "".join(f"{name}: {value}" for name, value in lines)).lower()
    assert not [word for word in WORDS if word in whole], status


def is_like_nothing(clients, path, forms=FORMS):
    """Fail unless every address of ``path`` answers like one that nothing ever had."""
    for who, client in clients.items():
        for ours, unknown in zip(own_addresses(path), own_addresses(NOTHING), strict=True):
            for form in forms:
                told = ask(client, ours, form, path)
                assert told == ask(client, unknown, form, NOTHING), (who, ours, form)
                holds_no_secret(told)


@pytest.fixture
def picture(app):
    """A picture that only the secret text shows."""
    out = io.BytesIO()
    Image.new("RGB", (400, 400), "navy").save(out, "PNG")
    return library.add_picture(out.getvalue(), title="Zanzibar", credit="Office", by=make.officer())


@pytest.fixture
def facts(picture):
    """Facts under which the secret text would be found: its kind, its topic, its picture."""
    return make.shared(
        kind="speech", topics=(make.topic().key,), contact_id=make.contact().id, pictures=(picture.id,)
    )


@pytest.fixture
def clients(app, facts):
    """Who looks: somebody without an account, and an author who is signed in."""
    make.published(title="Known to all", facts=make.shared(topics=("ukraine",)))
    make.officer("Amélie")
    return {"anybody": app.test_client(), "an author": make.signed_in(app, "Oksana")}


def secret(state, facts, picture, **known):
    """Return the secret text in ``state``."""
    words = {picture.id: {"alt": "Zanzibar"}}
    return make.release(state, facts=facts, picture_words=words, **(SECRET | known))


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.IN_REVIEW, State.APPROVED, State.SCHEDULED, State.EMBARGO]
)
def test_what_is_not_public_yet_is_nowhere(clients, facts, picture, frozen, state):
    before = look(clients)
    edition = secret(state, facts, picture, at=frozen.at + 3 * HOUR)
    assert edition.path in (None, GUESSED)

    assert look(clients) == before
    is_like_nothing(clients, GUESSED)
    anybody = clients["anybody"]
    hidden, unknown = (f"/media/pictures/{key}/320.jpg" for key in (picture.key, "0" * 32))
    for form in FORMS:
        assert ask(anybody, hidden, form, hidden) == ask(anybody, unknown, form, unknown)


def test_what_was_removed_is_nowhere_and_its_address_says_so(clients, facts, picture):
    before = look(clients, ["get"])
    edition = secret(State.PUBLISHED, facts, picture)
    service.remove(edition, reason="Zanzibar.", sentence="Published in error.", by=make.officer("Amélie"))
    # A numbered release leaves its number behind, and a notice in the feed that says nothing of what it was.
    assert but_the_feed(look(clients, ["get"])) == but_the_feed(before)
    for client in clients.values():
        told = ask(client, FEED)
        holds_no_secret(told)
        assert b"Published in error." in told[2]
    for who, client in clients.items():
        for form in FORMS:
            told = ask(client, f"/en/news/{edition.path}", form, edition.path)
            assert told[0] == 410, (who, form)
            holds_no_secret(told)
            for address in own_addresses(edition.path):
                if address in (f"/en/news/{edition.path}", f"/en/news/{edition.path}?x=1"):
                    continue
                unknown = address.replace(edition.path, NOTHING)
                assert ask(client, address, form, edition.path) == ask(client, unknown, form, NOTHING), (
                    address
                )
    assert clients["anybody"].get(f"/media/pictures/{picture.key}/320.jpg").status_code == 404


def test_what_was_withdrawn_is_nowhere_but_at_its_address_which_says_why(clients, facts, picture):
    before = look(clients, ["get"])
    edition = secret(State.WITHDRAWN, facts, picture)
    # Whoever has the entry in a reader is to learn that it no longer stands: the feed replaces it by a notice.
    assert but_the_feed(look(clients, ["get"])) == but_the_feed(before)
    for client in clients.values():
        notice = ask(client, FEED)[2].decode()
        assert "Published in error." in notice
        assert "Xylophone text." not in notice
        told = client.get(f"/en/news/{edition.path}")
        words = told.get_data(as_text=True)
        assert told.status_code == 200
        assert "Published in error." in words
        assert "Xylophone text." in words
        assert '<meta name="robots" content="noindex">' in words
        assert "ld+json" not in words
        assert "/media/pictures/" not in words
        assert client.get(f"/en/news/{edition.path}.txt").location == f"/en/news/{edition.path}"
        assert client.get(f"/fr/news/{edition.path}").status_code == 404
    assert clients["anybody"].get(f"/media/pictures/{picture.key}/320.jpg").status_code == 404


@pytest.mark.parametrize("state", [State.DRAFT, State.IN_REVIEW, State.APPROVED])
def test_a_newer_version_of_a_public_text_is_nowhere(clients, facts, picture, frozen, state):
    edition = make.published(title="Public words")
    known = own_addresses(edition.path)

    def pages():
        return [
            ask(client, address, form) for client in clients.values() for address in known for form in FORMS
        ]

    before, shown = look(clients), pages()
    frozen.at += HOUR
    words = {picture.id: {"alt": "Zanzibar"}}
    service.save(edition, make.text(**SECRET, picture_words=words), facts, base=1, by=make.officer())
    if state is not State.DRAFT:
        service.submit(edition, by=make.officer())
    if state is State.APPROVED:
        service.approve(edition, by=make.officer("Amélie"))

    assert pages() == shown
    assert look(clients) == before
    is_like_nothing(clients, GUESSED)
    assert clients["anybody"].get(f"/media/pictures/{picture.key}/320.jpg").status_code == 404


@pytest.mark.parametrize("state", [State.DRAFT, State.APPROVED, State.EMBARGO])
def test_another_language_of_a_public_text_is_not_told_of_before_it_is_public(clients, facts, frozen, state):
    french = make.published(language="fr", title="Texte connu", facts=make.shared())
    known = own_addresses(french.path)
    before = look(clients)
    shown = [ask(client, address, form) for client in clients.values() for address in known for form in FORMS]

    make.release(state, item=french.item, at=frozen.at + 3 * HOUR, facts=make.shared(), **SECRET)

    assert look(clients) == before
    assert [
        ask(client, address, form) for client in clients.values() for address in known for form in FORMS
    ] == shown
    is_like_nothing(clients, GUESSED)


def test_what_waits_after_a_withdrawal_is_announced_neither_by_the_old_address_nor_by_the_new(
    clients, facts, picture, frozen
):
    edition = make.release(State.WITHDRAWN, title="Public words")
    old = edition.path
    before, gone = look(clients), clients["anybody"].get(f"/en/news/{old}")
    assert gone.status_code == 200
    words = {picture.id: {"alt": "Zanzibar"}}
    service.save(edition, make.text(**SECRET, picture_words=words), facts, base=1, by=make.officer())
    service.submit(edition, by=make.officer())
    service.approve(edition, by=make.officer("Amélie"))
    assert clients["anybody"].get(f"/en/news/{old}").data == gone.data

    ends = frozen.at + 3 * HOUR
    service.publish(edition, by=make.officer("Amélie"), wanted_at=ends, is_embargo=True)
    waiting = clients["anybody"].get(f"/en/news/{old}")
    assert waiting.status_code == 200
    assert "Published in error." in waiting.get_data(as_text=True)
    assert "Speech" not in waiting.get_data(as_text=True)
    holds_no_secret(ask(clients["anybody"], f"/en/news/{old}"))
    assert look(clients) == before
    is_like_nothing(clients, GUESSED)

    frozen.at = ends
    assert clients["anybody"].get("/en/").status_code == 200
    assert clients["anybody"].get(f"/en/news/{GUESSED}").status_code == 200
    assert clients["anybody"].get(f"/en/news/{old}").location == f"/en/news/{GUESSED}"


def test_a_moment_taken_back_after_a_withdrawal_leaves_the_notice_where_it_was(client, frozen):
    edition, amelie = make.release(State.WITHDRAWN, title="Public words"), make.officer("Amélie")
    service.save(edition, make.text(**SECRET), make.shared(), base=1, by=make.officer())
    service.submit(edition, by=make.officer())
    service.approve(edition, by=amelie)
    service.publish(edition, by=amelie, wanted_at=frozen.at + HOUR)
    service.take_back(edition, by=amelie)
    frozen.at += 2 * HOUR
    told = client.get(f"/en/news/{DAY}/public-words")
    assert told.status_code == 200
    assert "Published in error." in told.get_data(as_text=True)
    assert "Zanzibar" not in told.get_data(as_text=True)


def test_the_address_of_a_moment_taken_back_is_free_again(clients, frozen):
    edition, amelie = make.release(State.SCHEDULED, at=frozen.at + HOUR, **SECRET), make.officer("Amélie")
    service.take_back(edition, by=amelie)
    assert make.release(State.PUBLISHED, **SECRET).path == GUESSED


def test_words_that_were_changed_before_the_moment_do_not_stay_in_the_address(frozen, app):
    edition, amelie = make.release(State.SCHEDULED, at=frozen.at + HOUR, **SECRET), make.officer("Amélie")
    service.save(edition, make.text(title="Zanzibar"), make.shared(), base=1, by=make.officer())
    service.submit(edition, by=make.officer())
    service.approve(edition, by=amelie)
    service.publish(edition, by=amelie)
    assert edition.path == f"{DAY}/zanzibar"


# The moment


@pytest.mark.parametrize("state", [State.SCHEDULED, State.EMBARGO])
@pytest.mark.parametrize("is_settled", [False, True], ids=["no worker", "a worker"])
def test_at_its_moment_it_is_everywhere_and_a_millisecond_before_nowhere(
    clients, facts, picture, frozen, run_jobs, state, is_settled
):
    def plain(seen):  # how long a proxy may keep it does change: not beyond the moment
        return {
            key: (status, [line for line in lines if line[0] != "Cache-Control"], body)
            for key, (status, lines, body) in seen.items()
        }

    before = plain(look(clients, ["get"]))
    ends = frozen.at + 3 * HOUR
    edition = secret(state, facts, picture, at=ends)
    file = f"/media/pictures/{picture.key}/320.jpg"

    frozen.at = ends - timedelta(milliseconds=1)
    if is_settled:
        run_jobs()
    assert plain(look(clients, ["get"])) == before
    is_like_nothing(clients, edition.path)
    assert clients["anybody"].get(file).status_code == 404

    frozen.at = ends
    if is_settled:
        run_jobs()
    for client in clients.values():
        for address in ("/en/", "/en/news/", "/en/news.atom", "/en/news/?kind=speech", "/en/news/?topic=ukraine", "/fr/news/?language=en",
                        f"/en/news/{edition.path}", f"/en/news/{edition.path}.txt", f"/uk/news/{edition.path}"):  # fmt: skip
            told = client.get(address)
            assert told.status_code == 200, address
            assert b"Zanzibar talks" in told.data, address
        assert edition.path.encode() in client.get("/sitemap-en-1.xml").data
        assert client.get(file).status_code == 200


def test_a_tag_that_somebody_learnt_or_guessed_opens_nothing(clients, facts, picture, frozen):
    ends = frozen.at + 3 * HOUR
    edition = secret(State.EMBARGO, facts, picture, at=ends)
    anybody, address = clients["anybody"], f"/en/news/{edition.path}"
    frozen.at = ends
    tag = anybody.get(address).headers["ETag"]
    assert anybody.get(address, headers={"If-None-Match": tag}).status_code == 304

    frozen.at = ends - timedelta(milliseconds=1)
    for headers in (
        {"If-None-Match": tag},
        {"If-None-Match": f"W/{tag}, *"},
        {"If-Range": tag, "Range": "bytes=0-9"},
    ):
        guessed = anybody.get(address, headers=headers)
        unknown = anybody.get(f"/en/news/{NOTHING}", headers=headers)
        assert (guessed.status_code, guessed.data) == (unknown.status_code, unknown.data)


def test_a_withdrawal_is_seen_at_the_next_request_by_those_who_have_the_page(clients, frozen):
    edition = make.published(**SECRET)
    anybody, address = clients["anybody"], f"/en/news/{edition.path}"
    tag = anybody.get(address).headers["ETag"]
    service.withdraw(edition, reason="Published in error.", by=make.officer("Amélie"))
    told = anybody.get(address, headers={"If-None-Match": tag})
    assert (told.status_code, b"Withdrawn on" in told.data) == (200, True)
    service.remove(edition, reason="Published in error.", by=make.officer("Amélie"))
    told = anybody.get(address, headers={"If-None-Match": told.headers["ETag"]})
    assert told.status_code == 410
    assert b"Xylophone" not in told.data


def test_a_clock_that_is_put_back_shows_nothing_early(clients, facts, picture, frozen):
    ends = frozen.at + 3 * HOUR
    edition = secret(State.EMBARGO, facts, picture, at=ends)
    for minutes in (60, -60, 5, -5):
        frozen.at = ends + timedelta(minutes=minutes)
        status = clients["anybody"].get(f"/en/news/{edition.path}").status_code
        assert status == (200 if minutes > 0 else 404)


def test_the_night_of_the_clock_change_is_told_in_utc(clients, frozen):
    frozen.at = frozen.at.replace(month=10, day=25, hour=12)
    ends = frozen.at.replace(day=26, hour=1, minute=30)  # 02:30 in Brussels, for the second time
    edition = make.release(State.EMBARGO, at=ends, facts=make.shared(date=date(2025, 10, 26)), **SECRET)
    for before in (HOUR, timedelta(milliseconds=1)):  # 02:30 for the first time, too
        frozen.at = ends - before
        assert clients["anybody"].get(f"/en/news/{edition.path}").status_code == 404
    frozen.at = ends
    assert clients["anybody"].get(f"/en/news/{edition.path}").status_code == 200
