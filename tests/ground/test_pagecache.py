"""The page cache: a page at its moment, not after its end, the same for everybody, and no more than fits."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import brotli
import pytest

from app.web.standing import Standing, Unknown
from tests.ground.tiny_newsroom import MS, NOON, PUBLIC, Newsroom, SetClock, Site, ask, cached

ROOT = Path(__file__).parents[2]
HOUR = timedelta(hours=1)


@pytest.fixture
def clock():
    return SetClock()


@pytest.fixture
def newsroom(tmp_path):
    return Newsroom(tmp_path / "newsroom.sqlite")


@pytest.fixture
def site(newsroom, clock):
    return Site(newsroom, clock)


@pytest.fixture
def cache(site, newsroom, clock):
    return cached(site, newsroom, clock)


# What is kept, and for how long


def test_a_page_asked_for_twice_is_made_once(cache, site, newsroom):
    newsroom.publish("Bridge", NOON)

    first, second = ask(cache), ask(cache)

    assert (first.title, second.title, len(site.asked)) == ("Bridge", "Bridge", 1)
    assert first.headers == second.headers


def test_a_release_appears_at_its_moment_and_not_a_millisecond_before(cache, site, newsroom, clock):
    newsroom.publish("Embargoed", NOON + HOUR)
    ask(cache)

    clock.at = NOON + HOUR - MS
    before = ask(cache)
    assert (before.title, len(site.asked)) == ("", 1)

    clock.at = NOON + HOUR
    at = ask(cache)
    assert (at.title, len(site.asked)) == ("Embargoed", 2)


def test_an_hour_that_was_set_without_any_announcement_is_kept_all_the_same(cache, newsroom, clock):
    ask(cache)
    newsroom.approve("Silent", NOON + HOUR)
    assert ask(cache).title == ""

    clock.at = NOON + HOUR
    assert ask(cache).title == "Silent"


def test_a_clock_put_back_does_not_show_what_was_shown_later(cache, newsroom, clock):
    newsroom.publish("Embargoed", NOON + HOUR)
    clock.at = NOON + 2 * HOUR
    assert ask(cache).title == "Embargoed"

    clock.at = NOON
    assert ask(cache).title == ""


def test_a_withdrawn_release_is_gone_at_the_next_request(cache, newsroom):
    newsroom.publish("Mistake", NOON)
    assert ask(cache).title == "Mistake"

    newsroom.withdraw("Mistake")
    assert ask(cache).title == ""


def test_a_write_that_readers_cannot_see_keeps_the_pages(cache, site, newsroom):
    newsroom.publish("Bridge", NOON)
    ask(cache)
    newsroom.approve("Draft of another day", NOON - HOUR)  # another row, the same version: a desk at work
    ask(cache)
    assert len(site.asked) == 1


def test_two_workers_on_one_file_see_the_same(newsroom, clock):
    sites = [Site(newsroom, clock), Site(newsroom, clock)]
    workers = [cached(site, newsroom, clock) for site in sites]

    newsroom.publish("Bridge", NOON)
    assert [ask(worker).title for worker in workers] == ["Bridge", "Bridge"]
    newsroom.withdraw("Bridge")
    assert [ask(worker).title for worker in workers] == ["", ""]
    assert [len(site.asked) for site in sites] == [2, 2]


def test_two_processes_on_one_file_see_the_same(newsroom):
    command = [sys.executable, "-m", "tests.ground.tiny_newsroom", str(newsroom.path)]
    processes = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]

    def both(at):
        for process in processes:
            process.stdin.write(json.dumps(at.isoformat()) + "\n")
            process.stdin.flush()
        return [json.loads(process.stdout.readline()) for process in processes]

    try:
        newsroom.publish("Bridge", NOON)
        newsroom.publish("Embargoed", NOON + HOUR)
        assert both(NOON) == [{"title": "Bridge", "asked": 1}] * 2
        assert both(NOON + HOUR - MS) == [{"title": "Bridge", "asked": 1}] * 2
        assert both(NOON + HOUR) == [{"title": "Bridge, Embargoed", "asked": 2}] * 2
        newsroom.withdraw("Bridge")
        assert both(NOON + HOUR) == [{"title": "Embargoed", "asked": 3}] * 2
    finally:
        for process in processes:
            process.stdin.close()
            process.stdout.close()
            process.wait(timeout=10)


def test_a_change_while_a_page_is_being_made_does_not_stick(newsroom, clock):
    newsroom.publish("Mistake", NOON)
    read, withdrawn = threading.Barrier(2), threading.Barrier(2)

    class SlowSite(Site):
        def __call__(self, environ, start_response):
            answer = super().__call__(environ, start_response)
            if len(self.asked) == 1:  # the database is read; the page is still being written
                read.wait(timeout=10)
                withdrawn.wait(timeout=10)
            return answer

    slow = SlowSite(newsroom, clock)
    cache = cached(slow, newsroom, clock)
    seen = []
    visitor = threading.Thread(target=lambda: seen.append(ask(cache).title))
    visitor.start()
    read.wait(timeout=10)
    newsroom.withdraw("Mistake")
    withdrawn.wait(timeout=10)
    visitor.join(timeout=10)

    assert seen == ["Mistake"]  # who asked before the withdrawal
    assert ask(cache).title == ""


def test_a_page_begun_before_a_moment_and_ended_after_it_is_not_kept(newsroom, clock):
    newsroom.publish("Embargoed", NOON + MS)

    class SlowSite(Site):
        def __call__(self, environ, start_response):
            self.clock.at = NOON + MS
            return super().__call__(environ, start_response)

    slow = SlowSite(newsroom, clock)
    cache = cached(slow, newsroom, clock)
    ask(cache)
    ask(cache)
    assert len(slow.asked) == 2


def test_without_a_standing_nothing_kept_is_shown(site, newsroom, clock, caplog):
    known = [True]

    def standing():
        if not known:
            raise Unknown("the database is gone")
        return Standing(1, None)

    cache = cached(site, newsroom, clock, standing=standing)
    assert ask(cache).status == 200

    known.clear()
    site.status = "503 Service Unavailable"
    assert [ask(cache).status, ask(cache).status] == [503, 503]
    assert [record.getMessage() for record in caplog.records] == [
        "No page is given from memory: the database is gone"
    ]

    known.append(True)
    assert ask(cache).status == 200


# Many at once


def test_64_visitors_to_a_cold_page_have_it_made_once(newsroom, clock):
    newsroom.publish("Bridge", NOON)
    all_here = threading.Barrier(64)

    class SlowSite(Site):
        def __call__(self, environ, start_response):
            # Whoever makes the page waits until all the others have asked for it.
            assert everybody_asked.wait(timeout=10)
            return super().__call__(environ, start_response)

    everybody_asked = threading.Event()
    asked = iter(range(1, 10_000))
    slow = SlowSite(newsroom, clock)
    cache = cached(slow, newsroom, clock, flight_seconds=10)
    original = cache._standing

    def standing():
        if next(asked) == 64:
            everybody_asked.set()
        return original()

    cache._standing = standing
    titles = []

    def visit():
        all_here.wait(timeout=10)
        titles.append(ask(cache).title)

    visitors = [threading.Thread(target=visit) for _ in range(64)]
    for visitor in visitors:
        visitor.start()
    for visitor in visitors:
        visitor.join(timeout=20)

    assert titles == ["Bridge"] * 64
    assert len(slow.asked) == 1


def test_who_waited_too_long_for_anothers_page_has_it_made(newsroom, clock):
    newsroom.publish("Bridge", NOON)
    begun, over = threading.Event(), threading.Event()

    class StuckSite(Site):
        def __call__(self, environ, start_response):
            answer = super().__call__(environ, start_response)
            if len(self.asked) == 1:
                begun.set()
                assert over.wait(timeout=10)
            return answer

    stuck = StuckSite(newsroom, clock)
    cache = cached(stuck, newsroom, clock, flight_seconds=0)
    first = threading.Thread(target=ask, args=(cache,))
    first.start()
    assert begun.wait(timeout=10)
    try:
        assert ask(cache).title == "Bridge"
    finally:
        over.set()
        first.join(timeout=10)


def test_a_page_that_fails_frees_who_waits_for_it(newsroom, clock, site):
    def broken(environ, start_response):
        raise RuntimeError("broken")

    cache = cached(broken, newsroom, clock)
    for _ in range(2):
        with pytest.raises(RuntimeError):
            ask(cache)
    assert cache._flights == {}


# What a visitor is answered


def test_an_etag_is_strong_and_answers_304_without_making_the_page(cache, site):
    page = ask(cache)
    etag = page.headers["etag"]
    again = ask(cache, IF_NONE_MATCH=etag)

    assert etag.startswith('"')
    assert (again.status, again.body, len(site.asked)) == (304, b"", 1)
    assert again.headers["etag"] == etag
    assert again.headers["cache-control"] == page.headers["cache-control"]
    assert "content-length" not in again.headers


@pytest.mark.parametrize("theirs", ["W/{}", '"other", {}', '"a",W/{} , "b"', "*"])
def test_304_for_every_spelling_of_the_same_etag(cache, theirs):
    etag = ask(cache).headers["etag"]
    assert ask(cache, IF_NONE_MATCH=theirs.format(etag)).status == 304


@pytest.mark.parametrize("theirs", ['"other"', "W/", "nonsense", '""', "{} x"])
def test_another_etag_gets_the_page(cache, theirs):
    etag = ask(cache).headers["etag"]
    assert ask(cache, IF_NONE_MATCH=theirs.format(etag)).status == 200


def test_a_new_text_has_a_new_etag_and_an_old_one_gets_the_new_text(cache, newsroom):
    old = ask(cache).headers["etag"]
    newsroom.publish("Bridge", NOON)
    page = ask(cache, IF_NONE_MATCH=old)
    assert (page.status, page.title) == (200, "Bridge")
    assert page.headers["etag"] != old


def test_the_same_text_has_the_same_etag_in_every_worker(newsroom, clock):
    workers = [cached(Site(newsroom, clock), newsroom, clock) for _ in range(2)]
    assert len({ask(worker).headers["etag"] for worker in workers}) == 1


@pytest.mark.parametrize("warm", [True, False])
def test_head_says_what_get_says_without_the_body(cache, warm):
    if warm:
        ask(cache)
    head = ask(cache, method="HEAD")
    page = ask(cache)
    assert (head.status, head.body) == (200, b"")
    assert head.headers == page.headers
    assert page.headers["content-length"] == str(len(page.body))


def test_a_range_gets_the_whole_page(cache):
    page = ask(cache, RANGE="bytes=0-3")
    assert (page.status, "content-range" in page.headers) == (200, False)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])
def test_other_methods_go_to_the_app_as_they_are(cache, site, method):
    ask(cache, method=method, COOKIE="session=1")
    ask(cache, method=method, COOKIE="session=1")
    assert [environ["REQUEST_METHOD"] for environ in site.asked] == [method, method]
    assert site.asked[0]["HTTP_COOKIE"] == "session=1"


def test_the_app_is_told_the_standing(cache, site, newsroom):
    newsroom.publish("Embargoed", NOON + HOUR)
    ask(cache)
    assert site.asked[0]["communique.standing"] == Standing(2, NOON + HOUR)


# Compressed


@pytest.mark.parametrize(
    ("accepts", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("GZIP", "gzip"),
        ("*", "br"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("br;q=0.2, gzip;q=0.8", "gzip"),
        ("*;q=0", None),
        ("identity", None),
        ("br;q=0", None),
        ("br;q=nonsense", None),
        ("deflate", None),
        ("", None),
    ],
)
def test_a_page_is_compressed_as_the_visitor_can_read_it(cache, accepts, coding):
    page = ask(cache, ACCEPT_ENCODING=accepts)
    assert page.headers.get("content-encoding") == coding
    assert page.headers["vary"] == "Accept-Encoding"
    assert page.headers["content-length"] == str(len(page.body))
    undo = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}[coding]
    assert undo(page.body) == ask(cache).body


def test_each_form_of_a_page_has_an_etag_of_its_own(cache):
    etags = {coding: ask(cache, ACCEPT_ENCODING=coding).headers["etag"] for coding in ("", "gzip", "br")}
    assert len(set(etags.values())) == 3
    assert ask(cache, ACCEPT_ENCODING="br", IF_NONE_MATCH=etags["br"]).status == 304
    assert ask(cache, ACCEPT_ENCODING="br", IF_NONE_MATCH=etags["gzip"]).status == 200


def test_what_is_not_text_is_not_compressed(cache, site):
    site.headers = [("Content-Type", "image/png"), ("Cache-Control", "public")]
    page = ask(cache, ACCEPT_ENCODING="br")
    assert "content-encoding" not in page.headers
    assert "vary" not in page.headers


# Proxies in front


def test_a_proxy_keeps_a_page_for_the_time_that_settings_say(site, newsroom, clock):
    cache = cached(site, newsroom, clock, shared_seconds=30)
    assert ask(cache).headers["cache-control"] == "public, max-age=0, s-maxage=30"


@pytest.mark.parametrize(
    ("left", "seconds"), [(3600, 10), (12, 10), (11, 9), (5.5, 4), (3, 1), (2, 0), (0.001, 0)]
)
def test_no_proxy_keeps_a_page_beyond_the_next_moment(cache, newsroom, clock, left, seconds):
    newsroom.publish("Embargoed", NOON + HOUR)
    clock.at = NOON + HOUR - timedelta(seconds=left)
    ask(cache)
    assert ask(cache).headers["cache-control"] == f"public, max-age=0, s-maxage={seconds}"


# Pages that say until when they are right


def saying(site, until):
    """Let ``site`` say that its pages are right before ``until`` only."""

    def answer(environ, start_response):
        environ["communique.until"] = until
        return site(environ, start_response)

    return answer


def test_a_page_that_says_now_is_made_again_when_its_hour_is_over(site, newsroom, clock):
    cache = cached(saying(site, NOON + HOUR), newsroom, clock)
    ask(cache)
    clock.at = NOON + HOUR - MS
    ask(cache)
    assert len(site.asked) == 1

    clock.at = NOON + HOUR
    ask(cache)
    assert len(site.asked) == 2


@pytest.mark.parametrize(("left", "seconds"), [(3600, 10), (11, 9), (2, 0)])
def test_no_proxy_keeps_a_page_beyond_the_hour_that_it_names(site, newsroom, clock, left, seconds):
    newsroom.publish("Embargoed", NOON + 2 * HOUR)
    cache = cached(saying(site, NOON + HOUR), newsroom, clock)
    clock.at = NOON + HOUR - timedelta(seconds=left)
    assert ask(cache).headers["cache-control"] == f"public, max-age=0, s-maxage={seconds}"


# Poison


POISON = {
    "ACCEPT": "application/json",
    "ACCEPT_LANGUAGE": "uk",
    "AUTHORIZATION": "Basic YTpi",
    "COOKIE": "session=evil; language=uk",
    "FORWARDED": "host=evil.example;proto=gopher",
    "IF_MODIFIED_SINCE": "Wed, 03 Dec 2025 12:00:00 GMT",
    "ORIGIN": "https://evil.example",
    "RANGE": "bytes=0-1",
    "REFERER": "https://evil.example/",
    "USER_AGENT": "<script>",
    "X_FORWARDED_HOST": "evil.example",
    "X_FORWARDED_PORT": "666",
    "X_FORWARDED_PREFIX": "/evil",
    "X_FORWARDED_PROTO": "gopher",
    "X_FORWARDED_SERVER": "evil.example",
    "X_HOST": "evil.example",
    "X_HTTP_METHOD_OVERRIDE": "POST",
    "X_ORIGINAL_URL": "/desk/",
    "X_REWRITE_URL": "/desk/",
}


@pytest.mark.parametrize("name", POISON)
def test_no_header_reaches_what_is_kept(cache, site, name):
    def telling(environ, start_response):
        start_response("200 OK", PUBLIC)
        return [
            repr(sorted((key, value) for key, value in environ.items() if isinstance(value, str))).encode()
        ]

    cache._app = telling
    poisoned = ask(cache, **{name: POISON[name]})
    clean = ask(cache)
    assert poisoned.body == clean.body
    assert POISON[name] not in poisoned.body.decode()


def test_pages_are_made_under_our_own_name_whichever_host_was_asked(site, newsroom, clock):
    cache = cached(site, newsroom, clock, hosts=("news.example.org", "localhost"))
    ask(cache, HOST="localhost:8000")
    ask(cache, HOST="NEWS.example.org:443")
    assert [environ["HTTP_HOST"] for environ in site.asked] == ["news.example.org"]
    assert site.asked[0]["wsgi.url_scheme"] == "https"


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "news.example.org.evil.example",
        "news.example.org@evil",
        "",
        "news.example.org/",
        "a b",
    ],
)
def test_a_foreign_host_is_the_apps_affair_even_for_a_kept_page(cache, site, host):
    ask(cache)
    site.status = "400 Bad Request"
    assert ask(cache, HOST=host).status == 400
    assert site.asked[-1]["HTTP_HOST"] == host
    site.status = "200 OK"
    ask(cache, HOST=host)
    assert len(site.asked) == 3
    assert ask(cache).status == 200


def test_a_body_sent_with_get_does_not_reach_the_app(cache, site):
    ask(cache, CONTENT_LENGTH="9")
    assert site.asked[0]["wsgi.input"].read() == b""
    assert "CONTENT_LENGTH" not in site.asked[0]


def test_a_question_mark_in_a_path_is_not_a_query(cache, site):
    ask(cache, "/fr/news/", query="page=2")
    ask(cache, "/fr/news/?page=2")
    assert len(site.asked) == 2


# What is never kept


@pytest.mark.parametrize(
    "headers",
    [
        [("Cache-Control", "private, no-store")],
        [("Cache-Control", "public, no-store")],
        [("Cache-Control", "public"), ("Cache-Control", "private")],
        [("Cache-Control", "no-cache, public")],
        [],
        [("Cache-Control", "public"), ("Set-Cookie", "session=1")],
        [("Cache-Control", "public"), ("Vary", "Cookie")],
        [("Cache-Control", "public"), ("Vary", "Accept-Encoding, Accept-Language")],
        [("Cache-Control", "public"), ("Vary", "*")],
        [("Cache-Control", "public"), ("Content-Encoding", "br")],
    ],
)
def test_an_answer_for_one_person_is_never_kept(cache, site, headers):
    site.headers = [("Content-Type", "text/html"), *headers]
    first = ask(cache, COOKIE="session=amelie")
    ask(cache, COOKIE="session=tom")
    assert first.headers.get("cache-control") == dict(site.headers).get("Cache-Control")
    assert "HTTP_COOKIE" not in site.asked[0]  # asked as nobody first, then as the visitor
    assert [environ["HTTP_COOKIE"] for environ in site.asked[1:]] == ["session=amelie", "session=tom"]
    assert cache.kept_bytes == 0


def test_a_page_that_was_personal_may_be_public_after_the_next_change(cache, site, newsroom):
    site.headers = [("Cache-Control", "private")]
    ask(cache)
    site.headers = PUBLIC
    newsroom.publish("Bridge", NOON)
    ask(cache)
    before = len(site.asked)
    ask(cache)
    assert len(site.asked) == before


@pytest.mark.parametrize("status", ["302 Found", "206 Partial Content", "401 Unauthorized", "403 Forbidden"])
def test_an_answer_of_a_passing_kind_is_asked_for_by_each_visitor(cache, site, status):
    site.status = status
    assert ask(cache, COOKIE="session=tom").status == int(status[:3])
    assert site.asked[-1]["HTTP_COOKIE"] == "session=tom"
    assert cache.kept_bytes == 0


@pytest.mark.parametrize(
    "status",
    ["400 Bad Request", "405 Method Not Allowed", "429 Too Many Requests", "503 Service Unavailable"],
)
def test_a_refusal_is_asked_for_once_and_not_kept(cache, site, status):
    site.status = status
    assert ask(cache).status == int(status[:3])
    assert (len(site.asked), cache.kept_bytes) == (1, 0)
    site.status = "200 OK"
    assert ask(cache).status == 200


def test_head_of_a_refusal_has_no_body(cache, site):
    site.status = "503 Service Unavailable"
    assert ask(cache, method="HEAD").body == b""


@pytest.mark.parametrize("status", ["404 Not Found", "410 Gone", "301 Moved Permanently"])
def test_what_is_not_there_is_kept_without_an_etag_until_it_is_there(cache, site, newsroom, status):
    site.status = status
    site.headers = [*PUBLIC, ("Last-Modified", "Wed, 03 Dec 2025 12:00:00 GMT"), ("ETag", '"secret"')]
    ask(cache)
    gone = ask(cache, IF_NONE_MATCH="*")
    assert (gone.status, len(site.asked)) == (int(status[:3]), 1)
    assert "etag" not in gone.headers
    assert "last-modified" not in gone.headers

    site.status = "200 OK"
    newsroom.publish("Bridge", NOON)
    assert (ask(cache).title, ask(cache).title, len(site.asked)) == ("Bridge", "Bridge", 2)


def test_a_page_that_was_there_and_is_gone_is_kept_as_gone(cache, site, newsroom):
    ask(cache)
    newsroom.publish("Bridge", NOON)
    site.status = "410 Gone"
    assert [ask(cache).status, ask(cache).status] == [410, 410]
    assert len(site.asked) == 2


@pytest.mark.parametrize(
    "path", ["/desk/", "/", "/static/site.css", "/media/pictures/1/a.jpg", "/fr", "/frog/"]
)
def test_other_addresses_go_to_the_app_as_they_are(cache, site, path):
    ask(cache, path, COOKIE="session=1")
    ask(cache, path, COOKIE="session=1")
    assert [environ["HTTP_COOKIE"] for environ in site.asked] == ["session=1"] * 2


# No more than fits


def test_memory_stays_within_its_bound(newsroom, clock):
    site = Site(newsroom, clock)
    cache = cached(site, newsroom, clock, max_bytes=200_000)
    for number in range(500):
        ask(cache, f"/fr/{number}")
        ask(cache, "/fr/", query=f"page={number}")
        ask(cache, f"/fr/{number}", ACCEPT_ENCODING="br")
    assert 100_000 < cache.kept_bytes <= 200_000


def test_a_page_that_is_read_survives_a_flood_of_others(cache, site, newsroom, clock):
    cache = cached(site, newsroom, clock, max_bytes=100_000)
    ask(cache)
    for number in range(200):
        ask(cache, f"/fr/{number}")
        ask(cache)
    assert sum(environ["PATH_INFO"] == "/fr/" for environ in site.asked) == 1


def test_invented_addresses_do_not_push_out_pages(site, newsroom, clock):
    cache = cached(site, newsroom, clock, max_bytes=100_000)
    ask(cache)
    for number in range(200):
        ask(cache, query=f"utm={number}")
    site.status = "404 Not Found"
    for number in range(200):
        ask(cache, f"/fr/wp-admin/{number}.php")
    before = len(site.asked)
    assert ask(cache).status == 200
    assert len(site.asked) == before


@pytest.mark.parametrize(("path", "query"), [("/fr/" + "a" * 600, ""), ("/fr/", "a=" + "b" * 600)])
def test_endless_addresses_are_not_kept(cache, path, query):
    ask(cache, path, query)
    assert cache.kept_bytes == 0


def test_a_page_too_large_to_keep_is_given_as_it_comes_and_closed(newsroom, clock):
    closed = []

    class Chunks:
        def __iter__(self):
            return iter([b"x" * 1000] * 50)

        def close(self):
            closed.append(True)

    def large(environ, start_response):
        start_response("200 OK", PUBLIC)
        return Chunks()

    cache = cached(large, newsroom, clock, max_bytes=80_000)
    assert ask(cache).body == b"x" * 50_000
    assert ask(cache, method="HEAD").body == b""
    assert (cache.kept_bytes, closed) == (0, [True, True])
