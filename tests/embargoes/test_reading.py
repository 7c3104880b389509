"""Reading before the hour: who may, who is turned away, and what is never shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select

from app.accreditation import queries as accreditation
from app.accreditation import service as accrediting
from app.acts import act
from app.audit.models import Entry
from app.database import db
from app.editorial import service
from app.editorial.models import Edition
from app.editorial.service import Shared
from app.embargoes.models import EarlyOpening
from app.library import service as library
from app.media_users.models import MediaUser
from tests import make
from tests.signing import log_in, post, sign_in

BANNER = "Under embargo until 20\N{NO-BREAK SPACE}November 2025, 15:00, Brussels time (UTC+1). Not for publication before."


@pytest.fixture
def tom(app: Flask) -> FlaskClient:
    """Tom's browser; he is in the group called "Pool"."""
    accrediting.put_in(make.media_user("Tom"), make.group("Pool"), by=make.officer("Max"))
    return log_in(app.test_client(), make.media_user("Tom"))


def pool() -> Any:
    """Return the group that Tom is in."""
    return accreditation.groups()[0]


def address(edition: Edition, language: str = "en") -> str:
    """Return where ``edition`` is read before its hour."""
    db.session.refresh(edition)
    return f"/{language}/account/embargoes/{edition.embargo_key}"


def entries(verb: str = "opened under embargo") -> list[Entry]:
    """Return what the log says about openings."""
    db.session.rollback()
    return list(db.session.scalars(select(Entry).where(Entry.verb == verb).order_by(Entry.id)))


# --- who may ---


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_a_member_finds_the_text_and_reads_it_under_its_banner(
    browse: Any, tom: FlaskClient, language: str
) -> None:
    edition = make.embargoed(pool())
    listed = browse(f"/{language}/account/embargoes/", by=tom)
    assert listed.one(".embargoes__title a")["href"] == address(edition, language)
    page = browse(address(edition, language), by=tom)
    assert page.words("h1") == make.TITLES["en"]
    assert page.one("h1").get("lang") == (None if language == "en" else "en")
    banner = {"fr": "Sous embargo jusqu’au", "en": "Under embargo until", "uk": "Ембарго до"}[language]
    assert page.words(".every-sheet__head").startswith(banner)
    assert page.one("meta[name=robots]")["content"] == "noindex"
    assert page.answer.headers["Cache-Control"] == "private, no-store"
    assert page.answer.headers["X-Robots-Tag"] == "noindex, nofollow, noarchive"
    assert page.answer.headers["Referrer-Policy"] == "no-referrer"
    assert "Published" not in page.words(".facts" if page.all(".facts") else "main")


def test_the_text_as_text_has_its_banner_above_and_below(tom: FlaskClient) -> None:
    answer = tom.get(f"{address(make.embargoed(pool()))}.txt")
    text = answer.get_data(as_text=True)
    assert answer.content_type == "text/plain; charset=utf-8"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert text.startswith(BANNER)
    assert text.rstrip().endswith(BANNER)
    assert make.TITLES["en"] in text


def test_an_event_is_read_before_its_hour_too(browse: Any, tom: FlaskClient) -> None:
    edition = make.event()
    service.submit(edition, by=make.officer("Oksana"), reason="It may stay.")
    service.approve(edition, by=make.officer("Amélie"))
    service.publish(
        edition, by=make.officer("Amélie"), wanted_at=datetime(2025, 11, 20, 14, tzinfo=UTC), is_embargo=True,
        groups=[pool()],
    )  # fmt: skip
    assert browse(address(edition), by=tom).words("h1") == make.TITLES["en"]
    assert make.TITLES["en"] in tom.get(f"{address(edition)}.txt").get_data(as_text=True)


def test_the_public_address_is_404_for_a_member_as_for_everybody(
    tom: FlaskClient, client: FlaskClient
) -> None:
    edition = make.embargoed(pool())
    tom.get(address(edition))
    for each in (tom, client):
        for ending in ("", ".txt"):
            assert each.get(f"/en/news/{edition.path}{ending}").status_code == 404


# --- who is turned away ---


def _without_group() -> Any:
    return make.media_user("Ann")


def _of_another_group() -> Any:
    accrediting.put_in(make.media_user("Ann"), make.group("Others"), by=make.officer("Max"))
    return make.media_user("Ann")


