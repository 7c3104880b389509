"""Films and photos of a text that is not public: who may read it has them by its own address, and nobody else."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from app import clock
from app.accreditation import queries as accreditation
from app.accreditation import service as accrediting
from app.database import db
from app.editorial import service
from app.editorial.models import Edition, State
from app.leaks.probe import asking, early_leaks, leaks
from app.leaks.queries import secrets
from app.teamwork import service as teamwork
from app.teamwork.models import PreviewLink
from app.videos import captioning
from tests import make
from tests.photos import scene
from tests.signing import log_in
from tests.videos import films

VTT = b"WEBVTT\n\n00:01.000 --> 00:04.000\nEvery link has to be known.\n"


def film() -> Edition:
    """Return an approved video with captions."""
    return films.video(State.APPROVED, fields={"captions": captioning.bring(VTT, None).key})


def under_embargo(app: Flask, edition: Edition) -> tuple[FlaskClient, str]:
    """Return a media user's browser, and the address where it reads ``edition`` before its hour."""
    group, tom = make.group("Pool"), make.media_user("Tom")
    accrediting.put_in(tom, group, by=make.officer("Max"))
    service.publish(
        edition, by=make.officer("Amélie"), wanted_at=clock.now() + timedelta(hours=1), is_embargo=True, groups=[group]
    )  # fmt: skip
    db.session.refresh(edition)
    return log_in(app.test_client(), tom), f"/en/account/embargoes/{edition.embargo_key}"


def by_link(app: Flask, edition: Edition) -> tuple[FlaskClient, str]:
    """Return an outsider's browser, and the link by which it reads ``edition``."""
    _link, token = teamwork.make_preview(edition, name="Finland", by=make.officer("Max"))
    return app.test_client(), f"/preview/{token}"


Way = Callable[[Flask, Edition], tuple[FlaskClient, str]]
ways = pytest.mark.parametrize("way", [under_embargo, by_link])


def files(reader: FlaskClient, there: str) -> list[str]:
    """Return the files that the page at ``there`` names, which are all below it."""
    page = reader.get(there).get_data(as_text=True)
    assert not re.search(r"[\"' ]/media/(masters|pictures|captions)/", page)
    return sorted(set(re.findall(rf"{there}/(?:masters|captions)/[^\"'# ,]+", page)))


def given(reader: FlaskClient, path: str) -> bytes:
    """Return the file at ``path``, which may be kept by nobody."""
    answer = reader.get(path)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "private, no-store"), path
    assert answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert answer.headers["Referrer-Policy"] == "no-referrer"
    return answer.get_data()


@ways
def test_who_may_read_a_film_watches_it_with_its_captions(app: Flask, way: Way) -> None:
    edition = film()
    other = films.master("another.mp4")
    reader, there = way(app, edition)
    master = f"{there}/masters/{edition.current.facts['master']}"
    captions = next(path for path in files(reader, there) if "/captions/" in path)

    assert {f"{master}/preview.mp4", f"{master}/poster-1280.jpg"} < set(files(reader, there))
    assert given(reader, f"{master}/preview.mp4") == b"a film"
    assert given(reader, f"{master}/poster-1280.jpg") == b"still"
    assert given(reader, f"{master}/strip.jpg") == b"many stills"
    assert b"Every link" in given(reader, captions)
    piece = reader.get(f"{master}/preview.mp4", headers={"Range": "bytes=2-"})
    assert (piece.status_code, piece.get_data()) == (206, b"film")

    name = captions.rpartition("/")[2]
    for wrong in (
        f"{master}/hd.mp4",
        f"{master}/nothing.jpg",
        f"{there}/masters/{other.id}/preview.mp4",
        f"{there}/masters/{10**30}/preview.mp4",
        f"{there}/captions/{edition.id + 1}/{name}",
        f"{there}/captions/{edition.id}/{'0' * 64}.vtt",
        f"{there}/captions/{edition.id}/{name}x",
    ):
        assert reader.get(wrong).status_code == 404, wrong
    for path in (f"{master}/preview.mp4", captions):
        public = path.replace(there, "/media")
        assert reader.get(public).status_code == 404, public


@ways
def test_who_may_read_a_set_sees_its_photos(app: Flask, way: Way) -> None:
    reader, there = way(app, scene.gallery(State.APPROVED, "one", "two"))
    found = files(reader, there)
    assert {path.rpartition("/")[2] for path in found} == {
        "640.avif", "1280.avif", "640.webp", "640.jpg", "1280.jpg",
    }  # fmt: skip
    assert [path for path in found if b" as " not in given(reader, path)] == []
    hidden = scene.master("three")
    assert reader.get(f"{there}/masters/{hidden.id}/640.jpg").status_code == 404


def event_films(page: Any) -> dict[str, tuple[str, str]]:
    """Return the films that the page of an event lists: their address and that of their still, by title."""
    return {
        card.select_one("a").get_text(): (card.select_one("a")["href"], card.select_one("img")["src"])
        for card in page.all(".media-cards__one")
    }


