"""A form that comes too late is kept and offered again; nobody types a text twice, nobody reads another's."""

from __future__ import annotations

import re
from datetime import timedelta
from io import BytesIO
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask, request
from flask.testing import FlaskClient
from sqlalchemy import select

from app.accounts import service
from app.accounts.models import Account
from app.database import db
from app.web import kept, keptforms
from app.web.kept import Visitor, forget_kept, kept_fields
from app.web.keptforms import KeptForm, find, put_aside, worth_keeping
from tests import make
from tests.signing import PAGE, code_of, give_factor, post, session_cookie, show_code, sign_in, token_on

FORM = "/desk/releases/new?language=en"
PATH = "/desk/releases/new"
TYPED = {"title": "Ministers «adopt» a road map 🌻", "body": "<p>Перший абзац.</p>"}


def _rows() -> list[KeptForm]:
    return list(db.session.scalars(select(KeptForm).order_by(KeptForm.id)))


def _value(answer: Any, name: str) -> str | None:
    found = re.search(rf'<input[^>]*name="{name}"[^>]*value="([^"]*)"', answer.get_data(as_text=True))
    return found[1] if found else None


def _end_session(frozen: Any) -> None:
    frozen.at += timedelta(hours=9)


def _next(answer: Any) -> str:
    return parse_qs(urlsplit(answer.location).query)["next"][0]


def test_an_expired_form_of_somebody_signed_in_is_kept_and_offered_again(client: FlaskClient) -> None:
    sign_in(client)
    answer = client.post(FORM, data=TYPED | {"csrf_token": "stale"})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert re.search(r"<h1[^>]*>This form has expired</h1>", html)
    assert "What you typed is kept: send it again." in html
    link = re.search(r'href="(/desk/releases/new\?language=en&amp;kept=[\w-]{32})">Open the form again', html)
    assert link
    again = client.get(link[1].replace("&amp;", "&"))
    assert again.status_code == 200
    assert _value(again, "title") == TYPED["title"]
    assert "&lt;p&gt;Перший абзац.&lt;/p&gt;" in again.get_data(as_text=True)