def _waiting() -> Any:
    accrediting.ask(pool(), by=make.media_user("Ann"))
    return make.media_user("Ann")


def _refused() -> Any:
    accrediting.refuse(
        accrediting.ask(pool(), by=make.media_user("Ann")), reason="No.", by=make.officer("Max")
    )
    return make.media_user("Ann")


@pytest.mark.parametrize("who", [_without_group, _of_another_group, _waiting, _refused])
def test_who_is_not_let_in_gets_the_answer_of_an_address_that_never_was(
    app: Flask, tom: FlaskClient, who: Callable[[], Any]
) -> None:
    edition = make.embargoed(pool())
    stranger = log_in(app.test_client(), who())
    nothing = stranger.get("/en/account/embargoes/nothing")
    for path in (
        address(edition),
        f"{address(edition)}.txt",
        f"{address(edition)}/pictures/{'0' * 32}/hd.jpg",
    ):
        answer = stranger.get(path)
        assert answer.status_code == 404, path
        assert abs(len(answer.data) - len(nothing.data)) < 40
        assert make.TITLES["en"] not in answer.get_data(as_text=True)
    assert make.TITLES["en"] not in stranger.get("/en/account/embargoes/").get_data(as_text=True)
    assert not entries()


def test_nobody_is_led_to_the_log_in_page_and_back_whatever_the_address(
    client: FlaskClient, tom: FlaskClient
) -> None:
    for path in (address(make.embargoed(pool())), "/en/account/embargoes/nothing"):
        answer = client.get(path)
        assert (answer.status_code, answer.location) == (303, f"/en/account/login?next={path}")


@pytest.mark.parametrize("name", ["Oksana", "Amélie", "Ada"])
def test_officers_read_at_the_desk_and_not_here(app: Flask, tom: FlaskClient, browse: Any, name: str) -> None:
    edition = make.embargoed(pool())
    officer = sign_in(app.test_client(), make.officer(name))
    assert officer.get(address(edition)).status_code == 404
    assert "at the desk" in browse("/en/account/embargoes/", by=officer).words()


def _suspend() -> None:
    accrediting.suspend(
        accreditation.media_user(make.media_user("Tom").id), reason="No.", by=make.officer("Max")
    )


def _take_out() -> None:
    tom = make.media_user("Tom")
    accrediting.take_out(accreditation.membership_of(tom.id, pool().id), reason="No.", by=make.officer("Max"))


def _leave() -> None:
    def leaves() -> None:
        db.session.get_one(MediaUser, make.media_user("Tom").id).leaving_at = datetime(
            2025, 11, 20, tzinfo=UTC
        )

    act(leaves)()


def _close_group() -> None:
    accrediting.close(pool(), by=make.officer("Max"))


def _edition() -> Edition:
    return db.session.scalars(select(Edition).where(Edition.embargo_key.is_not(None))).one()


def _take_back() -> None:
    service.take_back(_edition(), by=make.officer("Amélie"))


def _change_text() -> None:
    edition = _edition()
    service.save(
        edition, make.text("en", body="<p>Another text.</p>"), make.shared(), base=edition.current.number,
        by=make.officer("Oksana"),
    )  # fmt: skip


def _regroup() -> None:
    service.regroup(_edition(), [], reason="Wrong pool.", by=make.officer("Amélie"))


def _change_address() -> None:
    tom = make.media_user("Tom")
    act(lambda: (setattr(tom, "email_key", "tom@elsewhere.test"), accrediting.look_again(tom)))()


@pytest.mark.parametrize(
    "happens",
    [_suspend, _take_out, _leave, _close_group, _take_back, _change_text, _regroup, _change_address],
)
def test_the_address_is_dead_as_soon_as_a_right_is_gone(
    tom: FlaskClient, happens: Callable[[], None]
) -> None:
    edition = make.embargoed(pool())
    there = address(edition)
    assert tom.get(there).status_code == 200
    happens()
    for path in (there, f"{there}.txt"):
        answer = tom.get(path)
        assert answer.status_code == (303 if happens is _suspend else 404)
        assert make.TITLES["en"] not in answer.get_data(as_text=True)