def film_of(event: Edition, title: str, state: State = State.PUBLISHED) -> Edition:
    """Return a film of ``event``."""
    return films.video(state, film=films.master(f"{title}.mp4"), title=title, facts={"event": event.item_id})


@ways
def test_the_page_of_an_event_lists_the_films_that_are_public(browse: Any, app: Flask, way: Way) -> None:
    event = make.event(State.APPROVED)
    arrival, hidden = film_of(event, "Arrival"), film_of(event, "Room", State.APPROVED)
    reader, there = way(app, event)
    shown = event_films(browse(there, by=reader))
    still = f"{there}/masters/{arrival.current.facts['master']}/poster-320.jpg"
    assert shown == {"Arrival": ("/en/media/videos/arrival", still)}
    assert given(reader, still) == b"small still"
    private = f"{there}/masters/{hidden.current.facts['master']}"
    assert reader.get(f"{private}/poster-320.jpg").status_code == 404
    service.withdraw(arrival, reason="Wrong footage.", by=make.officer("Amélie"))
    assert event_films(browse(there, by=reader)) == {}
    assert reader.get(still).status_code == 404


def test_films_under_embargo_stand_on_the_page_of_their_event_for_those_who_may_see_them(
    browse: Any, app: Flask, frozen: Any
) -> None:
    event = make.event(State.APPROVED)
    for_tom, for_others = film_of(event, "Arrival", State.APPROVED), film_of(event, "Room", State.APPROVED)
    elsewhere = film_of(make.event(State.APPROVED, title="Another day"), "Street", State.APPROVED)
    reader, there = under_embargo(app, event)
    pool, until = accreditation.groups()[0], event.public_from
    for film, group in ((for_tom, pool), (for_others, make.group("Others")), (elsewhere, pool)):
        service.publish(film, by=make.officer("Amélie"), wanted_at=until, is_embargo=True, groups=[group])
    db.session.refresh(for_tom)

    page = browse(there, by=reader)
    its = f"/en/account/embargoes/{for_tom.embargo_key}"
    still = f"{its}/masters/{for_tom.current.facts['master']}/poster-320.jpg"
    assert event_films(page) == {"Arrival": (its, still)}
    assert page.words(".media-cards__tag--early") == "Under embargo"
    assert given(reader, still) == b"small still"
    assert reader.get(still.replace(its, there)).status_code == 404  # each text gives its own files
    assert event_films(browse(by_link(app, event)[1])) == {}

    frozen.at = until
    assert event_films(browse(f"/en/events/{event.path}")).keys() == {"Arrival", "Room"}


def test_the_stills_of_the_films_of_a_hidden_event_are_asked_for_at_its_address(app: Flask) -> None:
    event = make.event(State.APPROVED)
    film = film_of(event, "Arrival")
    _reader, there = under_embargo(app, event)
    (secret,) = secrets()
    assert f"{there}/masters/{film.current.facts['master']}/poster-320.jpg" in secret.early
    assert not list(early_leaks({"a stranger": asking(app, None)}, secrets()))


def test_who_may_not_read_before_the_hour_gets_no_file_and_nobody_does_after_it(
    app: Flask, frozen: Any
) -> None:
    edition = film()
    reader, there = under_embargo(app, edition)
    stranger = log_in(app.test_client(), make.media_user("Ann"))
    paths = files(reader, there)
    assert {stranger.get(path).status_code for path in paths} == {404}
    assert {app.test_client().get(path).status_code for path in paths} == {
        303
    }  # to log in, whatever is there
    frozen.at += timedelta(hours=1)
    assert {reader.get(path).status_code for path in paths} == {404}  # the public page has its own


def test_a_link_that_ended_gives_no_file(app: Flask) -> None:
    reader, there = by_link(app, film())
    paths = files(reader, there)
    teamwork.revoke_preview(db.session.query(PreviewLink).one(), by=make.officer("Max"))
    assert {reader.get(path).status_code for path in paths} == {404}


def test_the_files_of_a_hidden_film_and_of_hidden_photos_are_asked_for(app: Flask) -> None:
    edition, photos = film(), scene.gallery(State.DRAFT, "one")
    reader, there = under_embargo(app, edition)
    of_film, of_photos = secrets()
    wanted = {path.replace(there, "/media") for path in files(reader, there) if "poster" not in path}
    photo = f"/media/masters/{photos.current.facts['photos'][0]['master']}/640.avif"
    assert wanted <= set(of_film.addresses)
    assert photo in of_photos.addresses
    assert {path.replace("/media", there) for path in wanted} <= set(of_film.early)

    ask, told = asking(app, None), wanted | {photo}
    assert not list(leaks(app, ask, secrets()))
    found = leaks(app, lambda path: (200, "") if path in told else ask(path), secrets())
    assert {leak.address for leak in found} == told
