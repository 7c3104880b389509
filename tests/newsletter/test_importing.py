"""Addresses from files: read in every usual form, with a recorded consent alone, and never past a suppression."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from openpyxl import Workbook
from sqlalchemy import func, select

from app.database import db
from app.newsletter import files, queries, service
from app.newsletter.models import Consent, Kind, State, Subscriber, SubscriberImport
from app.newsletter.service import importing
from app.newsletter.service.importing import Agreed, Reading
from app.refusals import Missing
from tests import make
from tests.conftest import NOON, Frozen
from tests.newsletter import people
from tests.signing import post, sign_in, token_on

PATH = "/desk/newsletter/subscribers/import"
CSV = "Courriel;Langue;Date\nzoe@example.org;fr;2025-03-01\ntom@example.org;UK;1.4.2025\n"
AGREED: dict[str, Any] = {
    "text": "Yes, write to me.", "how": "form, confirmed by e-mail", "day": "", "kinds": ["friday"],
    "default_language": "fr",
}  # fmt: skip
COLUMNS = {"email": "0", "language": "1", "date": "2"}


@pytest.fixture
def nora(app: Flask) -> Any:
    """Somebody who keeps the newsletter."""
    return make.officer("Nora", "newsletter")


@pytest.fixture
def desk(app: Flask, nora: Any) -> FlaskClient:
    """Nora's browser."""
    return sign_in(app.test_client(), nora)


def _send_file(desk: FlaskClient, content: bytes, name: str = "list.csv") -> Any:
    token = token_on(desk.get(PATH))
    data = {"csrf_token": token, "file": (io.BytesIO(content), name)}
    return desk.post(PATH, data=data, content_type="multipart/form-data")


def _sheet(*rows: Any) -> bytes:
    book = Workbook()
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def _kept(
    content: bytes, by: Any, *, columns: dict[str, int] | None = None, headings: bool = True
) -> SubscriberImport:
    kept = service.begin_import("list.csv", content, by=by)
    guessed = files.guess(content)
    reading = Reading(
        guessed["encoding"], guessed["separator"], headings, columns or {"email": 0, "language": 1, "date": 2}
    )
    service.set_up_import(kept, reading)
    return kept


def _agreed(**changes: Any) -> Agreed:
    known = {
        "text": "Yes.", "how": "form", "day": "", "language": "fr", "kinds": ("friday",)
    } | changes  # fmt: skip
    return Agreed(**known)


def _report(kept: SubscriberImport) -> dict[str, Any]:
    db.session.rollback()
    return db.session.get_one(SubscriberImport, kept.id).report


# --- the wizard ---