def test_only_what_was_approved_is_read_and_the_address_lives_again_with_the_next_embargo(
    tom: FlaskClient,
) -> None:
    edition = make.embargoed(pool())
    there = address(edition)
    _change_text()
    assert tom.get(there).status_code == 404
    service.submit(edition, by=make.officer("Oksana"), reason="It may stay.")
    assert tom.get(there).status_code == 404
    service.approve(edition, by=make.officer("Amélie"))
    assert tom.get(there).status_code == 404  # approved, and nobody has decided who reads it before
    service.publish(
        edition, by=make.officer("Amélie"), wanted_at=datetime(2025, 11, 20, 14, tzinfo=UTC), is_embargo=True,
        groups=[pool()],
    )  # fmt: skip
    assert "Another text." in tom.get(there).get_data(as_text=True)


@pytest.mark.parametrize("key", ["x" * 5000, "%00", "a%0ab", "..%2f..", "é"])
def test_an_address_of_nonsense_is_not_found(tom: FlaskClient, key: str) -> None:
    assert tom.get(f"/en/account/embargoes/{key}").status_code == 404


# --- the hour ---


def test_the_hour_is_exact_and_leads_to_the_public_page(tom: FlaskClient, frozen: Any) -> None:
    edition = make.embargoed(pool(), hours=1)
    there, hour = address(edition), frozen.at + timedelta(hours=1)
    frozen.at = hour - timedelta(milliseconds=1)
    assert tom.get(there).status_code == 200
    assert tom.get(f"/en/news/{edition.path}").status_code == 404
    frozen.at = hour
    answer = tom.get(there)
    assert (answer.status_code, answer.location) == (303, f"/en/news/{edition.path}")
    assert tom.get(f"{there}.txt").location == f"/en/news/{edition.path}.txt"
    assert tom.get(answer.location).status_code == 200
    assert not tom.get("/en/account/embargoes/").get_data(as_text=True).count(edition.embargo_key)


def test_a_moved_hour_is_that_of_every_page_opened_from_then_on(tom: FlaskClient, frozen: Any) -> None:
    edition, amelie = make.embargoed(pool(), hours=1), make.officer("Amélie")
    there, old = address(edition), frozen.at + timedelta(hours=1)
    assert "13:00, Brussels" in tom.get(there).get_data(as_text=True)
    service.move(edition, to=old + timedelta(hours=2), reason="Late.", by=amelie, seen=old)
    frozen.at = old
    assert "15:00, Brussels" in tom.get(there).get_data(as_text=True)
    service.lift(edition, reason="It leaked.", by=amelie, seen=old + timedelta(hours=2))
    assert tom.get(there).location == f"/en/news/{edition.path}"


def test_an_embargo_across_the_change_of_clocks_names_the_zone_of_its_hour(
    tom: FlaskClient, frozen: Any
) -> None:
    frozen.at = datetime(2026, 3, 28, 12, tzinfo=UTC)
    edition = make.embargoed(pool(), hours=13)  # the first second of summer time, 3:00
    there = address(edition)
    fresh = log_in(tom.application.test_client(), make.media_user("Tom"))
    said = fresh.get(there).get_data(as_text=True).replace("\N{NO-BREAK SPACE}", " ")
    assert "29 March 2026, 03:00, Brussels time (UTC+2)" in said
    frozen.at = datetime(2026, 3, 29, 0, 59, 59, 999000, tzinfo=UTC)
    fresh = log_in(tom.application.test_client(), make.media_user("Tom"))
    assert fresh.get(there).status_code == 200
    frozen.at = datetime(2026, 3, 29, 1, tzinfo=UTC)
    assert fresh.get(there).status_code == 303


def test_after_its_hour_a_withdrawn_text_leads_nowhere(tom: FlaskClient, frozen: Any) -> None:
    edition = make.embargoed(pool(), hours=1)
    there = address(edition)
    frozen.at += timedelta(hours=1)
    service.settle()
    service.withdraw(edition, reason="Published in error.", by=make.officer("Amélie"))
    assert tom.get(there).status_code == 404


# --- pictures ---


