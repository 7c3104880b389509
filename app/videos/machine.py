"""A video for machines and for wires: JSON-LD (schema.org VideoObject) and the shotlist as text."""

from __future__ import annotations

from typing import Any

from app import clock
from app.here import setting
from app.languages import current
from app.languages import gettext as _
from app.text import markup
from app.videos import presenting
from app.videos.presenting import Line, Page
from app.web.filters import day, iso
from app.web.public import absolute


def video_object(page: Page) -> dict[str, Any]:
    """Return the VideoObject of ``page`` (schema.org/VideoObject; Google asks for name, thumbnailUrl, uploadDate)."""
    published = page.published_at or clock.now()
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "VideoObject",
        "@id": absolute(page.url),
        "url": absolute(page.url),
        "name": page.title,
        "description": page.lead or markup.excerpt(page.body, 300) or page.title,
        "inLanguage": page.language,
        "uploadDate": iso(published),
        "dateModified": iso(page.updated_at or published),
        "publisher": {
            "@type": "Organization",
            "name": setting("ORGANISATION")[current()],
            "url": setting("PUBLIC_URL"),
        },
    }
    if page.posters:
        data["thumbnailUrl"] = [absolute(file.url) for file in reversed(page.posters)]
    if page.preview:
        data |= {"contentUrl": absolute(page.preview.url), "encodingFormat": page.preview.mimetype}
        data |= {"width": page.preview.width, "height": page.preview.height}
    if page.timeline:
        data["duration"] = f"PT{round(float(page.timeline.seconds), 3):g}S"
    if page.captions:
        data["caption"] = [
            {
                "@type": "MediaObject",
                "contentUrl": absolute(track.url),
                "encodingFormat": "text/vtt",
                "inLanguage": track.language,
            }
            for track in page.captions
        ]
    if page.transcript:
        data["transcript"] = page.transcript
    if page.place:
        data["contentLocation"] = {"@type": "Place", "name": page.place}
    if page.date:
        data["dateCreated"] = iso(page.date)
    if page.credit:
        data["creditText"] = page.credit
    if page.reference:
        data["identifier"] = page.reference
    if page.topics:
        data["about"] = [topic.name for topic in page.topics]
    if page.people:
        data["actor"] = [{"@type": "Person", "name": name} for name in page.people]
    if page.timeline and page.shots:
        data["hasPart"] = [_clip(page, line) for line in page.lines]
    return data


def _clip(page: Page, line: Line) -> dict[str, Any]:
    """Return a shot as a Clip (schema.org/Clip), with the address that chooses it."""
    rate = page.timeline.rate  # type: ignore[union-attr]
    return {
        "@type": "Clip",
        "name": " ".join(filter(None, [line.kind, line.shot.description, line.who])) or str(line.shot.number),
        "startOffset": round(float(rate.seconds(line.shot.begins)), 3),
        "endOffset": round(float(rate.seconds(line.shot.ends)), 3),
        "url": f"{absolute(page.url)}{line.use_url}",
    }


def share(page: Page) -> dict[str, Any]:
    """Return what other sites show of a video: its title and its still."""
    still = page.poster
    return {
        "type": "video.other",
        "title": page.title,
        "picture": {
            "url": absolute(still.url),
            "width": still.width,
            "height": still.height,
            "alt": page.title,
        }
        if still
        else None,
    }


def plain_text(page: Page) -> str:
    """Return a video as text: reference, title, where and when, what it shows, restrictions, shotlist, address."""
    head = " ".join(filter(None, [_("Video"), page.reference]))
    where = ", ".join(filter(None, [page.place, day(page.date) if page.date else "", page.duration]))
    credit = _("Credit: %(credit)s", credit=page.credit) if page.credit else ""
    rights = "\n".join(
        presenting.restriction_line(page.timeline, each) for each in page.restrictions if each.text
    )
    shots = "\n".join(presenting.shot_line(page.timeline, shot) for shot in page.shots)
    parts = [
        head,
        page.title,
        page.lead,
        where,
        credit,
        rights,
        markup.plain(page.body),
        shots,
        absolute(page.url),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"
