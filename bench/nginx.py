"""nginx as its own process, with the configuration in deploy/ and nothing of the machine's own nginx."""

from __future__ import annotations

import getpass
import shutil
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.server import Server, free_port, running

DEPLOY = Path(__file__).resolve().parent.parent / "deploy"
FILES = "alias /var/lib/communique/files/;"
AROUND = """
daemon off;
worker_processes 2;
pid {folder}/nginx.pid;
error_log {folder}/error.log warn;
{user}
events {{ worker_connections 1024; }}
http {{
    access_log off;
    default_type text/html;
    sendfile on;
    tcp_nopush on;
    keepalive_requests 100000000;  # else nginx hangs up on a client every thousand, which counts as an error
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    {http}
}}
"""


@contextmanager
def in_front_of(server: Server, files: Path | None = None) -> Iterator[Server]:
    """Run nginx as deploy/ says, with ``server`` in the newsroom's place, without TLS.

    ``files`` is the folder that it hands out files from, when the newsroom is told to let it (X_ACCEL).
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        port = free_port()
        shared = (DEPLOY / "nginx.conf").read_text().partition("\nserver {")[0]
        for old, new in (
            ("server 127.0.0.1:8000;", f"server {server.url.removeprefix('http://')};"),
            ("/var/cache/nginx/communique", f"{folder}/cache"),
        ):
            if shared.count(old) != 1:
                raise RuntimeError(f"deploy/nginx.conf does not say {old!r} once")
            shared = shared.replace(old, new)
        locations = Path(folder) / "locations.conf"
        text = (DEPLOY / "communique-locations.conf").read_text()
        if text.count(FILES) != 1:
            raise RuntimeError(f"deploy/communique-locations.conf does not say {FILES!r} once")
        locations.write_text(text.replace(FILES, f"alias {files}/;") if files else text)
        block = f"server {{ listen 127.0.0.1:{port}; server_name 127.0.0.1; include {locations}; }}"
        with _nginx(Path(folder), port, shared + block) as front:
            yield front


@contextmanager
def static(bodies: Path, pages: dict[str, str]) -> Iterator[Server]:
    """Run an nginx that has the files ``bodies/NAME.body`` itself, at the addresses that ``pages`` maps from NAME."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        port = free_port()
        headers = "etag on; add_header Cache-Control 'public, max-age=0, s-maxage=10';"
        block = "".join(
            f"location = {path} {{ root {bodies}; try_files /{name}.body =404; {headers} }}"
            for name, path in pages.items()
        )
        Path(folder).chmod(0o755)
        with _nginx(Path(folder), port, f"server {{ listen 127.0.0.1:{port}; {block} }}") as server:
            yield server


def etag(server: Server, path: str) -> str:
    """Return the ETag that ``server`` gives to the page at ``path``."""
    with urllib.request.urlopen(server.url + path, timeout=30) as answer:
        return answer.headers["ETag"]


@contextmanager
def _nginx(folder: Path, port: int, http: str) -> Iterator[Server]:
    program = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if program is None:
        raise RuntimeError("nginx is not installed")
    # As root it would change to a user who may not read our files.
    user = "user root;" if getpass.getuser() == "root" else ""
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user, http=http))
    command = [program, "-p", str(folder), "-e", str(folder / "error.log"), "-c", str(folder / "nginx.conf")]
    with running(command, port, {}) as server:
        yield server