def test_a_picture_is_given_by_the_address_of_the_text_alone(
    app: Flask, tom: FlaskClient, frozen: Any
) -> None:
    data = BytesIO()
    Image.new("RGB", (1600, 900), "navy").save(data, "JPEG")
    picture = library.add_picture(data.getvalue(), title="Hall", credit="Office", by=make.officer("Oksana"))
    other = BytesIO()
    Image.new("RGB", (1600, 900), "red").save(other, "JPEG")
    hidden = library.add_picture(other.getvalue(), title="Other", credit="Office", by=make.officer("Oksana"))
    facts = Shared(
        kind="news_release", date=datetime(2025, 11, 20, tzinfo=UTC).date(), pictures=(picture.id,)
    )
    words = {picture.id: {"alt": "A hall", "is_decorative": False, "caption": ""}}
    edition = make.embargoed(pool(), hours=1, facts=facts, picture_words=words)
    there = address(edition)
    page = tom.get(there).get_data(as_text=True)
    assert "/media/pictures/" not in page
    (found,) = set(re.findall(rf'src="({there}/pictures/[^"]+)"', page))
    answer = tom.get(found)
    assert (answer.status_code, answer.content_type) == (200, "image/jpeg")
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "ETag" not in answer.headers
    assert tom.get(f"/media/pictures/{picture.key}/hd.jpg").status_code == 404
    for wrong in (
        f"{hidden.key}/hd.jpg",
        f"{picture.key}/x.jpg",
        f"{'0' * 32}/hd.jpg",
        f"{picture.key}/9999.jpg",
    ):
        assert tom.get(f"{there}/pictures/{wrong}").status_code == 404
    assert log_in(app.test_client(), make.media_user("Ann")).get(found).status_code == 404
    frozen.at += timedelta(hours=1)
    assert tom.get(found).status_code == 404  # the public page has its own


# --- who has read it ---


def test_each_opening_is_counted_and_the_first_of_a_day_is_in_the_log(tom: FlaskClient, frozen: Any) -> None:
    edition = make.embargoed(pool(), hours=60)
    there = address(edition)
    for _time in range(3):
        tom.get(there)
    frozen.at = frozen.at.replace(hour=22, minute=59)
    log_in(tom, make.media_user("Tom"))
    tom.get(f"{there}.txt")
    assert len(entries()) == 1
    frozen.at = frozen.at.replace(hour=23, minute=0)  # midnight at the office
    tom.get(there)
    assert [(each.account_id, each.thing_id, each.label) for each in entries()] == [
        (make.media_user("Tom").id, edition.id, make.TITLES["en"])
    ] * 2
    row = db.session.scalars(select(EarlyOpening)).one()
    assert (row.count, row.first_at.hour, row.last_at) == (5, 11, frozen.at)


# --- groups, in the account ---


def test_somebody_asks_to_join_and_sees_how_it_stands(app: Flask, browse: Any) -> None:
    group, shut = make.group("Pool"), make.group("Shut")
    accrediting.close(shut, by=make.officer("Max"))
    ann = log_in(app.test_client(), make.media_user("Ann"))
    page = browse("/en/account/embargoes/", by=ann)
    assert [each["value"] for each in page.all("input[name=group]")] == [str(group.id)]
    answer = post(ann, "/en/account/embargoes/ask", {"group": str(group.id)}, page="/en/account/embargoes/")
    assert answer.status_code == 303
    page = browse("/en/account/embargoes/", by=ann)
    assert "You have asked." in page.words(".embargoes__groups")
    assert not page.all("input[name=group]")
    accrediting.refuse(
        accreditation.membership_of(make.media_user("Ann").id, group.id),
        reason="No card.",
        by=make.officer("Max"),
    )
    page = browse("/en/account/embargoes/", by=ann)
    assert "Reason: No card." in page.words(".embargoes__groups")
    assert page.all("input[name=group]")


@pytest.mark.parametrize("typed", ["", "999", "x", "9" * 40, "-1"])
def test_a_group_that_is_none_is_refused_beside_the_choice(app: Flask, browse: Any, typed: str) -> None:
    make.group("Pool")
    ann = log_in(app.test_client(), make.media_user("Ann"))
    answer = post(ann, "/en/account/embargoes/ask", {"group": typed}, page="/en/account/embargoes/")
    assert answer.status_code == 422
    assert "Choose a group." in answer.get_data(as_text=True)


def test_an_officer_who_asks_gets_nowhere(app: Flask) -> None:
    group = make.group("Pool")
    officer = sign_in(app.test_client(), make.officer("Oksana"))
    token_page = "/desk/settings"
    answer = post(officer, "/en/account/embargoes/ask", {"group": str(group.id)}, page=token_page)
    assert answer.status_code == 404
