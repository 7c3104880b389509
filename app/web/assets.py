"""What browsers fetch beside the pages: style sheets, scripts, fonts and images.

``make build`` puts them into ``static/built`` under names that change with their content, so a
browser may keep each for ever. Only that folder is served, by WhiteNoise in the web process; the
sources beside it are not. Turned down: links to the sources with ``?v=…``, which proxies ignore.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from wsgiref.headers import Headers

from flask import Flask
from whitenoise import WhiteNoise

from app.web.headers import always

BUILT = Path(__file__).resolve().parents[2] / "static" / "built"
PREFIX = "/static/built/"
ALPHABETS = {"uk": "cyrillic"}  # which fonts a page needs first; any other language: latin

HASHED = re.compile(r"-[0-9A-Za-z]{8,}\.[a-z0-9]+$")

# A file is never a page: opened on its own (an image can be), it may do nothing.
POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"


class NotBuilt(RuntimeError):
    """The files for browsers are not there; the message says what to do."""


class Assets:
    """The manifest of one build: which file stands behind which name.

    ``watched``: read it again when a new build has replaced it (for those who work on the newsroom).
    """

    def __init__(self, folder: Path, *, watched: bool = False) -> None:
        self._file = folder / "manifest.json"
        self._watched = watched
        self._read()

    def address(self, name: str) -> str:
        """Return the address of the file called ``name`` in the sources ("site.css", "img/logo.svg")."""
        built = self._names().get(name)
        if not isinstance(built, str):
            raise NotBuilt(f"static/built has no {name!r}: add its source, then run `make build`.")
        return PREFIX + built

    def font_preloads(self, language: str) -> list[str]:
        """Return the addresses of the fonts that a page in ``language`` cannot be drawn without."""
        return [PREFIX + name for name in self._names()["fonts"][ALPHABETS.get(language, "latin")]]

    def _names(self) -> dict[str, Any]:
        if self._watched and self._stamp() != self._seen:
            self._read()
        return self._manifest

    def _read(self) -> None:
        try:
            self._seen = self._stamp()
            self._manifest: dict[str, Any] = json.loads(self._file.read_text("utf-8"))
        except FileNotFoundError:
            raise NotBuilt(
                "The style sheets, scripts and fonts are not built yet: run `make build`."
            ) from None

    def _stamp(self) -> tuple[int, int]:
        seen = self._file.stat()
        return seen.st_mtime_ns, seen.st_ino


def init_assets(app: Flask, folder: Path = BUILT) -> None:
    """Serve ``folder``, and give templates ``asset(name)`` and ``font_preloads(language)``.

    Raises NotBuilt when there is no build in ``folder``.
    """
    assets = Assets(folder, watched=app.debug)
    app.jinja_env.globals.update(asset=assets.address, font_preloads=assets.font_preloads)

    lines = always(app.config["PUBLIC_URL"]) | {"Content-Security-Policy": POLICY}

    def protect(answer: Headers, path: str, url: str) -> None:
        for name, value in lines.items():
            answer[name] = value

    app.wsgi_app = WhiteNoise(  # type: ignore[method-assign]
        app.wsgi_app,
        root=folder,
        prefix=PREFIX,
        autorefresh=app.debug,
        allow_all_origins=False,
        add_headers_function=protect,
        immutable_file_test=lambda path, url: HASHED.search(url) is not None,
    )
