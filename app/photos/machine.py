"""A set of photos for machines: JSON-LD (schema.org ImageGallery and ImageObject).

Licence, credit, creator and copyright stand where image search reads them (Google's "Image license metadata": an
ImageObject with ``contentUrl`` and one of ``creator``, ``creditText``, ``copyrightNotice``, ``license``).
"""

from __future__ import annotations

from typing import Any

from app.here import setting
from app.languages import current
from app.photos.presenting import Page, Photo
from app.web.filters import iso
from app.web.public import absolute


def image_object(photo: Photo, page: Page) -> dict[str, Any]:
    """Return the ImageObject of ``photo``, one of ``page``."""
    data: dict[str, Any] = {
        "@type": "ImageObject",
        "@id": absolute(photo.url),
        "url": absolute(photo.url),
        "name": photo.label,
        "inLanguage": page.language,
        "acquireLicensePage": absolute(photo.url),
        "license": absolute(f"/{current()}/about/conditions"),
    }
    if photo.web:
        data |= {
            "contentUrl": absolute(photo.web.url),
            "encodingFormat": photo.web.mimetype,
            "width": photo.web.width,
            "height": photo.web.height,
        }
    more = {
        "caption": photo.caption,
        "description": photo.alt,
        "creditText": photo.credit,
        "copyrightNotice": photo.copyright,
        "usageInfo": photo.terms and absolute(photo.url),
        "dateCreated": photo.taken_on.isoformat() if photo.taken_on else "",
        "creator": photo.creator and {"@type": "Person", "name": photo.creator},
        "contentLocation": photo.place and {"@type": "Place", "name": photo.place},
        "about": [{"@type": "Person", "name": name} for name in photo.people],
    }
    return data | {name: value for name, value in more.items() if value}


def one(photo: Photo, page: Page) -> dict[str, Any]:
    """Return what stands on the page of ``photo``."""
    return {"@context": "https://schema.org"} | image_object(photo, page)


def gallery(page: Page) -> dict[str, Any]:
    """Return the ImageGallery of ``page``; the ImageObject of a set of one."""
    if len(page.photos) == 1:
        return one(page.photos[0], page)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "ImageGallery",
        "@id": absolute(page.url),
        "url": absolute(page.url),
        "name": page.title,
        "inLanguage": page.language,
        "publisher": {
            "@type": "Organization",
            "name": setting("ORGANISATION")[current()],
            "url": setting("PUBLIC_URL"),
        },
        "image": [image_object(photo, page) for photo in page.photos],
    }
    if page.lead:
        data["description"] = page.lead
    if page.published_at:
        data |= {
            "datePublished": iso(page.published_at),
            "dateModified": iso(page.updated_at or page.published_at),
        }
    if page.topics:
        data["about"] = [topic.name for topic in page.topics]
    return data
