"""Who has a text open: noted when it is opened, kept by the page's script, gone by itself."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.database import db
from app.teamwork import queries, service
from app.teamwork.models import Presence
from app.teamwork.service import attending
from tests import make
from tests.signing import post

HERE = "/desk/releases/1/en/"


def names(edition, besides: str = "Rosa") -> list[str]:
    """Return who has ``edition`` open, in the eyes of somebody."""
    from app import clock

    found = queries.present([edition.id], besides=make.officer(besides).id, at=clock.now())
    return [each.account.name for each in found]


def test_who_opens_a_text_has_it_open_for_five_minutes_without_script(browse, app: Flask, frozen) -> None:
    edition = make.release()
    browse(HERE, by=make.signed_in(app))
    assert names(edition) == ["Oksana"]
    assert names(edition, besides="Oksana") == []

    frozen.at += timedelta(minutes=5) - timedelta(seconds=1)
    assert names(edition) == ["Oksana"]
    frozen.at += timedelta(seconds=1)
    assert names(edition) == []


def test_a_page_with_script_is_open_for_a_minute_after_it_asked(app: Flask, frozen) -> None:
    edition = make.release()
    service.attend(edition, by=make.officer())
    frozen.at += timedelta(seconds=59)
    assert names(edition) == ["Oksana"]
    service.attend(edition, by=make.officer())
    frozen.at += timedelta(seconds=59)
    assert names(edition) == ["Oksana"]
    frozen.at += timedelta(seconds=1)
    assert names(edition) == []


def test_since_when_is_told_from_the_first_of_an_unbroken_row(app: Flask, frozen) -> None:
    edition, oksana = make.release(), make.officer()
    began = frozen.at
    for _ in range(3):
        service.attend(edition, by=oksana)
        frozen.at += timedelta(seconds=30)
    assert db.session.query(Presence).one().since_at == began

    frozen.at += timedelta(minutes=2)
    service.attend(edition, by=oksana)
    assert db.session.query(Presence).one().since_at == frozen.at


def test_who_left_is_gone_and_what_is_old_is_forgotten(app: Flask, frozen) -> None:
    edition, other = make.release(), make.release(language="fr")
    service.attend(edition, by=make.officer())
    service.leave(edition, by=make.officer())
    assert db.session.query(Presence).all() == []

    service.attend(edition, by=make.officer())
    frozen.at += timedelta(days=1, minutes=2)
    service.attend(other, by=make.officer("Petro"))
    assert [each.account.name for each in db.session.query(Presence)] == ["Petro"]


def test_a_busy_database_keeps_nobody_from_their_text(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*told: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database is locked"))

    edition = make.release()
    monkeypatch.setattr(attending, "_note", busy)
    service.attend(edition, by=make.officer())
    assert names(edition) == []


def test_others_are_shown_over_the_form_and_in_the_list_and_block_nobody(browse, app: Flask, frozen) -> None:
    make.release()
    petro, oksana = make.signed_in(app, "Petro"), make.signed_in(app)
    assert browse(HERE, by=petro).words(".others") == ""

    page = browse(HERE, by=oksana)
    assert page.words(".others") == "Petro is editing this text, since 12:00"
    assert page.one("[data-presence]")["data-presence"] == f"{HERE}presence.json"
    assert "Petro is editing this text" in browse("/desk/releases/", by=oksana).words(".text-table")
    assert "Oksana is editing this text" not in browse("/desk/releases/", by=oksana).words(".text-table")
    saved = {"base": "1", "kind": "news_release", "title": "Mine", "contact_id": "0"}
    assert post(oksana, HERE, saved, page=HERE).status_code == 303


def test_the_script_asks_tells_and_leaves(app: Flask, frozen) -> None:
    edition = make.release()
    petro, oksana = make.signed_in(app, "Petro"), make.signed_in(app)
    told = post(petro, f"{HERE}presence.json", page="/desk/settings").json
    assert told["others"] == []

    answer = oksana.get(f"{HERE}presence.json")
    assert answer.json["others"] == ["Petro is editing this text, since 12:00"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert names(edition, besides="Petro") == []  # a look notes nothing
    fresh = oksana.post(f"{HERE}presence.json", data={"csrf_token": answer.json["token"]})
    assert fresh.status_code == 200
    assert names(edition, besides="Petro") == ["Oksana"]

    post(petro, f"{HERE}presence.json", {"left": "1"}, page="/desk/settings")
    assert oksana.get(f"{HERE}presence.json").json["others"] == []


def test_who_may_not_write_is_nobody_who_edits(app: Flask) -> None:
    make.release()
    for method in ("GET", "POST"):
        client = make.signed_in(app, "Nora")
        if method == "GET":
            assert client.get(f"{HERE}presence.json").status_code == 403
        else:
            assert post(client, f"{HERE}presence.json", page="/desk/settings").status_code == 403