def test_a_form_token_lives_as_long_as_the_setting_says(
    client: FlaskClient, app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert app.config["WTF_CSRF_TIME_LIMIT"] == app.config["FORM_MINUTES"] * 60
    sign_in(client)
    token = token_on(client.get(FORM))
    monkeypatch.setitem(app.config, "WTF_CSRF_TIME_LIMIT", -1)
    assert client.post(FORM, data=TYPED | {"csrf_token": token}).status_code == 400
    assert _rows()[0].fields["title"] == [TYPED["title"]]


def test_a_session_that_ended_leads_through_the_way_in_back_to_the_text(
    client: FlaskClient, frozen: Any
) -> None:
    oksana = make.officer("Oksana")
    sign_in(client)
    token = token_on(client.get(FORM))
    _end_session(frozen)

    answer = client.post(FORM, data=TYPED | {"csrf_token": token})
    assert answer.status_code == 303
    assert answer.location.startswith("/desk/sign-in?next=")
    assert [(row.account_id, row.path) for row in _rows()] == [(oksana.id, PATH)]

    page = client.get(answer.location)
    assert "Your session has ended. What you typed is kept." in page.get_data(as_text=True)
    answer = client.post(
        PAGE,
        data={
            "csrf_token": token_on(page),
            "email": oksana.email,
            "password": make.PASSWORD,
            "next": _next(answer),
        },
    )
    assert answer.location.startswith("/desk/second-factor?next=")
    give_factor(oksana)
    answer = show_code(client, code_of(oksana), next=_next(answer))
    again = client.get(answer.location)
    assert _value(again, "title") == TYPED["title"]


def test_a_closed_browser_loses_its_cookie_and_not_the_text(client: FlaskClient) -> None:
    sign_in(client)
    cookie = session_cookie(client)
    client.delete_cookie(cookie.key)
    answer = client.post(FORM, data=TYPED)
    assert answer.status_code == 303
    assert _rows()[0].account_id is None
    sign_in(client)
    assert _value(client.get(_next(answer)), "title") == TYPED["title"]


def test_what_was_kept_is_thrown_away_once_it_is_saved(client: FlaskClient) -> None:
    sign_in(client)
    client.post(FORM, data=TYPED | {"csrf_token": "stale"})
    client.post(FORM, data=TYPED | {"title": "Another"} | {"csrf_token": "stale"})
    first, second = _rows()
    link = re.search(r'href="([^"]*kept=[^"]*)"', client.post(FORM, data=TYPED).get_data(as_text=True))
    assert link
    again = client.get(link[1].replace("&amp;", "&"))
    whole = TYPED | {"kind": "news_release", "contact_id": "0", "csrf_token": token_on(again)}
    saved = client.post(FORM, data=whole)
    assert saved.status_code == 303
    assert [row.id for row in _rows()] == [first.id, second.id]  # only the one that was opened is gone
    with client.session_transaction() as held:
        assert "kept" not in held


def test_a_form_filled_in_again_and_refused_again_is_still_kept(client: FlaskClient) -> None:
    sign_in(client)
    link = re.search(r'href="([^"]*kept=[^"]*)"', client.post(FORM, data=TYPED).get_data(as_text=True))
    assert link
    client.get(link[1].replace("&amp;", "&"))
    late = client.post(FORM, data=TYPED | {"title": "Later"})
    assert late.status_code == 400
    assert [row.fields["title"] for row in _rows()] == [[TYPED["title"]], ["Later"]]


def test_a_form_without_a_page_of_its_own_leads_to_the_page_above(client: FlaskClient) -> None:
    sign_in(client)
    answer = client.post("/desk/releases/7/en/submit?x=1", data={"comment": "A reason"})
    assert answer.status_code == 400
    assert re.search(r'href="/desk/releases/7/en/\?kept=[\w-]{32}"', answer.get_data(as_text=True))


def test_an_address_that_no_table_can_hold_is_not_kept(client: FlaskClient) -> None:
    sign_in(client)
    for path in ("/desk/releases/7/%00/submit", f"/desk/releases/7/{'x' * 500}/submit"):
        assert client.post(path, data={"comment": "A reason"}).status_code == 400
    assert _rows() == []


def test_a_form_with_nothing_typed_is_not_kept(client: FlaskClient) -> None:
    sign_in(client)
    answer = client.post("/desk/releases/7/en/submit", data={"csrf_token": "stale"})
    assert answer.status_code == 400
    text = answer.get_data(as_text=True)
    assert "Go back, reload the page and send it again." in text
    assert "is kept" not in text
    assert 'href="/desk/releases/7/en/"' in text
    assert _rows() == []


def test_reading_a_page_after_the_session_ended_leads_back_to_it(client: FlaskClient) -> None:
    for path in ("/desk/releases/?state=draft&q=%D0%BC", "/desk/releases/new?language=en&kept=abc"):
        answer = client.get(path)
        assert _next(answer) == path
        assert _rows() == []


def test_a_machine_is_told_that_the_session_has_ended(client: FlaskClient) -> None:
    answer = client.get("/desk/pictures.json")
    assert (answer.status_code, answer.mimetype) == (403, "application/json")
    assert answer.get_json()["heading"] == "Your session has ended"


def test_an_address_that_is_too_long_to_come_back_to_keeps_what_matters(client: FlaskClient) -> None:
    sign_in(client)
    answer = client.post(f"{FORM}&x={'y' * 3000}", data=TYPED)
    assert re.search(r'href="/desk/releases/new\?kept=[\w-]{32}"', answer.get_data(as_text=True))
    client.delete_cookie(session_cookie(client).key)
    assert _next(client.get(f"{FORM}&x={'y' * 3000}")) == PATH


def test_a_backslash_in_an_address_is_written_so_that_it_can_be_followed(client: FlaskClient) -> None:
    assert _next(client.get("/desk/releases/?q=a\\b")) == "/desk/releases/?q=a%5Cb"


def test_only_text_is_kept_no_secret_no_file_no_nul(client: FlaskClient) -> None:
    sign_in(client)
    client.post(
        FORM,
        data={
            "title": "A\0B",
            "csrf_token": "x",
            "links-0-csrf_token": "x",
            "password": "Ryba-2025-sonce!",
            "New_Password": "x",
            "kept": "x",
            "na\0me": "x",
            "empty": "",
            "topics": ["one", "two"],
            "file": (BytesIO(b"picture"), "a.jpg"),
        },
        content_type="multipart/form-data",
    )
    assert _rows()[0].fields == {"title": ["AB"], "empty": [""], "topics": ["one", "two"]}


def test_no_more_than_two_megabytes_are_kept() -> None:
    limit = keptforms.LARGEST
    assert worth_keeping([("a", ["x" * (limit - 1)])]) != {}
    assert worth_keeping([("a", ["x" * limit])]) == {}
    assert worth_keeping([("a", ["é" * (limit // 2)])]) == {}  # bytes, not characters
    assert worth_keeping([("a", ["x"] * 10), ("b", ["x" * limit])]) == {}


@pytest.mark.parametrize("fields", [[], [("a", [""])], [("a", ["  \n"])], [("csrf_token", ["x"])]])
def test_nothing_typed_is_nothing_to_keep(fields: list[tuple[str, list[str]]]) -> None:
    assert worth_keeping(fields) == {}


def test_the_table_holds_no_token(client: FlaskClient) -> None:
    sign_in(client)
    html = client.post(FORM, data=TYPED).get_data(as_text=True)
    token = re.search(r"kept=([\w-]{32})", html)
    assert token
    assert token[1] not in str([(row.token_digest, row.path, row.fields) for row in _rows()])


def _opened(
    app: Flask, token: str, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, path: str = PATH
) -> Any:
    monkeypatch.setitem(app.extensions, "visitor", lambda: visitor)
    with app.test_request_context(f"{path}?kept={token}"):
        return kept_fields(request.path)


def test_a_kept_form_opens_for_its_account_its_path_and_a_week_only(
    app: Flask, frozen: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    oksana, amelie = make.officer("Oksana"), make.officer("Amélie")
    token = put_aside(PATH, {"title": ["A", "B"]}, account_id=oksana.id)
    hers = Visitor(oksana.id, is_signed_in=True)

    fields = _opened(app, token, hers, monkeypatch)
    assert fields.getlist("title") == ["A", "B"]
    assert _opened(app, token, Visitor(amelie.id, is_signed_in=True), monkeypatch) is None
    assert _opened(app, token, Visitor(oksana.id, is_signed_in=False), monkeypatch) is None
    assert _opened(app, token, Visitor(None, is_signed_in=False), monkeypatch) is None
    assert _opened(app, token, hers, monkeypatch, path="/desk/releases/") is None
    for wrong in ("", "x", token[:-1], "x" * 5000, "\0"):
        assert _opened(app, wrong, hers, monkeypatch) is None
    frozen.at += timedelta(days=7, seconds=-1)
    assert _opened(app, token, hers, monkeypatch) is not None
    frozen.at += timedelta(seconds=1)
    assert _opened(app, token, hers, monkeypatch) is None


def test_what_nobody_is_known_to_have_typed_opens_for_any_officer_with_its_token(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    amelie = make.officer("Amélie")
    token = put_aside(PATH, {"title": ["A"]}, account_id=None)
    assert _opened(app, token, Visitor(amelie.id, is_signed_in=True), monkeypatch) is not None


def test_what_is_a_week_old_is_gone_when_the_next_is_kept(app: Flask, frozen: Any) -> None:
    put_aside(PATH, {"a": ["old"]}, account_id=None)
    frozen.at += timedelta(days=3)
    put_aside(PATH, {"a": ["younger"]}, account_id=None)
    frozen.at += timedelta(days=4)
    put_aside(PATH, {"a": ["new"]}, account_id=None)
    assert [row.fields["a"] for row in _rows()] == [["younger"], ["new"]]


def test_forgetting_takes_the_right_account_and_path(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    oksana, amelie = make.officer("Oksana"), make.officer("Amélie")
    token = put_aside(PATH, {"a": ["x"]}, account_id=oksana.id)

    def forget(visitor: Visitor, path: str = PATH, query: str = f"?kept={token}") -> int:
        monkeypatch.setitem(app.extensions, "visitor", lambda: visitor)
        with app.test_request_context(f"{path}{query}", method="POST"):
            forget_kept(request.path)
        return len(_rows())

    assert forget(Visitor(amelie.id, is_signed_in=True)) == 1
    assert forget(Visitor(None, is_signed_in=False)) == 1
    assert forget(Visitor(oksana.id, is_signed_in=True), path="/desk/releases/") == 1
    assert forget(Visitor(oksana.id, is_signed_in=True), query="") == 1
    assert forget(Visitor(oksana.id, is_signed_in=True)) == 0
    assert forget(Visitor(oksana.id, is_signed_in=True)) == 0


def test_nobody_is_known_before_the_room_of_accounts_says_so() -> None:
    app = Flask(__name__)
    kept.init_kept(app)
    assert app.extensions["visitor"]() == Visitor(None, is_signed_in=False)


def test_a_stranger_may_put_aside_only_so_much(client: FlaskClient) -> None:
    for _ in range(kept.STRANGERS_AN_HOUR):
        assert "kept" in _next(client.post(FORM, data=TYPED))
    answer = client.post(FORM, data=TYPED)
    assert answer.status_code == 303
    assert "kept" not in _next(answer)
    assert len(_rows()) == kept.STRANGERS_AN_HOUR
    assert "is kept" not in client.get(answer.location).get_data(as_text=True)


def test_an_officer_whose_session_ended_is_no_stranger(client: FlaskClient, frozen: Any) -> None:
    sign_in(client)
    _end_session(frozen)
    for _ in range(kept.STRANGERS_AN_HOUR + 1):
        assert "kept" in _next(client.post(FORM, data=TYPED))


def test_a_closed_account_keeps_its_text_from_others(client: FlaskClient, app: Flask) -> None:
    oksana = make.officer("Oksana")
    sign_in(client)
    service.deactivate(oksana)
    answer = client.post(FORM, data=TYPED)
    amelie = sign_in(app.test_client(), make.officer("Amélie"))
    assert _value(amelie.get(_next(answer)), "title") in ("", None)


@pytest.mark.parametrize("headers", [{"Origin": "https://evil.example"}, {"Sec-Fetch-Site": "cross-site"}])
def test_nothing_is_kept_of_a_form_from_another_site(client: FlaskClient, headers: dict[str, str]) -> None:
    sign_in(client)
    assert client.post(FORM, data=TYPED, headers=headers).status_code == 400
    assert _rows() == []


def test_what_a_stranger_put_aside_saves_nothing_by_itself(client: FlaskClient, app: Flask) -> None:
    planted = _next(app.test_client().post(FORM, data={"title": "Planted"}))
    sign_in(client)
    before = db.session.scalar(select(Account.id).limit(1))
    page = client.get(planted)
    assert _value(page, "title") == "Planted"
    assert client.post(planted).status_code == 400  # still a form like any other: it wants its token
    assert before is not None


def test_outside_the_desk_an_expired_form_is_only_told_so(client: FlaskClient, app: Flask) -> None:
    from flask_wtf.csrf import CSRFError

    with app.test_request_context("/fr/", method="POST", data=TYPED):
        answer = kept.late_form(CSRFError())
    assert answer.status_code == 400
    assert _rows() == []


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "This form has expired"), ("fr", "Ce formulaire a expiré"), ("uk", "Термін дії форми минув")],
)
def test_the_page_speaks_to_the_officer(client: FlaskClient, language: str, said: str) -> None:
    sign_in(client, make.officer("Oksana", language=language))
    answer = client.post(FORM, data=TYPED, headers={"Accept-Language": "de"})
    assert f'<html lang="{language}">' in answer.get_data(as_text=True)
    assert said in answer.get_data(as_text=True)


def _upload(client: FlaskClient, megabytes: float, **fields: str) -> Any:
    data = fields | {"file": (BytesIO(b"x" * int(megabytes * 1024 * 1024)), "a.jpg")}
    return client.post(FORM, data=data, content_type="multipart/form-data")


def test_the_text_beside_a_file_that_is_too_large_is_kept(client: FlaskClient) -> None:
    sign_in(client)
    answer = _upload(client, 17, **TYPED)
    html = answer.get_data(as_text=True)
    assert answer.status_code == 413
    assert re.search(r"The file is too large: 17.8\W*MB, for a limit of 12\W*MB", html)
    assert "Your other entries are kept." in html
    link = re.search(r'href="([^"]*kept=[^"]*)"', html)
    assert link
    assert _value(client.get(link[1].replace("&amp;", "&")), "title") == TYPED["title"]
    assert "file" not in _rows()[0].fields


def test_a_file_without_any_text_is_only_too_large(client: FlaskClient) -> None:
    sign_in(client)
    answer = _upload(client, 17)
    assert answer.status_code == 413
    assert "Go back and choose a smaller one." in answer.get_data(as_text=True)
    assert _rows() == []


def test_a_text_too_long_beside_a_file_too_large_is_refused_in_words(client: FlaskClient) -> None:
    sign_in(client)
    answer = _upload(client, 17, title="x" * 5_000_000)
    assert answer.status_code == 413
    assert _rows() == []


def test_a_stranger_and_a_giant_are_sent_away_unread(client: FlaskClient, app: Flask) -> None:
    assert _upload(client, 17, **TYPED).status_code == 413
    sign_in(client)
    giant = {"CONTENT_LENGTH": str(kept.PATIENCE * app.config["MAX_CONTENT_LENGTH"] + 1)}
    assert client.post(FORM, data=TYPED, environ_overrides=giant).status_code == 413
    assert _rows() == []


def test_a_form_that_is_kept_can_be_found_by_its_token_alone(app: Flask) -> None:
    token = put_aside(PATH, {"a": ["x"]}, account_id=None)
    assert find(token, PATH, account_id=1) is not None
    assert len(token) == 32


def test_signing_out_in_another_tab_keeps_the_text_too(client: FlaskClient) -> None:
    sign_in(client)
    old = token_on(client.get(FORM))
    post(client, "/desk/sign-out", page="/desk/")
    answer = client.post(FORM, data=TYPED | {"csrf_token": old})
    assert "kept" in _next(answer)