@pytest.mark.parametrize("language", ["fr", "en", "uk"])
def test_a_file_is_taken_in_step_by_step(app: Flask, browse: Any, run_jobs: Any, language: str) -> None:
    desk = sign_in(app.test_client(), make.officer("Nora", "newsletter", language))
    answer = _send_file(desk, CSV.encode())
    assert answer.status_code == 303
    path = answer.location
    page = browse(path, by=desk)
    assert "zoe@example.org" in page.words("table")
    assert page.one('select[name="email"] option[selected]')["value"] == "0"
    assert page.one('select[name="language"] option[selected]')["value"] == "1"
    assert page.one('select[name="date"] option[selected]')["value"] == "2"
    fields = {"encoding": "utf-8", "separator": ";", "has_headings": "y", **COLUMNS}
    looked = post(desk, path, fields | {"action": "look"}, page=path)
    assert looked.status_code == 200
    sent = post(desk, path, fields | AGREED | {"action": "import"}, page=path)
    assert sent.status_code == 303
    running = desk.get(path)
    assert running.headers["Refresh"] == "10"
    browse(path, by=desk)
    run_jobs()
    done = browse(path, by=desk)
    assert "Refresh" not in desk.get(path).headers
    assert "2" in done.words(".desk-notice")
    assert browse(PATH, by=desk).one(".record__list a")["href"] == path
    zoe, tom = queries.by_key("zoe@example.org"), queries.by_key("tom@example.org")
    assert zoe is not None
    assert tom is not None
    assert (zoe.state, zoe.language, zoe.kinds, zoe.source) == (State.ACTIVE, "fr", (Kind.FRIDAY,), "import")
    assert tom.language == "uk"
    consent = queries.current_consent(tom.id)
    assert consent is not None
    assert (consent.text, consent.how) == ("Yes, write to me.", "form, confirmed by e-mail")
    assert consent.asked_at == consent.confirmed_at == datetime(2025, 4, 1, 12, tzinfo=UTC)
    assert (consent.source, consent.page) == ("import", "list.csv")


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"email": ""}, "email"), ({"text": " "}, "text"), ({"how": ""}, "how"), ({"date": "", "day": ""}, "date"),
        ({"date": "", "day": "2030-01-01"}, "day"), ({"date": "", "day": "yesterday-ish"}, None), ({"kinds": []}, "kinds"),
        ({"default_language": "de"}, "default_language"),
    ],
)  # fmt: skip
def test_without_a_recorded_consent_nothing_is_taken_in(
    desk: FlaskClient, changes: dict[str, Any], field: str | None
) -> None:
    path = _send_file(desk, CSV.encode()).location
    fields = {"encoding": "utf-8", "separator": ";", "has_headings": "y", **COLUMNS} | AGREED | changes
    answer = post(desk, path, fields | {"action": "import"}, page=path)
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in page if field else "error-summary" in page
    assert "form, confirmed by e-mail" in page or "how" in changes
    assert db.session.scalar(select(func.count(Subscriber.id))) == 0


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"", "x.csv"), (b"   \n", "x.csv"), (b"\x00\x01\x02", "x.csv"), (b"PK\x03\x04 no archive", "x.xlsx"),
     (b"\x89PNG\r\n\x1a\n\x00\x00", "x.csv"), (("a" * 200_000 + "\n").encode(), "x.csv")],
)  # fmt: skip
def test_a_file_that_is_no_list_is_refused_in_words(desk: FlaskClient, content: bytes, name: str) -> None:
    answer = _send_file(desk, content, name)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.get_data(as_text=True)


def test_no_file_at_all_is_refused_in_words(desk: FlaskClient) -> None:
    answer = post(desk, PATH, {}, page=PATH)
    assert answer.status_code == 422
    assert 'id="file-error"' in answer.get_data(as_text=True)


