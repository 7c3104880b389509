"""Previews: at any width for officers, and by link for outsiders, who get no session and leave a trace."""

from __future__ import annotations

import logging
import re
from datetime import timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app.audit.models import Entry
from app.database import db
from app.editorial import service as editorial
from app.editorial.models import Edition, State
from app.editorial.rules import NotAllowed
from app.refusals import Refusal
from app.teamwork import queries, service
from app.teamwork.models import PreviewLink, PreviewOpening
from tests import make
from tests.browser import Page, hold_to_the_house
from tests.library.test_images import drawn, saved
from tests.signing import post

HERE = "/desk/releases/1/en/"
LINKS = f"{HERE}previews"


def link(edition: Edition, name: str = "Finland", by: str = "Oksana") -> str:
    """Make a link, and return where it leads."""
    _link, token = service.make_preview(edition, name=name, by=make.officer(by))
    return f"/preview/{token}"


def change(edition: Edition, title: str, *, is_autosave: bool = False) -> None:
    """Save another title."""
    base = edition.current.number
    made = editorial.save(edition, make.text(title=title), make.shared(), base=base, by=make.officer())
    made.is_autosave = is_autosave
    db.session.commit()


def test_an_outsider_reads_a_draft_with_a_notice_and_without_a_session(
    browse, app: Flask, client: FlaskClient
) -> None:
    edition = make.release(language="fr")
    there = link(edition, name="Délégation de la Finlande")
    page = browse(there)

    assert page.one("html")["lang"] == "fr"
    assert page.words("h1") == "Les ministres adoptent une feuille de route"
    words = page.words(".watermark")
    assert words.startswith(
        "Aperçu pour Délégation de la Finlande : ne pas publier. État : Brouillon, version 1."
    )
    assert "jusqu’au 27 novembre 2025, 12:00, heure de Bruxelles (UTC+1)" in words
    headers = page.answer.headers
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "noindex" in headers["X-Robots-Tag"]
    assert page.one("meta[name=robots]")["content"] == "noindex"
    assert "Set-Cookie" not in headers
    assert client.get_cookie(app.config["SESSION_COOKIE_NAME"]) is None


@pytest.mark.parametrize(
    "state", [State.DRAFT, State.IN_REVIEW, State.APPROVED, State.SCHEDULED, State.EMBARGO, State.WITHDRAWN]
)
def test_a_text_of_any_state_can_be_shown(browse, app: Flask, frozen, state: State) -> None:
    edition = make.release(state, at=frozen.at + timedelta(days=1))

    assert browse(link(edition)).words("h1") == "Ministers adopt a road map"


def test_each_opening_is_kept_with_its_moment_its_network_and_its_version(app: Flask, frozen, client) -> None:
    edition = make.release()
    there = link(edition)
    client.get(there, environ_overrides={"REMOTE_ADDR": "203.0.113.9"})
    frozen.at += timedelta(hours=1)
    change(edition, "Another")
    client.get(there)

    kept = [
        (each.at, each.network, each.revision_id) for each in db.session.query(PreviewOpening).order_by("id")
    ]
    assert kept == [
        (frozen.at - timedelta(hours=1), "203.0.113.9", 1),
        (frozen.at, "127.0.0.1", 2),
    ]


def test_outsiders_read_what_somebody_saved_and_never_half_a_sentence(browse, app: Flask) -> None:
    edition = make.release()
    there = link(edition)
    change(edition, "Saved")
    change(edition, "Half a sent", is_autosave=True)

    assert browse(there).words("h1") == "Saved"


def dead(client: FlaskClient, path: str) -> tuple:
    """Return what a dead link answers, without what differs by its address."""
    answer = client.get(path)
    return answer.status_code, answer.get_data(), sorted((k, v) for k, v in answer.headers if k != "Date")


def test_all_dead_links_answer_alike(app: Flask, frozen, client: FlaskClient) -> None:
    edition = make.release(State.APPROVED)
    revoked, expired, published = (link(edition, name) for name in ("a", "b", "c"))
    service.revoke_preview(db.session.query(PreviewLink).filter_by(name="a").one(), by=make.officer())
    unknown = dead(client, "/preview/" + "x" * 32)
    assert unknown[0] == 404

    assert dead(client, revoked) == unknown
    editorial.publish(edition, by=make.officer("Amélie"))
    assert dead(client, published) == unknown
    frozen.at += timedelta(days=7)
    assert dead(client, expired) == unknown
    for odd in ("x", "%00", "x" * 3000, "%F0%9F%87%BA", "..", "ї"):
        assert client.get(f"/preview/{odd}").status_code == 404
    assert db.session.query(PreviewOpening).count() == 0


def test_a_link_lives_for_seven_days_to_the_second(app: Flask, frozen, client: FlaskClient) -> None:
    there = link(make.release())
    frozen.at += timedelta(days=7) - timedelta(seconds=1)
    assert client.get(there).status_code == 200

    frozen.at += timedelta(seconds=1)
    assert client.get(there).status_code == 404


