"""What deploy/ promises: the same server command as at home, and an nginx that keeps only what everybody may have."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import threading
from pathlib import Path
from types import SimpleNamespace
from wsgiref.simple_server import WSGIRequestHandler, make_server

import pytest

from bench import load, nginx
from bench.server import free_port
from scripts.run import web, worker

DEPLOY = Path(__file__).parents[2] / "deploy"
HAS_NGINX = bool(shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin"))
needs_nginx = pytest.mark.skipif(not HAS_NGINX and not os.environ.get("CI"), reason="nginx is not installed")
SHARED = "public, max-age=0, s-maxage=10"


def command_of(service: str) -> list[str]:
    """Return the words of a service's command after the name of Python."""
    unit = (DEPLOY / service).read_text().replace("\\\n", " ")
    return re.search(r"^ExecStart=(.*)$", unit, re.MULTILINE)[1].split()[1:]


def test_the_web_service_starts_the_server_as_make_run_does():
    names = {
        "HOST": "${HOST}",
        "PORT": "${PORT}",
        "WEB_WORKERS": "${WEB_WORKERS}",
        "WEB_THREADS": "${WEB_THREADS}",
    }
    assert command_of("communique-web.service") == web(names)[1:]


def test_the_worker_service_starts_the_worker_as_make_run_does():
    assert command_of("communique-worker.service") == worker()[1:]


class Quiet(WSGIRequestHandler):
    """Answers without a line on the screen."""

    def log_message(self, *words):
        """Say nothing."""


class Site:
    """A site behind nginx; it counts what it is asked, and says of each address what the test wants."""

    def __init__(self):
        self.asked = []
        self.said = {}

    def __call__(self, environ, start_response):
        self.asked.append(environ)
        status, headers = self.said.get(environ["PATH_INFO"], ("200 OK", [("Cache-Control", SHARED)]))
        body = b"" if status.startswith("304") else b"<h1>Page</h1>"
        start_response(status, [("Content-Length", str(len(body))), ("ETag", '"page"'), *headers])
        return [body]

    def times(self, path):
        """Return how often ``path`` was asked for."""
        return sum(environ["PATH_INFO"] == path for environ in self.asked)