def test_an_archive_that_is_no_spreadsheet_or_far_too_large_is_refused(app: Flask, nora: Any) -> None:
    for size in (10, files.LARGEST_UNPACKED + 1):
        held = io.BytesIO()
        with (
            zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive,
            archive.open("x.bin", "w", force_zip64=True) as part,
        ):
            for _chunk in range(size // (1024 * 1024) + 1):
                part.write(b"\0" * (1024 * 1024))
        with pytest.raises(files.BadFile):
            service.begin_import("x.xlsx", held.getvalue(), by=nora)


def test_more_than_fifty_thousand_lines_are_refused(app: Flask, nora: Any) -> None:
    line = "a@b.example\n"
    assert files.check((line * 50_001).encode()) == 50_001  # one of them may hold headings
    with pytest.raises(files.TooManyLines):
        service.begin_import("x.csv", (line * 50_002).encode(), by=nora)


def test_there_is_no_such_import(desk: FlaskClient) -> None:
    assert desk.get(f"{PATH}/999/").status_code == 404


def test_a_file_that_was_asked_for_is_not_set_up_again(app: Flask, nora: Any) -> None:
    kept = _kept(CSV.encode(), nora)
    service.ask_import(kept, _agreed(), by=nora)
    with pytest.raises(Missing):
        service.ask_import(kept, _agreed(), by=nora)
    with pytest.raises(Missing):
        service.set_up_import(kept, Reading("utf-8", ",", True, {}))


# --- reading ---


@pytest.mark.parametrize(
    ("encoding", "guessed"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("utf-16", "utf-16"), ("cp1251", "cp1251")],
)
def test_cyrillic_files_are_read_in_the_encodings_of_offices(encoding: str, guessed: str) -> None:
    content = "Адреса,Мова спілкування\nzoe@example.org,українська\n".encode(encoding)
    assert files.guess(content) == {"encoding": guessed, "separator": ","}
    assert next(iter(files.lines(content, **files.guess(content)))) == ["Адреса", "Мова спілкування"]


def test_western_files_are_read_as_windows_writes_them() -> None:
    content = "Prénom;Adresse\nZoé;zoe@example.org\n".encode("cp1252")
    assert files.guess(content) == {"encoding": "cp1252", "separator": ";"}
    assert list(files.lines(content, encoding="cp1252", separator=";"))[1] == ["Zoé", "zoe@example.org"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_separators_are_guessed_and_quotes_understood(separator: str) -> None:
    content = f'"a{separator}b"{separator}zoe@example.org\nx{separator}tom@example.org\n'.encode()
    guessed = files.guess(content)
    assert guessed["separator"] == separator
    assert next(iter(files.lines(content, **guessed))) == [
        "a b" if separator == "\t" else f"a{separator}b",
        "zoe@example.org",
    ]


@pytest.mark.parametrize(
    ("encoding", "separator"), [("rot13", ","), ("utf-8", "x"), ("", ""), ("utf-7", ",")]
)
def test_what_is_no_way_to_read_is_refused(encoding: str, separator: str) -> None:
    with pytest.raises(files.BadFile):
        list(files.lines(b"a,b\n", encoding=encoding, separator=separator))


def test_a_page_with_a_way_to_read_that_there_is_not_falls_back_to_what_was_guessed(
    desk: FlaskClient,
) -> None:
    path = _send_file(desk, CSV.encode()).location
    answer = post(desk, path, {"encoding": "x", "separator": "x", "action": "look"} | COLUMNS, page=path)
    assert answer.status_code == 200
    assert "zoe@example.org" in answer.get_data(as_text=True)


def test_a_spreadsheet_is_read_with_its_dates(app: Flask, nora: Any, run_jobs: Any) -> None:
    content = _sheet(
        ["Address", "Language", "Day"], ["zoe@example.org", "fr", date(2025, 3, 1)], [None, None, None],
        ["tom@example.org", None, "=1+1"], ["ann@example.org", 5, date(2025, 3, 2)],
    )  # fmt: skip
    kept = _kept(content, nora)
    service.ask_import(kept, _agreed(), by=nora)
    run_jobs()
    assert _report(kept) == {"new": 2, "known": 0, "refused": 1, "lines": [[4, "no_date"]]}
    zoe = queries.by_key("zoe@example.org")
    assert zoe is not None
    assert zoe.confirmed_at == datetime(2025, 3, 1, 12, tzinfo=UTC)


# --- what becomes of lines ---


def test_each_line_that_cannot_be_taken_says_why(app: Flask, nora: Any, run_jobs: Any) -> None:
    people.subscriber("known@example.org")
    people.subscriber("left@example.org", state=State.LEFT)
    people.suppress("blocked@example.org")
    lines = [
        "address;language;date", "new@example.org;fr;2025-01-01", ";fr;2025-01-01", "x;fr;2025-01-01",
        "y@example.org;fr;", "z@example.org;fr;2031-01-01", "known@example.org;fr;2025-01-01",
        "left@example.org;fr;2025-01-01", "BLOCKED@example.org;fr;2025-01-01", "NEW@example.org;fr;2025-01-01", "",
        "short@example.org",
    ]  # fmt: skip
    kept = _kept("\n".join(lines).encode(), nora)
    service.ask_import(kept, _agreed(), by=nora)
    run_jobs()
    assert _report(kept) == {
        "new": 1, "known": 2, "refused": 7,
        "lines": [
            [3, "no_address"], [4, "bad_address"], [5, "no_date"], [6, "no_date"], [8, "left"], [9, "suppressed"],
            [12, "no_date"],
        ],
    }  # fmt: skip
    assert queries.by_key("blocked@example.org") is None
    left = queries.by_key("left@example.org")
    assert left is not None
    assert left.state == State.LEFT


def test_who_waits_for_confirmation_is_taken_in_with_the_recorded_consent(
    app: Flask, nora: Any, run_jobs: Any
) -> None:
    people.subscriber("zoe@example.org", state=State.WAITING, confirmed_at=None)
    kept = _kept(b"zoe@example.org\n", nora, columns={"email": 0}, headings=False)
    service.ask_import(kept, _agreed(day="1 March 2025"), by=nora)
    run_jobs()
    zoe = queries.by_key("zoe@example.org")
    assert zoe is not None
    assert (zoe.state, zoe.confirmed_at) == (State.ACTIVE, datetime(2025, 3, 1, 12, tzinfo=UTC))


def test_a_consent_of_today_was_not_given_later_today(
    app: Flask, nora: Any, run_jobs: Any, frozen: Frozen
) -> None:
    kept = _kept(b"zoe@example.org\n", nora, columns={"email": 0}, headings=False)
    service.ask_import(kept, _agreed(day=NOON.date().isoformat()), by=nora)
    run_jobs()
    consent = db.session.scalar(select(Consent))
    assert consent is not None
    assert consent.asked_at == NOON


def test_the_file_is_erased_once_it_is_taken_in_and_nobody_gets_a_mail(
    app: Flask, nora: Any, run_jobs: Any, outbox: Any
) -> None:
    kept = _kept(CSV.encode(), nora)
    service.ask_import(kept, _agreed(), by=nora)
    run_jobs()
    db.session.rollback()
    kept = db.session.get_one(SubscriberImport, kept.id)
    assert (kept.state, kept.content) == ("done", b"")
    assert outbox() == []
    assert "zoe@example.org" not in str(kept.report)


def test_a_long_file_goes_on_where_a_killed_worker_stood(app: Flask, nora: Any, run_jobs: Any) -> None:
    content = "".join(f"p{number}@example.org\n" for number in range(1203)).encode()
    kept = _kept(content, nora, columns={"email": 0}, headings=False)
    service.ask_import(kept, _agreed(day="2025-01-01"), by=nora)
    lines = list(files.lines(content, encoding="utf-8", separator=","))
    service.import_lines(kept.id, lines[: importing.AT_ONCE], start=0, is_last=False)
    service.import_lines(
        kept.id, lines[: importing.AT_ONCE], start=0, is_last=False
    )  # a second worker, too late
    run_jobs()
    assert _report(kept) == {"new": 1203, "known": 0, "refused": 0, "lines": []}
    assert db.session.scalar(select(func.count(Subscriber.id))) == 1203
    service.import_lines(kept.id, lines[:1], start=5000, is_last=True)
    assert _report(kept)["new"] == 1203


def test_lines_that_were_refused_are_named_up_to_a_number_and_counted_beyond(
    app: Flask, nora: Any, run_jobs: Any
) -> None:
    kept = _kept(b"x\n" * (importing.TOLD + 5), nora, columns={"email": 0}, headings=False)
    service.ask_import(kept, _agreed(day="2025-01-01"), by=nora)
    run_jobs()
    report = _report(kept)
    assert (report["refused"], len(report["lines"])) == (importing.TOLD + 5, importing.TOLD)


def test_hostile_cells_are_words(desk: FlaskClient, browse: Any) -> None:
    content = '<script>alert(1)</script>,"=cmd|calc",\u202eevil\nzoe@example.org,\x00x,y\n'.replace(
        "\x00", ""
    ).encode()
    page = browse(_send_file(desk, content, "<b>name</b>.csv").location, by=desk)
    assert "<script>alert" not in page.html
    assert "<b>name" not in page.html


def test_a_file_that_nobody_takes_in_is_erased_after_a_week(
    app: Flask, frozen: Frozen, run_jobs: Any, nora: Any, desk: FlaskClient
) -> None:
    number = _kept(CSV.encode(), nora).id
    frozen.at += timedelta(days=7)
    run_jobs()
    assert queries.subscriber_import(number) is not None
    frozen.at += timedelta(seconds=1)
    run_jobs()
    db.session.rollback()
    assert queries.subscriber_import(number) is None