def test_a_link_dies_at_its_moment_though_no_worker_runs(app: Flask, frozen, client: FlaskClient) -> None:
    moment = frozen.at + timedelta(hours=3)
    there = link(make.release(State.EMBARGO, at=moment))
    frozen.at = moment - timedelta(seconds=1)
    assert client.get(there).status_code == 200

    frozen.at = moment
    assert client.get(there).status_code == 404


def test_a_link_to_a_correction_lives_until_that_is_published(
    app: Flask, frozen, client: FlaskClient
) -> None:
    edition = make.published()
    frozen.at += timedelta(hours=1)
    change(edition, "Corrected")
    there = link(edition)
    assert client.get(there).status_code == 200

    frozen.at += timedelta(hours=1)
    editorial.submit(edition, by=make.officer())
    editorial.approve(edition, by=make.officer("Amélie"))
    assert client.get(there).status_code == 200
    editorial.publish(edition, by=make.officer("Amélie"), kind="minor")
    assert client.get(there).status_code == 404


def test_a_link_that_died_at_publication_does_not_come_back_with_the_withdrawal(
    app: Flask, frozen, client: FlaskClient
) -> None:
    edition = make.release(State.APPROVED)
    there = link(edition)
    frozen.at += timedelta(hours=1)
    editorial.publish(edition, by=make.officer("Amélie"))
    editorial.withdraw(edition, reason="Error.", by=make.officer("Amélie"))

    assert client.get(there).status_code == 404


def test_only_a_keyed_digest_is_kept_and_no_log_has_the_token(app: Flask, client, caplog) -> None:
    there = link(make.release())
    token = there.rpartition("/")[2]
    kept = db.session.query(PreviewLink).one()
    assert len(kept.digest) == 64
    assert token not in str(vars(kept))
    assert service.digest(token) == kept.digest
    entry = db.session.query(Entry).order_by(Entry.id.desc()).first()
    assert (entry.verb, entry.details["name"]) == ("made a preview link", "Finland")
    assert token not in str(entry.details)

    from app.web.logging import masked

    assert masked(f"GET {there}/pictures/x failed") == "GET /preview/(token)/pictures/x failed"
    with caplog.at_level(logging.DEBUG):
        client.get(there)
    assert token not in caplog.text


def test_pictures_of_the_text_are_shown_by_the_link_and_no_others(app: Flask, client: FlaskClient) -> None:
    from app.library import service as pictures

    one, other = (
        pictures.add_picture(saved(drawn((width, 600))), title=str(width), credit="x", by=make.officer())
        for width in (1900, 1800)
    )
    edition = make.release(facts=make.shared(pictures=(one.id,)), picture_words={one.id: {"alt": "x"}})
    there = link(edition)
    page = Page(client.get(there))
    assert "/media/pictures/" not in page.html
    source = page.one("article img")["src"]
    assert source.startswith(f"{there}/pictures/{one.key}/")

    answer = client.get(source)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    name = source.rpartition("/")[2]
    assert client.get(f"/media/pictures/{one.key}/{name}").status_code == 404
    for path in (f"{there}/pictures/{other.key}/{name}", f"{there}/pictures/{one.key}/7.jpg",
                 f"{there}/pictures/x/{name}", source.replace(there, "/preview/" + "x" * 32)):  # fmt: skip
        assert client.get(path).status_code == 404, path
    assert db.session.query(PreviewOpening).count() == 1


def test_too_many_openings_from_one_network_have_to_wait(app: Flask, client, monkeypatch) -> None:
    monkeypatch.setattr("app.teamwork.views.OPENINGS_AN_HOUR", 2)
    there = link(make.release())
    assert [client.get(path).status_code for path in (there, "/preview/none", there)] == [200, 404, 429]


@pytest.mark.parametrize("name", ["Petro", "Nora"])
def test_who_may_not_give_links_cannot_make_revoke_or_see_any(app: Flask, name: str) -> None:
    edition = make.release()
    link(edition)
    kept = db.session.query(PreviewLink).one()
    with pytest.raises(NotAllowed):
        service.make_preview(edition, name="x", by=make.officer(name))
    with pytest.raises(NotAllowed):
        service.revoke_preview(kept, by=make.officer(name))
    assert make.signed_in(app, name).get(LINKS).status_code == 403


@pytest.mark.parametrize("name", ["", " \n", "x" * 121])
def test_a_link_is_for_somebody(app: Flask, name: str) -> None:
    edition = make.release()
    with pytest.raises(Refusal):
        service.make_preview(edition, name=name, by=make.officer())


def test_fifty_links_are_enough_for_one_text(app: Flask, frozen) -> None:
    edition = make.release()
    for number in range(50):
        link(edition, str(number))
    with pytest.raises(Refusal, match="50 links"):
        link(edition)
    frozen.at += timedelta(days=8)
    link(edition)


