"""A release for machines and for wires: JSON-LD (schema.org NewsArticle) and plain text."""

from __future__ import annotations

from typing import Any

from app import clock
from app.here import setting
from app.languages import current
from app.languages import gettext as _
from app.releases.presenting import Page
from app.text import markup
from app.web.filters import clock_time, day, iso
from app.web.public import absolute


def news_article(release: Page) -> dict[str, Any]:
    """Return the NewsArticle of ``release`` (schema.org/NewsArticle; Google asks for headline, image, dates)."""
    organisation = {
        "@type": "Organization",
        "name": setting("ORGANISATION")[current()],
        "url": setting("PUBLIC_URL"),
    }
    published = release.published_at or clock.now()
    article: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": absolute(release.url),
        "headline": release.title,
        "inLanguage": release.language,
        "datePublished": iso(published),
        "dateModified": iso(release.updated_at or published),
        "publisher": organisation,
        "author": organisation,
    }
    if release.lead:
        article["description"] = release.lead
    if release.place:
        article["contentLocation"] = {"@type": "Place", "name": release.place}
    if release.pictures:
        article["image"] = [absolute(picture.src) for picture in release.pictures]
    if release.topics:
        article["about"] = [topic.name for topic in release.topics]
    if release.reference:
        article["identifier"] = release.reference.replace("\N{NO-BREAK SPACE}", " ")
    if release.history and release.history.all_corrections:
        article["correction"] = [
            {"@type": "CorrectionComment", "text": each.note, "datePublished": iso(each.at)}
            for each in release.history.all_corrections
        ]
    return article


def corrected(release: Page) -> str:
    """Return the notices of corrections that stand above the text, a line each; nothing without any."""
    notices = [
        _("Corrected on %(date)s at %(time)s.", date=day(each.at), time=clock_time(each.at)) + " " + each.note
        for each in (release.history.corrections if release.history else ())
    ]
    return "\n".join(notices)


def plain_text(release: Page) -> str:
    """Return ``release`` as text: reference, title, dateline, body, quotes, links, contact, address."""
    head = " ".join(filter(None, [str(release.kind_name), release.reference]))
    dateline = ", ".join(filter(None, [release.place, day(release.date) if release.date else ""]))
    parts = [head, release.title, release.lead, corrected(release), dateline, markup.plain(release.body)]
    parts += [
        f"{quote['text']}\n– {quote['speaker']}, {quote['function']}".rstrip(", ") for quote in release.quotes
    ]
    if release.links:
        parts.append(
            "\n".join(
                [_("Find out more"), *(f"– {link.title}: {_whole(link.url)}" for link in release.links)]
            )
        )
    if release.contact:
        contact = release.contact
        parts.append(
            "\n".join(
                filter(None, [contact.name, contact.function, contact.phone, contact.email, contact.hours])
            )
        )
    parts.append(absolute(release.url))
    return "\n\n".join(part for part in parts if part) + "\n"


def _whole(address: str) -> str:
    """Return an address that leads somewhere from a wire, too."""
    return absolute(address) if address.startswith("/") else address
