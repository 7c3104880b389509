"""The files that browsers fetch beside the pages."""

import json
import os

import pytest
from flask import Flask
from werkzeug.test import Client

from app.web.assets import BUILT, HASHED, NotBuilt, init_assets

SHEET = "body{color:#12202c}"


def build(folder, **names):
    folder.mkdir(exist_ok=True)
    fonts = {"latin": ["fonts/a-12345678.woff2"], "cyrillic": ["fonts/b-12345678.woff2"]}
    fresh = folder / "manifest.new"
    fresh.write_text(json.dumps({"fonts": fonts, **names}))
    os.replace(fresh, folder / "manifest.json")


def newsroom(folder, *, public_url="http://127.0.0.1:8000", debug=False):
    app = Flask("newsroom", static_folder=None)
    app.config["PUBLIC_URL"] = public_url
    app.debug = debug
    init_assets(app, folder)
    return app


def asset(app, name):
    return app.jinja_env.globals["asset"](name)


@pytest.fixture
def folder(tmp_path):
    build(tmp_path, **{"site.css": "site-0123456789ab.css"})
    (tmp_path / "site-0123456789ab.css").write_text(SHEET)
    (tmp_path / "site-0123456789ab.css.br").write_bytes(b"as if compressed")
    return tmp_path


def test_a_name_leads_to_a_file_that_may_be_kept_for_ever(folder):
    app = newsroom(folder)

    answer = Client(app.wsgi_app).get(asset(app, "site.css"))

    assert (answer.status_code, answer.text) == (200, SHEET)
    assert "immutable" in answer.headers["Cache-Control"]
    assert answer.headers["Content-Type"] == 'text/css; charset="utf-8"'


def test_a_name_without_a_digest_is_kept_only_for_a_minute(folder):
    answer = Client(newsroom(folder).wsgi_app).get("/static/built/manifest.json")

    assert answer.headers["Cache-Control"] == "max-age=60, public"


def test_files_carry_the_headers_that_keep_them_from_being_pages(folder):
    app = newsroom(folder)

    headers = Client(app.wsgi_app).get(asset(app, "site.css")).headers

    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "Access-Control-Allow-Origin" not in headers
    assert "Strict-Transport-Security" not in headers


def test_files_of_a_newsroom_on_https_say_so(folder):
    app = newsroom(folder, public_url="https://newsroom.example.org")

    answer = Client(app.wsgi_app).get(asset(app, "site.css"))

    assert answer.headers["Strict-Transport-Security"].startswith("max-age=31536000")


def test_a_browser_that_reads_brotli_gets_the_compressed_file(folder):
    app = newsroom(folder)

    answer = Client(app.wsgi_app).get(asset(app, "site.css"), headers={"Accept-Encoding": "br"})

    assert (answer.headers["Content-Encoding"], answer.data) == ("br", b"as if compressed")
    assert answer.headers["Vary"] == "Accept-Encoding"


@pytest.mark.parametrize(
    "path", ["/static/built/none-0123456789ab.css", "/static/built/../../config.py", "/static/"]
)
def test_what_is_not_in_the_build_is_not_served(folder, path):
    assert Client(newsroom(folder).wsgi_app).get(path).status_code == 404


def test_ukrainian_pages_fetch_cyrillic_letters_first_and_others_latin_ones(folder):
    preloads = newsroom(folder).jinja_env.globals["font_preloads"]

    assert preloads("uk") == ["/static/built/fonts/b-12345678.woff2"]
    assert preloads("fr") == preloads("en") == ["/static/built/fonts/a-12345678.woff2"]


def test_a_name_that_was_never_built_is_an_error_that_names_it(folder):
    with pytest.raises(NotBuilt, match=r"has no 'sight\.css'.*make build"):
        asset(newsroom(folder), "sight.css")


def test_without_a_build_the_newsroom_says_how_to_make_one(tmp_path):
    with pytest.raises(NotBuilt, match="make build"):
        newsroom(tmp_path)


def test_a_new_build_shows_at_once_to_those_who_work_on_the_newsroom(folder):
    working, serving = newsroom(folder, debug=True), newsroom(folder)

    build(folder, **{"site.css": "site-ba9876543210.css"})
    (folder / "site-ba9876543210.css").write_text("")

    assert asset(working, "site.css").endswith("/site-ba9876543210.css")
    assert Client(working.wsgi_app).get(asset(working, "site.css")).status_code == 200
    assert asset(serving, "site.css").endswith("/site-0123456789ab.css")


def test_every_file_of_the_real_build_exists_under_a_name_with_a_digest():
    manifest = json.loads((BUILT / "manifest.json").read_text())
    fonts = manifest.pop("fonts")

    for name in [*manifest.values(), *fonts["latin"], *fonts["cyrillic"]]:
        assert (BUILT / name).is_file()
        assert HASHED.search(name)


def test_the_fonts_of_a_page_stay_within_their_budget():
    fonts = json.loads((BUILT / "manifest.json").read_text())["fonts"]
    size = {
        alphabet: sum((BUILT / name).stat().st_size for name in names) for alphabet, names in fonts.items()
    }

    assert size["latin"] <= 171_000
    assert size["cyrillic"] <= 56_000
