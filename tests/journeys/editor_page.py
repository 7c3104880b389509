"""A page that holds the rich editor and nothing else, served under the desk's own security policy.

It stands for the edit page while the editor alone is looked at: the form that is posted, the
pictures to choose from, another site's page to copy from. The journeys through the whole newsroom
use the real one.
"""

from __future__ import annotations

import html
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask, Response, render_template_string, request, send_from_directory
from flask_babel import Babel
from werkzeug.serving import make_server

from app.editorial.editor_words import editor_words

TRANSLATIONS = Path(__file__).resolve().parents[2] / "app" / "translations"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; "
    "font-src 'self'; media-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763b8"
    "c4c4000002e800f6a5d50b0f0000000049454e44ae426082"
)
PICTURES = [
    {"key": "k1", "alt": "The plenary hall", "caption": "The plenary hall in July", "credit": "O. Koval"},
    {"key": "k2", "alt": "", "caption": "A ribbon", "credit": ""},
]
TITLES = {"fr": "Texte du communiqué", "en": "Text of the release", "uk": "Текст релізу"}
HEAD = '<!doctype html><html lang="en"><link rel="icon" href="data:,">'

PAGE = """<!doctype html>
<html lang="{{ interface }}"><head><meta charset="utf-8"><title>{{ title }}</title>
<link rel="icon" href="data:,">
<meta name="viewport" content="width=device-width, initial-scale=1">
{% for sheet in sheets %}<link rel="stylesheet" href="/static/built/{{ sheet }}">{% endfor %}
{% for script in scripts %}<script type="module" src="/static/built/{{ script }}"></script>{% endfor %}
</head><body><main>
<h1>{{ title }}</h1>
<form method="post" action="/{{ language }}" data-guard>
<p class="field field--full"><label class="field__label" for="title">Title</label>
<input class="field__control" id="title" name="title" value="Title" lang="{{ language }}"
  data-count="title-count" data-count-soft="110" data-count-hard="300" aria-describedby="title-count">
<span id="title-count" data-text="%(n)s of 300 characters. Above 110, titles are cut in search results.">5</span></p>
<div class="field field--full"><label class="field__label" for="body">{{ title }}</label>
<p class="field__hint" id="body-hint">Plain text or simple HTML</p>
{% if is_refused %}<p class="field__error" id="body-error">Too long</p>{% endif %}
<textarea class="field__control" name="body" id="body" rows="12" lang="{{ language }}" data-editor
  aria-describedby="body-hint{{ ' body-error' if is_refused }}"{{ ' aria-invalid="true"' | safe if is_refused }}
  data-pictures-url="/pictures.json" data-words="{{ words }}">{{ body }}</textarea></div>
<p><button class="button" name="act" value="save" data-save>Save</button>
<button class="button button--quiet" name="act" value="preview">Preview</button></p>
</form>
<p><a href="/elsewhere">Elsewhere</a></p></main></body></html>"""


class EditorPage:
    """The page at ``base``: ``body`` is what it opens with, ``posted`` what was sent, oldest first."""

    def __init__(self, built: Path) -> None:
        self.body = ""
        self.posted: list[dict[str, str]] = []
        self.is_refused = False  # whether the form comes back with a fault marked
        self.pictures: list[dict] | None = PICTURES  # None: the address answers 500
        self.copied_from = ""  # the other site's page
        self.progress: list[dict] = []  # what the work answers, one after the other
        self.base = ""
        self.built = built
        self.scripts = ["desk.js", "editor.js"]
        self.sheets = ["desk.css"]
        self.app = self._make()

    def _make(self) -> Flask:
        app = Flask("editor_page", static_folder=None)
        Babel(
            app,
            default_translation_directories=str(TRANSLATIONS),
            locale_selector=lambda: request.path[1:3] if request.path[1:3] in TITLES else "en",
        )
        manifest = json.loads((self.built / "manifest.json").read_text())

        @app.after_request
        def with_policy(answer: Response) -> Response:
            answer.headers["Content-Security-Policy"] = POLICY
            answer.headers["Cache-Control"] = "private, no-store"
            return answer

        @app.route("/<any(fr, en, uk):language>", methods=["GET", "POST"])
        def edit(language: str) -> str:
            if request.method == "POST":
                self.posted.append(request.form.to_dict())
                self.body = request.form["body"]
            return render_template_string(
                PAGE,
                language=language,
                interface=language,
                title=TITLES[language],
                body=self.body,
                is_refused=self.is_refused,
                words=json.dumps(editor_words()),
                sheets=[manifest[name] for name in self.sheets],
                scripts=[manifest[name] for name in self.scripts],
            )

        @app.route("/pictures.json")
        def pictures() -> Response | tuple[str, int]:
            if self.pictures is None:
                return "", 500
            rows = [
                {**picture, "src": f"/media/pictures/{picture['key']}/640.jpg", "width": 640, "height": 427}
                for picture in self.pictures
            ]
            body = json.dumps([{**row, "thumb": row["src"]} for row in rows])
            return Response(body, content_type="application/json")

        @app.route("/media/pictures/<key>/<name>")
        def picture(key: str, name: str) -> Response:
            return Response(PIXEL, content_type="image/png")

        @app.route("/static/built/<path:name>")
        def built(name: str) -> Response:
            return send_from_directory(self.built, name)

        @app.route("/elsewhere")
        def elsewhere() -> str:
            return f"{HEAD}<title>Elsewhere</title><body>{self.copied_from}"

        @app.route("/work")
        def work() -> str:
            script = html.escape(manifest["desk.js"])
            return (
                f"{HEAD}<title>Work</title><main><h1>Work</h1>"
                '<div data-job="/work.json"><progress aria-label="Work" max="100"></progress>'
                f'<p role="status">Queued</p></div><script type="module" src="/static/built/{script}"></script>'
            )

        @app.route("/work.json")
        def work_state() -> Response:
            state = self.progress.pop(0) if len(self.progress) > 1 else self.progress[0]
            return Response(json.dumps(state), content_type="application/json")

        return app


@contextmanager
def served(built: Path) -> Iterator[EditorPage]:
    """Serve the page with the files of ``built`` for as long as the block lasts."""
    page = EditorPage(built)
    server = make_server("127.0.0.1", 0, page.app, threaded=True)
    page.base = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield page
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