# --- the page of links ---


def test_a_link_is_made_shown_once_opened_and_revoked(browse, app: Flask, client, frozen) -> None:
    make.release()
    oksana = make.signed_in(app)
    assert "Nobody outside has a link to this text." in browse(LINKS, by=oksana).words()
    page = Page(post(oksana, LINKS, {"name": "Finland"}, page=LINKS))
    assert page.status == 200
    hold_to_the_house(page)
    address = page.one("#preview-address").get_text()
    assert re.fullmatch(r"http://newsroom\.test/preview/[\w-]{32}", address)
    assert "#preview-address" not in browse(LINKS, by=oksana).html
    assert address.rpartition("/")[2] not in browse(LINKS, by=oksana).html

    client.get(address.removeprefix("http://newsroom.test"))
    page = browse(LINKS, by=oksana)
    assert "Opened 1 time, last today, 12:00" in page.words(".preview-links")
    assert "127.0.0.1, version 1" in page.words(".preview-links")
    assert "Works until 27 November 2025" in page.words(".preview-links")
    answer = post(oksana, f"{LINKS}/1/revoke", page=LINKS)
    assert (answer.status_code, answer.location) == (303, LINKS)
    page = browse(LINKS, by=oksana)
    assert "Revoked. Made by Oksana" in page.words(".preview-links")
    assert page.all(".preview-links form") == []
    assert client.get(address.removeprefix("http://newsroom.test")).status_code == 404
    entry = db.session.query(Entry).order_by(Entry.id.desc()).first()
    assert entry.verb == "revoked a preview link"


def test_a_form_that_is_sent_twice_makes_one_link(app: Flask) -> None:
    make.release()
    oksana = make.signed_in(app)
    once = [Page(oksana.get(LINKS)).one("#once")["value"] for _ in range(2)]
    made = [
        Page(post(oksana, LINKS, {"name": "Finland", "once": each}, page=LINKS))
        .one("#preview-address")
        .get_text()
        for each in (once[0], once[0], once[1])
    ]

    assert made[0] == made[1] != made[2]
    assert db.session.query(PreviewLink).count() == 2


def test_the_last_openings_of_each_link_are_told_with_their_count(app: Flask, client) -> None:
    edition = make.release()
    first, second = link(edition), link(edition, "Norway")
    for _ in range(23):
        client.get(first)
    client.get(second)

    found = queries.openings([1, 2])
    assert [(number, len(rows), rows[0].count) for number, rows in sorted(found.items())] == [
        (1, 20, 23),
        (2, 1, 1),
    ]


def test_a_link_without_a_name_is_refused_next_to_the_field(app: Flask) -> None:
    make.release()
    oksana = make.signed_in(app)
    page = Page(post(oksana, LINKS, {"name": "\0 "}, page=LINKS))

    assert page.status == 422
    hold_to_the_house(page)
    assert "Say who gets the link" in page.words("#name-error")
    assert post(oksana, f"{LINKS}/9/revoke", page=LINKS).status_code == 404


def test_hostile_names_are_text(browse, app: Flask) -> None:
    make.release()
    oksana = make.signed_in(app)
    for name in ("<script>pwned(1)</script>", "\u202eevil", "%(name)"):
        page = Page(post(oksana, LINKS, {"name": name}, page=LINKS))
        assert page.status == 200
        assert "<script>pwned" not in page.html
        assert "<script>pwned" not in oksana.get(page.one("#preview-address").get_text()[20:]).get_data(
            as_text=True
        )


# --- at any width ---


def test_officers_see_the_page_at_any_width_in_a_frame_of_our_own(browse, app: Flask, client) -> None:
    make.release(language="fr")
    there = "/desk/releases/1/fr/"
    nora = make.signed_in(app, "Nora")
    page = browse(f"{there}preview/widths?width=768", by=nora)
    frame = page.one("iframe")
    assert (frame["width"], frame["src"]) == ("768", f"{there}preview/page")
    assert "frame-src 'self'" in page.answer.headers["Content-Security-Policy"]
    assert page.answer.headers["X-Frame-Options"] == "DENY"
    for odd in ("x", "0", "99999", ""):
        assert browse(f"{there}preview/widths?width={odd}", by=nora).one("iframe")["width"] == "390"

    inner = browse(f"{there}preview/page", by=nora)
    assert inner.one("html")["lang"] == "fr"
    assert inner.one("link[rel=stylesheet]")["href"].rpartition("/")[2].startswith("site")
    assert "frame-ancestors 'self'" in inner.answer.headers["Content-Security-Policy"]
    assert inner.answer.headers["X-Frame-Options"] == "SAMEORIGIN"
    assert inner.all("main form[method=post]") == []
    assert inner.answer.headers["Cache-Control"] == "private, no-store"
    assert client.get(f"{there}preview/page").status_code == 303
