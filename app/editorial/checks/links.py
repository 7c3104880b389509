"""Links: that their words say where they lead, and that they lead there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby

from app.editorial.checks.findings import Checked, Context, Finding, found
from app.editorial.checks.reading import Passage, Reading
from app.text.slugs import fold

_ADDRESS = re.compile(r"(?<![\w@/.])(?:https?://|www\.)[^\s<>«»“”\"]+", re.I)
_TRAILING = ".,;:!?…)]}'’"
_SCHEME = re.compile(r"https?://(?:www\.)?", re.I)
_VAGUE = frozenset(
    map(
        fold,
        """here|click here|read here|see here|more|read more|learn more|find out more|see more|more here|link|this link|
        the link|this page|this|go|click|follow this link|details|continue|continue reading
        |ici|cliquez ici|cliquer ici|voir ici|lire ici|plus|en savoir plus|lire plus|lire la suite|voir plus|suite|lien
        |ce lien|le lien|suivre ce lien|cette page|plus d’informations|plus d’infos|détails|cliquez
        |тут|сюди|натисніть тут|клікніть тут|дивіться тут|читати тут|більше|докладніше|детальніше|дізнатися більше
        |читати далі|читати більше|далі|посилання
        |це посилання|за посиланням|за цим посиланням|ця сторінка""".split("|"),
    )
)  # fmt: skip


def findings(text: Checked, context: Context, reading: Reading) -> Iterator[Finding]:
    """Yield what is wrong with the links in the body and in the lists beside it."""
    answers: dict[str, str | None] = {}
    for passage in reading.passages:
        if passage.field in {"lead", "body", "quotes", "faq"}:
            for match in _ADDRESS.finditer(passage.text):
                yield found("link-bare", passage.field, match[0].rstrip(_TRAILING), at=passage.at)
        for words, address in _linked(passage):
            yield from _words_of(words, address, passage.field, passage.at)
            yield from _target(words, address, passage.field, passage.at, context, answers)
    for at, link in enumerate(text.links):
        words, address = str(link.get("title") or ""), str(link.get("url") or "")
        if _ADDRESS.match(words) or (address and not words.strip()):
            yield found("link-bare", "links", words or address, at=at)
        yield from _words_of(words, address, "links", at)
        yield from _target(words, address, "links", at, context, answers)


def _linked(passage: Passage) -> Iterator[tuple[str, str]]:
    """Yield the words and the address of each link in ``passage``."""
    if not any(run.marks for run in passage.runs):
        return
    for link, runs in groupby(
        passage.runs, key=lambda run: next((dict(given) for tag, given in run.marks if tag == "a"), None)
    ):
        if link:
            yield "".join(run.text for run in runs), link.get("href", "")


def _words_of(words: str, address: str, field: str, at: int | None) -> Iterator[Finding]:
    shown = words.strip()
    if fold(shown) in _VAGUE:
        yield found("link-vague", field, words, at=at, about=address)
    bare = _SCHEME.sub("", address)
    if "/" in shown and bare.rstrip("/") == shown.rstrip("/") and not _ADDRESS.match(shown):
        yield found("link-bare", field, words, at=at)


def _target(
    words: str, address: str, field: str, at: int | None, context: Context, answers: dict[str, str | None]
) -> Iterator[Finding]:
    path = _path(address, context.host)
    if path is None:
        return
    if path not in answers:
        answers[path] = context.is_broken(path)
    if reason := answers[path]:
        rule = "link-private" if reason == "private" else "link-broken"
        yield found(rule, field, words or address, at=at, about=path, address=address)


def _path(address: str, host: str) -> str | None:
    """Return the path that ``address`` is on this site, or None when it leads elsewhere or to a part of the page."""
    if address.startswith("/") and not address.startswith("//"):
        return address
    scheme = re.match(r"https?://", address, re.I)
    if not host or not scheme:
        return None
    name, slash, path = address[scheme.end() :].partition("/")
    return slash + path or "/" if name.lower() == host.lower() else None