@pytest.fixture(scope="module")
def behind():
    """nginx as deploy/ configures it, in front of a Site."""
    site = Site()
    server = make_server("127.0.0.1", 0, site, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        with nginx.in_front_of(SimpleNamespace(url=f"http://127.0.0.1:{server.server_port}")) as front:
            yield SimpleNamespace(site=site, port=int(front.url.rpartition(":")[2]))
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def get(behind, path, **headers):
    """Return status, headers and body of what nginx answers."""
    from http.client import HTTPConnection

    connection = HTTPConnection("127.0.0.1", behind.port, timeout=10)
    try:
        connection.request(
            "GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()}
        )
        answer = connection.getresponse()
        return answer.status, dict(answer.getheaders()), answer.read()
    finally:
        connection.close()


@needs_nginx
def test_nginx_understands_the_whole_configuration(tmp_path):
    made = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "1",
        "-subj",
        "/CN=localhost",
    ]
    if not shutil.which("openssl") and not os.environ.get("CI"):
        pytest.skip("openssl is not installed")
    made += ["-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "cert.pem")]
    subprocess.run(made, check=True, capture_output=True)
    text = (DEPLOY / "nginx.conf").read_text()
    for old, new in {
        "/etc/letsencrypt/live/newsroom.example.org/fullchain.pem": str(tmp_path / "cert.pem"),
        "/etc/letsencrypt/live/newsroom.example.org/privkey.pem": str(tmp_path / "key.pem"),
        "/etc/nginx/communique-locations.conf": str(DEPLOY / "communique-locations.conf"),
        "/var/cache/nginx/communique": str(tmp_path / "cache"),
        "[::]:": "127.0.0.2:",
    }.items():
        assert old in text
        text = text.replace(old, new)
    for standard in ("80", "443"):
        text = re.sub(rf"(listen (?:127\.0\.0\.2:)?){standard}\b", rf"\g<1>{free_port()}", text)
    (tmp_path / "nginx.conf").write_text(
        f"pid {tmp_path}/pid;\nerror_log stderr;\nevents {{}}\nhttp {{\naccess_log off;\n{text}\n}}\n"
    )
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    done = subprocess.run(
        [program, "-t", "-p", str(tmp_path), "-c", str(tmp_path / "nginx.conf")],
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr


@needs_nginx
def test_a_public_page_is_asked_for_once_and_kept(behind):
    answers = [get(behind, "/fr/kept") for _ in range(3)]
    assert {(status, body) for status, _, body in answers} == {(200, b"<h1>Page</h1>")}
    assert behind.site.times("/fr/kept") == 1


@needs_nginx
def test_nobody_after_nginx_is_told_to_keep_it(behind):
    for _ in range(2):
        assert get(behind, "/fr/told")[1]["Cache-Control"] == "public, max-age=0"


@needs_nginx
def test_what_a_visitor_has_is_answered_by_nginx(behind):
    get(behind, "/fr/had")
    assert get(behind, "/fr/had", If_None_Match='"page"')[0] == 304
    assert behind.site.times("/fr/had") == 1


@needs_nginx
@pytest.mark.parametrize(
    ("path", "headers"),
    [
        ("/fr/private", [("Cache-Control", "private, no-store")]),
        ("/fr/nothing-said", []),
        ("/fr/no-time-left", [("Cache-Control", "public, max-age=0, s-maxage=0")]),
        ("/fr/for-browsers-only", [("Cache-Control", "public, max-age=300")]),
        ("/fr/cookie", [("Cache-Control", SHARED), ("Set-Cookie", "session=1")]),
        ("/media/pictures/draft", [("Cache-Control", "private, no-store")]),
        ("/media/pictures/browsers", [("Cache-Control", "public, max-age=300")]),
        ("/desk/", [("Cache-Control", SHARED)]),
        ("/", [("Cache-Control", SHARED)]),
    ],
)
def test_what_is_not_for_everybody_is_never_kept(behind, path, headers):
    behind.site.said[path] = ("200 OK", headers)
    for number in range(2):
        said = get(behind, path)[1].get("Cache-Control")
        assert behind.site.times(path) == number + 1
        assert "private" not in dict(headers).get("Cache-Control", "") or said == "private, no-store"


@needs_nginx
@pytest.mark.parametrize("path", ["/fr/failing", "/desk/failing"])
def test_a_failure_is_passed_on_and_never_kept(behind, path):
    behind.site.said[path] = ("503 Service Unavailable", [("Cache-Control", "no-store")])
    assert [get(behind, path)[0] for _ in range(2)] == [503, 503]


@needs_nginx
def test_what_a_visitor_says_of_themselves_is_not_believed(behind):
    get(behind, "/fr/forged", X_Forwarded_For="198.51.100.1", X_Forwarded_Proto="gopher")
    asked = behind.site.asked[-1]
    assert (asked["HTTP_X_FORWARDED_FOR"], asked["HTTP_X_FORWARDED_PROTO"]) == ("127.0.0.1", "http")


@needs_nginx
@pytest.mark.parametrize(
    ("accepts", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip, deflate", "gzip"),
        ("gzip;q=1.0, br;q=0", "gzip"),
        ("br;q=0.5", "br"),
        ("identity", ""),
        ("gzip;q=0", ""),
    ],
)
def test_a_page_is_kept_in_three_codings_at_most(behind, accepts, coding):
    get(behind, f"/fr/coded-{coding or 'plain'}-{len(accepts)}", Accept_Encoding=accepts)
    assert behind.site.asked[-1].get("HTTP_ACCEPT_ENCODING", "") == coding


def test_load_is_put_on_this_machine_only_and_ends():
    load.check("http://127.0.0.1:8000/", 64, 10)
    for url, connections, seconds in (
        ("http://newsroom.example.org/", 1, 1),
        ("http://127.0.0.1.example.org/", 1, 1),
        ("http://127.0.0.1/", 10_000, 1),
        ("http://127.0.0.1/", 1, 3600),
    ):
        with pytest.raises(ValueError, match=r"machine|at most"):
            load.check(url, connections, seconds)
