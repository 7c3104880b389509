"""Asking the newsroom for what it must not tell."""

from __future__ import annotations

import html
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextvars import Context
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from flask import Flask
from werkzeug.test import Client

from app.languages import LANGUAGES
from app.leaks.queries import Secret, is_public_phrase, plain

LIST_PAGES = 3  # of each list: what leaks is new
PATIENCE_SECONDS = 20
_TAG = re.compile(r"<[^>]*>")

Ask = Callable[[str], tuple[int, str]]


@dataclass(frozen=True)
class Leak:
    """Something that a stranger was told: ``secret`` at ``address``, by ``words`` (or by an answer that is no 404)."""

    secret: str
    address: str
    words: str


def asking(app: Flask, url: str | None, cookie: str = "") -> Ask:
    """Return what asks for an address and gives status and text: over the network at ``url``, or in this process.

    ``cookie`` is that of whoever asks, nothing for a stranger.
    """
    headers = {"Cookie": cookie} if cookie else {}
    if url:
        return lambda path: _fetched(url.rstrip("/") + path, headers)
    client = Client(app.wsgi_app, use_cookies=False)
    base = app.config["PUBLIC_URL"]

    def ask(path: str) -> tuple[int, str]:
        # From nothing, as a server would: who asked before must not be remembered beside this request.
        answer = Context().run(client.get, path, base_url=base, headers=headers)
        try:
            return answer.status_code, answer.get_data(as_text=True)
        finally:
            answer.close()

    return ask


def _fetched(url: str, headers: dict[str, str]) -> tuple[int, str]:
    headers = {"Accept-Language": "en"} | headers
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 (the operator's own)
    try:
        with urllib.request.build_opener(_Stay).open(request, timeout=PATIENCE_SECONDS) as answer:
            return answer.status, answer.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode("utf-8", "replace")


class _Stay(urllib.request.HTTPRedirectHandler):
    """A redirect is an answer: it is looked at, not followed."""

    def redirect_request(self, *args: object, **kwargs: object) -> None:
        """Follow nothing."""


def surfaces(app: Flask, ask: Ask) -> Iterator[str]:
    """Yield every public address that does not name a text: pages, lists, feeds, maps and what the maps list."""
    for rule in app.url_map.iter_rules():
        if "GET" not in (rule.methods or ()) or rule.rule.startswith("/desk") or rule.rule == "/":
            continue
        if rule.arguments <= {"speaks"}:
            spoken = LANGUAGES if rule.arguments else ("",)
            for code in spoken:
                path = re.sub(r"<[^>]*:speaks>", code, rule.rule)
                yield path
                if path.endswith("/"):
                    yield from (f"{path}?page={number}" for number in range(2, LIST_PAGES + 1))
    for path in _in_map(ask, "/sitemap.xml"):
        yield path


def _in_map(ask: Ask, path: str) -> Iterator[str]:
    """Yield the maps that the map of maps lists."""
    for address in re.findall(r"<loc>([^<]*)</loc>", ask(path)[1]):
        yield re.sub(r"^https?://[^/]*", "", html.unescape(address))


def leaks(app: Flask, ask: Ask, secrets: Iterable[Secret]) -> Iterator[Leak]:
    """Yield what a stranger who knows what to look for is told of ``secrets``."""
    told = {path: _read(text) for path, (_status, text) in _all(ask, surfaces(app, ask))}
    for secret in secrets:
        for path, words in told.items():
            yield from _found(secret, path, words)
        for path in secret.addresses:
            status, text = ask(quote(path, safe="/"))
            if status != 404:
                yield Leak(secret.name, path, f"answers {status}")
            yield from _found(secret, path, _read(text))
        for path in _searches(secret):
            yield from _found(secret, path, _read(ask(path)[1]))


def early_leaks(asks: Mapping[str, Ask], secrets: Iterable[Secret]) -> Iterator[Leak]:
    """Yield what those are told of texts under embargo to whom no text is open; ``asks`` are by who asks.

    Whoever is logged in gets the answer of an address that never was; a stranger is led to log in, whatever it is.
    """
    secrets = list(secrets)
    for who, ask in asks.items():
        for code in LANGUAGES:
            listed = f"/{code}/account/embargoes/"
            words = _read(ask(listed)[1])
            for secret in secrets:
                yield from _found(secret, f"{listed} ({who})", words)
        for secret in secrets:
            for path in secret.early:
                status, text = ask(path)
                if status not in (303, 404):
                    yield Leak(secret.name, f"{path} ({who})", f"answers {status}")
                yield from _found(secret, f"{path} ({who})", _read(text))


def _read(text: str) -> str:
    """Return what a page, a feed or a map says, as phrases are compared."""
    return plain(_TAG.sub(" ", html.unescape(text)))


def _all(ask: Ask, paths: Iterable[str]) -> Iterator[tuple[str, tuple[int, str]]]:
    for path in dict.fromkeys(paths):
        yield path, ask(path)


def _searches(secret: Secret) -> Iterator[str]:
    """Yield searches for half a phrase: the page repeats what was asked for, which is no leak."""
    for phrase in secret.phrases[:2]:
        words = " ".join(phrase.split()[:3])
        for code in LANGUAGES:
            yield f"/{code}/search/?{urlencode({'q': words})}"


def _found(secret: Secret, path: str, words: str) -> Iterator[Leak]:
    for phrase in secret.phrases:
        if phrase in words and not is_public_phrase(phrase, phrase.split()):
            yield Leak(secret.name, path, phrase)
            return
