"""A topic page for machines: JSON-LD (schema.org FAQPage, or WebPage where nothing is asked)."""

from __future__ import annotations

from typing import Any

from flask import current_app

from app.languages import current
from app.topics.presenting import Page
from app.web.filters import iso
from app.web.public import absolute


def faq_page(page: Page) -> dict[str, Any]:
    """Return the FAQPage of ``page``: each question with its answer, whose links lead here from anywhere."""
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "FAQPage" if page.questions else "WebPage",
        "@id": absolute(page.url),
        "url": absolute(page.url),
        "name": page.title,
        "inLanguage": page.language,
        "publisher": {
            "@type": "Organization",
            "name": current_app.config["ORGANISATION"][current()],
            "url": current_app.config["PUBLIC_URL"],
        },
    }
    if page.lead:
        data["description"] = page.lead
    if page.published_at and page.checked_at:
        data |= {"datePublished": iso(page.published_at), "dateModified": iso(page.checked_at)}
    if page.subject:
        data["about"] = page.subject.name
    if page.questions:
        here = f'href="{current_app.config["PUBLIC_URL"]}/'
        data["mainEntity"] = [
            {
                "@type": "Question",
                "@id": f"{absolute(page.url)}#{entry.id}",
                "name": entry.question,
                "acceptedAnswer": {"@type": "Answer", "text": str(entry.answer).replace('href="/', here)},
            }
            for group in page.groups
            for entry in group.entries
        ]
    return data
