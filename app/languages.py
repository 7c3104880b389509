"""The three languages that this newsroom speaks, and which of them this visitor reads.

A public page's language is in its address; the desk speaks its officer's language; anything
else (an error at an unknown address, the bare ``/``) goes by what the browser prefers.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from babel.support import NullTranslations, Translations
from flask import Flask, g, has_request_context, request
from flask_babel import Domain, LazyString, force_locale
from jinja2 import pass_eval_context
from jinja2.nodes import EvalContext
from markupsafe import Markup, escape

from app.here import notes

TRANSLATIONS = str(Path(__file__).parent / "translations")
LANGUAGES = ("fr", "en", "uk")
# Flask-Babel calls each lazy sentence safe as it is; but what somebody typed may stand in it.
LazyString.__html__ = lambda sentence: escape(str(sentence))  # type: ignore[method-assign]
OWN_NAMES = {"fr": "Français", "en": "English", "uk": "Українська"}


def current() -> str:
    """Return the code of the language of this request (English outside of one)."""
    try:  # asked thirty times for a page, so first what is nearly always there
        return notes().language
    except (AttributeError, RuntimeError):
        if not has_request_context():
            return "en"
    g.language = from_address(request.path) or preferred()
    return g.language


def choose(code: str) -> None:
    """Make this request speak ``code``; anything that we do not speak is ignored."""
    if code in LANGUAGES:
        g.language = code


def from_address(path: str) -> str | None:
    """Return the language that ``path`` is in, or None."""
    first = path[1:].partition("/")[0]
    return first if first in LANGUAGES else None


def preferred() -> str:
    """Return the language that the browser likes best of those we speak; French of Belgium is French."""
    for wanted, quality in request.accept_languages:
        if quality and wanted.partition("-")[0].lower() in LANGUAGES:
            return wanted.partition("-")[0].lower()
    return "en"


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Write in ``code`` for a while: mails, feeds and jobs for somebody else's eyes."""
    before = g.get("language")
    g.language = code
    try:
        with force_locale(code):
            yield
    finally:
        g.language = before if before is not None else code


@cache
def _catalogue(language: str, folder: str) -> NullTranslations:
    return Translations.load(folder, [language])


@cache
def _said(language: str, folder: str, sentence: str) -> str:
    return _catalogue(language, folder).ugettext(sentence)


def _with_holes(language: str, folder: str, sentence: str, is_markup: bool) -> str:
    said = _said(language, folder, sentence)
    return Markup(said) if is_markup else said  # noqa: S704 (our own words)


@cache
def _whole(language: str, folder: str, sentence: str, is_markup: bool) -> str:
    """Return a sentence that has no hole."""
    return (
        _with_holes(language, folder, sentence, is_markup) % {}
    )  # a percent sign is written twice in a catalogue


def gettext(sentence: str, /, **values: Any) -> str:
    """Say ``sentence`` in this request's language: Flask-Babel's, at a fifth of its cost."""
    said = _said(current(), TRANSLATIONS, sentence)
    return said % values if values else said


class Sentences(Domain):
    """Flask-Babel's sentences from our dictionaries: it asks who speaks nine times for each, a form has a hundred."""

    def gettext(self, string: str, **variables: Any) -> str:
        """Say ``string`` in the language of this request, or in the one that force_locale() is told."""
        forced = getattr(getattr(notes(), "_flask_babel", None), "forced_babel_locale", None)
        said = _said(forced.language if forced else current(), TRANSLATIONS, string)
        return said % variables if variables else said


def _speak_templates(app: Flask) -> None:
    """Let templates find sentences in a dictionary: a page says sixty, and looking them up took half its time."""
    folder = app.config["BABEL_TRANSLATION_DIRECTORIES"]
    app.jinja_env.install_gettext_callables(  # type: ignore[attr-defined]
        lambda sentence: _said(current(), folder, sentence),
        lambda one, many, number: _catalogue(current(), folder).ungettext(one, many, number),
        newstyle=True,
    )

    @pass_eval_context
    def say(context: EvalContext, sentence: str, /, **values: Any) -> str:
        """Say ``sentence`` as Jinja's own gettext does, without asking three times whether to escape."""
        language, is_markup = current(), bool(context.autoescape)
        if values:
            return _with_holes(language, folder, sentence, is_markup) % values
        return _whole(language, folder, sentence, is_markup)

    app.jinja_env.globals["_"] = say


def init_languages(app: Flask) -> None:
    """Put the language of public addresses into ``url_for``, and take it out of what a view is given.

    In rules it is called ``speaks``: ``language`` stays free for the edition that a desk page is about.
    """

    _speak_templates(app)
    app.extensions["babel"].instance.domain_instance = Sentences()

    @app.url_value_preprocessor
    def take(endpoint: str | None, values: dict | None) -> None:
        if values and (code := values.pop("speaks", None)):
            notes().language = code

    @app.url_defaults
    def give(endpoint: str, values: dict) -> None:
        if "speaks" not in values and app.url_map.is_endpoint_expecting(endpoint, "speaks"):
            values["speaks"] = current()
