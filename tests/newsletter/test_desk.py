"""Subscribers at the desk: finding, reading, stopping, blocking, erasing, taking along."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from app import clock
from app.acts import act
from app.audit.models import Entry
from app.database import db
from app.newsletter import queries, service
from app.newsletter.models import Delivery, DeliveryState, Issue, IssueEdition, State, Subscriber
from app.newsletter.service.confirming import ACCOUNT, LINK
from tests import make
from tests.newsletter import people
from tests.signing import post, sign_in

LIST = "/desk/newsletter/subscribers/"


@pytest.fixture
def desk(app: Flask) -> FlaskClient:
    """The browser of somebody who keeps the newsletter."""
    return sign_in(app.test_client(), make.officer("Nora", "newsletter"))


@pytest.fixture
def zoe(app: Flask) -> Subscriber:
    """Somebody who gets our mails."""
    return people.subscriber(kinds=("every", "friday"))


def _page(kept: Subscriber) -> str:
    return f"{LIST}{kept.id}/"


def _now(kept: Subscriber) -> Subscriber:
    db.session.rollback()
    return db.session.get_one(Subscriber, kept.id)


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_every_page_of_it_keeps_the_rules_of_the_house(app: Flask, browse: Any, language: str) -> None:
    officer = sign_in(app.test_client(), make.officer("Nora", "administrator", language))
    assert browse(LIST, by=officer).one(".empty-state")
    zoe = people.subscriber(kinds=("every",))
    service.note_bounce(zoe.id, kind=people.BounceKind.SOFT, status="4.2.2", source="dsn", digest="x")
    for path in (
        LIST, f"{LIST}?state=active", f"{LIST}?q=nobody", _page(zoe), f"{_page(zoe)}erase", f"{LIST}block",
        f"{LIST}let", f"{LIST}export", f"{LIST}import",
    ):  # fmt: skip
        assert browse(path, by=officer).soup.html["lang"] == language


@act
def written_to(kept: Subscriber, kind: str, state: str, subject: str) -> Issue:
    """Return an issue of which ``kept`` has a delivery."""
    now = clock.now()
    issue = Issue(kind=kind, state="sent", created_at=now)
    db.session.add(issue)
    db.session.flush()
    db.session.add(IssueEdition(issue_id=issue.id, language="fr", subject=subject))
    db.session.add(
        Delivery(
            issue_id=issue.id, subscriber_id=kept.id, language="fr", state=state, message_id=f"m{issue.id}",
            next_try_at=now,
        )
    )  # fmt: skip
    return issue


def test_what_was_sent_to_somebody_is_named_and_told_in_words(
    app: Flask, browse: Any, zoe: Subscriber
) -> None:
    issue = written_to(zoe, "handmade", DeliveryState.ACCEPTED, "La semaine")
    written_to(zoe, "weekly", DeliveryState.SUPPRESSED, "")
    for language, (first, second) in {
        "en": (
            "Untitled · Friday summary · not sent: the address is blocked",
            "La semaine · Newsletter · accepted by the mail server",
        ),
        "fr": (
            "Sans titre · Résumé du vendredi · non envoyé : l’adresse est bloquée",
            "La semaine · Newsletter · accepté par le serveur de messagerie",
        ),
        "uk": (
            "Без заголовка · Огляд за тиждень · не надіслано: адресу заблоковано",
            "La semaine · Розсилка · прийнято поштовим сервером",
        ),
    }.items():
        officer = sign_in(app.test_client(), make.officer(f"Nora-{language}", "newsletter", language))
        page = browse(_page(zoe), by=officer)
        told = [" ".join(each.get_text().split()) for each in page.all("ul.record__list li")]
        assert told == [first, second]
        link = page.one(f'.record__list a[href="/desk/newsletter/issues/{issue.id}/sending"]')
        assert (link.text, link["lang"]) == ("La semaine", "fr")


@pytest.mark.parametrize("role", ["writer", "translator", "reviewer", "publisher", "media_desk"])
def test_other_roles_are_turned_away(app: Flask, zoe: Subscriber, role: str) -> None:
    other = sign_in(app.test_client(), make.officer("Ira", role))
    for path in (LIST, _page(zoe), f"{_page(zoe)}erase", f"{LIST}block", f"{LIST}export", f"{LIST}import"):
        assert other.get(path).status_code == 403
    assert LIST not in other.get("/desk/").get_data(as_text=True)


def test_only_an_administrator_takes_the_addresses_along(desk: FlaskClient, zoe: Subscriber) -> None:
    assert desk.get(f"{LIST}export").status_code == 403
    assert post(desk, f"{LIST}export", {}, page=LIST).status_code == 403
    assert f"{LIST}export" not in desk.get(LIST).get_data(as_text=True)
    assert LIST in desk.get("/desk/").get_data(as_text=True)


def test_the_list_is_narrowed_by_what_is_remembered(browse: Any, desk: FlaskClient, zoe: Subscriber) -> None:
    people.subscriber("tom@globe.test", language="uk", state=State.LEFT, source="import")
    people.subscriber("100%_sure@globe.test", language="en", state=State.PAUSED, source="account")

    def found(query: str) -> list[str]:
        return [link.text for link in browse(f"{LIST}{query}", by=desk).all("tbody th a")]

    assert found("") == ["100%_sure@globe.test", "tom@globe.test", "zoe@example.org"]
    assert found("?q=GLOBE") == ["100%_sure@globe.test", "tom@globe.test"]
    assert found("?q=%25_") == ["100%_sure@globe.test"]
    assert found("?q=_") == ["100%_sure@globe.test"]
    assert found("?state=left") == ["tom@globe.test"]
    assert found("?language=uk") == ["tom@globe.test"]
    assert found("?source=account") == ["100%_sure@globe.test"]
    assert found("?state=nonsense") == found("")
    assert found("?q=zoe&state=left") == []
    assert desk.get(f"{LIST}?page=2").status_code == 404
    assert desk.get(f"{LIST}?page=x").status_code == 404


def test_a_subscribers_page_tells_all_that_is_known(browse: Any, desk: FlaskClient, zoe: Subscriber) -> None:
    service.note_bounce(zoe.id, kind=people.BounceKind.HARD, status="5.1.1", source="dsn", digest="x")
    page = browse(_page(zoe), by=desk)
    assert page.one("h1").text == "zoe@example.org"
    said = page.words("main")
    for words in ("Refused", "Oui.", "5.1.1", "The address refuses mails", "refused for good"):
        assert words in said
    assert desk.get(f"{LIST}999/").status_code == 404


@act
def _agreed(email: str, how: str) -> Subscriber:
    kept = Subscriber(
        email=email, email_key=email, address_hash=email, language="uk", state=State.ACTIVE, state_at=clock.now(),
        source="page", created_at=clock.now(),
    )  # fmt: skip
    db.session.add(kept)
    db.session.flush()
    db.session.add(people.consent_of(kept, how=how))
    return kept


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_how_an_address_was_proven_is_told_in_words(app: Flask, browse: Any, language: str) -> None:
    officer = sign_in(app.test_client(), make.officer("Nora", "newsletter", language))

    def said(how: str) -> str:
        return browse(_page(_agreed(f"{len(how)}@example.org", how)), by=officer).words(".record")

    words = {
        "fr": ("par le lien d’un e-mail", "par un compte média dont l’adresse est confirmée"),
        "en": ("by the link in an e-mail", "by a media account whose address was proven"),
        "uk": ("за посиланням у листі", "через обліковий запис медіа, адресу якого підтверджено"),
    }[language]
    assert (words[0] in said(LINK), words[1] in said(ACCOUNT)) == (True, True)
    assert "лист до редакції" in said("лист до редакції")  # an officer typed it


def test_an_officer_stops_it_for_who_asked_by_telephone(
    browse: Any, desk: FlaskClient, zoe: Subscriber
) -> None:
    answer = post(desk, f"{_page(zoe)}stop", {}, page=_page(zoe))
    assert answer.status_code == 303
    assert browse(_page(zoe), by=desk).one(".banner--done")
    assert (_now(zoe).state, _now(zoe).left_how) == (State.LEFT, "desk")


def test_nobody_is_made_active_at_the_desk(app: Flask, desk: FlaskClient) -> None:
    paths = [rule.rule for rule in app.url_map.iter_rules() if rule.endpoint.startswith("subscribers.")]
    assert sorted(path.rpartition("/")[2] for path in paths) == [
        "", "", "", "block", "erase", "export", "import", "let", "stop",
    ]  # fmt: skip


def test_an_address_is_blocked_known_or_not(browse: Any, desk: FlaskClient, zoe: Subscriber) -> None:
    path = f"{LIST}block"
    for address in ("zoe@example.org", "unknown@example.org"):
        answer = post(desk, path, {"email": address, "reason": "Asked by letter."}, page=path)
        assert answer.status_code == 303
    assert _now(zoe).state == State.REFUSED
    suppression = queries.suppression_of("unknown@example.org")
    assert suppression is not None
    assert (suppression.reason, suppression.detail) == ("administrator", "Asked by letter.")
    assert suppression.by_id is not None
    notice = browse(f"{LIST}?q=unknown@example.org", by=desk)
    assert notice.one('.desk-notice a[href*="/let"]')
    assert "Asked by letter." in browse(_page(zoe), by=desk).words("main")
    again = post(desk, path, {"email": "unknown@example.org", "reason": "Twice."}, page=path)
    assert again.status_code == 303
    assert queries.suppression_of("unknown@example.org").detail == "Asked by letter."  # type: ignore[union-attr]


@pytest.mark.parametrize("page", ["block", "let"])
def test_what_is_no_address_is_said_next_to_the_field(desk: FlaskClient, page: str) -> None:
    answer = post(desk, f"{LIST}{page}", {"email": "x"}, page=f"{LIST}{page}")
    assert answer.status_code == 422
    assert 'id="email-error"' in answer.get_data(as_text=True)


def test_a_block_is_ended_and_nobody_is_active_by_it(browse: Any, desk: FlaskClient, zoe: Subscriber) -> None:
    people.suppress("zoe@example.org")
    path = f"{LIST}let"
    answer = post(desk, path, {"email": "zoe@example.org"}, page=path)
    assert answer.status_code == 303
    assert (_now(zoe).state, _now(zoe).confirmed_at) == (State.LEFT, None)
    assert queries.suppression_of("zoe@example.org") is None
    post(desk, path, {"email": "zoe@example.org"}, page=path)
    assert "was not blocked" in browse(LIST, by=desk).words(".banner")


def test_a_subscriber_is_erased_from_a_page_of_its_own(
    browse: Any, desk: FlaskClient, zoe: Subscriber
) -> None:
    path = f"{_page(zoe)}erase"
    page = browse(path, by=desk)
    assert page.all("main .button")[0].text == "Cancel"
    assert post(desk, path, {}, page=path).status_code == 303
    assert _now(zoe).email == ""
    assert desk.get(_page(zoe)).status_code == 404
    suppression = queries.suppression_of("zoe@example.org")
    assert suppression is not None
    assert suppression.by_id is not None
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert entry is not None
    assert (entry.verb, entry.thing, entry.label) == ("erased", "subscriber", "")


def test_an_export_holds_everybody_and_no_formula_and_is_logged(app: Flask, zoe: Subscriber) -> None:
    topic = make.topic("ukraine")
    service.save(zoe, people.Wish(("every",), (topic.id,), "fr"))  # type: ignore[arg-type]
    people.subscriber("=cmd@example.org", state=State.LEFT)
    people.subscriber("+plus@example.org")
    ada = sign_in(app.test_client(), make.officer("Ada", "administrator"))
    answer = post(ada, f"{LIST}export", {}, page=f"{LIST}export")
    assert answer.mimetype == "text/csv"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    rows = list(csv.DictReader(io.StringIO(answer.get_data(as_text=True))))
    assert [row["address"] for row in rows] == ["zoe@example.org", "'=cmd@example.org", "'+plus@example.org"]
    assert (rows[0]["kinds"], rows[0]["topics"], rows[0]["consent_text"]) == ("every", "ukraine", "Oui.")
    db.session.rollback()
    entry = db.session.scalars(select(Entry).order_by(Entry.id.desc())).first()
    assert entry is not None
    assert entry.verb == "exported subscribers"


def test_the_log_holds_no_address(app: Flask, desk: FlaskClient, zoe: Subscriber) -> None:
    post(desk, f"{_page(zoe)}stop", {}, page=_page(zoe))
    path = f"{LIST}block"
    post(desk, path, {"email": "zoe@example.org", "reason": ""}, page=path)
    for entry in db.session.scalars(select(Entry)):
        assert "zoe@example.org" not in f"{entry.label} {entry.details}"
