"""What makes a text a video, for the pages of the desk that all types share."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from typing import Any, ClassVar

from flask import request
from flask_babel import lazy_gettext as _l
from markupsafe import escape
from wtforms import SelectChoice

from app.accounts.models import Account
from app.downloads import sources
from app.editorial import service
from app.editorial.models import Edition, Item, Revision
from app.editorial.service.snapshots import Shared, Text
from app.languages import gettext as _
from app.library import cards, shelving, shotlist
from app.library import queries as library
from app.library.describing import Described, describes
from app.library.models import MediaKind
from app.library.shelving import Shelved
from app.library.uploads import queries as uploads
from app.library.uploads.rules import embargo_of
from app.storage.check import keeps
from app.text.numbers import number
from app.videos import files, presenting, queries, taking
from app.videos.forms import VideoForm, people
from app.videos.models import Video
from app.web.filters import day
from app.writing import links, told, typed
from app.writing.sections import Part, Section, Words, register


class Videos(Section):
    """Films of the library, each with what it shows, its shotlist and its captions."""

    type = "video"
    folder = "videos"
    segment = "media/videos"
    listing = "media"
    model = Video
    form = VideoForm
    asks: ClassVar[tuple[str, ...]] = ("master",)
    words = Words(
        one=_l("Video"),
        many=_l("Videos"),
        new=_l("New video"),
        none=_l("No video has been described yet."),
        first=_l("Describe the first one"),
    )

    def prepare(self, form: Any) -> None:
        """Give the lists their choices: of files those that no other video is made of, and its own."""
        typed.prepare(form)
        own = form.master.data or ""
        files = library.undescribed(MediaKind.VIDEO, besides=number(own))
        named = [(str(each.id), presenting.file_name(each)) for each in files]
        form.master.choices = [SelectChoice(*each) for each in [("", _("Not chosen yet")), *named]]

    def text(self, form: Any) -> Text:
        """Return the words; those of the shotlist and the captions stay as they are."""
        return typed.text(form, credit=form.credit.data or "", people=people(form.people.data))

    def shared(self, form: Any) -> Shared:
        """Return the facts; where shots and restrictions stand stays as it is."""
        recorded_on = form.recorded_on.day
        facts = {
            "master": int(form.master.data) if form.master.data else None,
            "recorded_on": recorded_on.isoformat() if recorded_on else None,
            "source": form.source.data or "",
            "event": form.event_id,
            "sound": form.sound.codes,
        }
        return replace(typed.shared(form), date=recorded_on, facts=facts)

    def typed(self, revision: Revision) -> dict[str, Any]:
        """Return a video as it would have been typed."""
        known = {
            "place": revision.place,
            "credit": revision.fields.get("credit", ""),
            "people": "\n".join(revision.fields.get("people", [])),
        }
        return typed.typed(revision) | known | _facts(revision)

    def like(self, revision: Revision | None, *, today: date) -> dict[str, Any]:
        """Begin a language with the same facts; the very first one with the file that the address names."""
        if revision is None:
            asked = request.args.get("master", "")
            return typed.like(None) | (_begun(number(asked)) if number(asked) else {})
        return typed.like(revision) | _facts(revision)

    def start(self, item: Item | None, language: str, form: Any, *, by: Account) -> Edition:
        """Begin a video, with the restrictions and the embargo that were told while its file came."""
        text, shared = self.text(form), self.shared(form)
        film = shared.facts["master"] or 0
        said = uploads.told([film]).get(film, {})
        if item is None:
            text, shared = _restricted(text, shared, said.get("usage_terms", ""))
        until, once = embargo_of([said]), form.once.data or ""
        return service.start(item or Video(), language, text, shared, by=by, once=once, wanted_at=until)

    def draft(self, edition: Edition, interface: str, revision: Revision | None = None) -> presenting.Page:
        """Return the video as its page would show it."""
        return presenting.draft(edition, interface, revision)

    def as_seen(self, edition: Edition, interface: str, revision: Revision) -> presenting.Page:
        """Return a version that readers saw, without its film and its captions, which may be gone."""
        page: presenting.Page = super().as_seen(edition, interface, revision)
        page.film, page.captions = page.film._replace(files={}) if page.film else None, []
        return page

    def parts(self, revision: Revision) -> list[Part]:
        """Return what is compared: the words of every text, what is known of the film, each shot, what is spoken."""
        page = presenting.draft(revision.edition, revision.edition.language, revision)
        return [
            *super().parts(revision),
            Part(_("Recorded on"), day(revision.date) if revision.date else ""),
            Part(_("Video file"), page.film.name if page.film else ""),
            Part(_("Source"), page.source),
            Part(_("Credit"), page.credit),
            Part(_("People who are seen or heard"), "\n".join(page.people)),
            Part(_("Languages of the sound"), ", ".join(page.sound)),
            Part(_("Shotlist"), "\n".join(presenting.shot_line(page.timeline, shot) for shot in page.shots)),
            Part(
                _("Restrictions"),
                "\n".join(presenting.restriction_line(page.timeline, each) for each in page.restrictions),
            ),
            Part(_("Transcript"), page.transcript),
        ]


def _begun(master_id: int) -> dict[str, Any]:
    """Return what a video of that file begins with: what was said of it while it came."""
    told = uploads.told([master_id]).get(master_id, {})
    lines = [each for each in told.get("caption", "").splitlines() if each.strip()]
    return {
        "master": str(master_id),
        "title": told.get("title", ""),
        "body": "".join(f"<p>{escape(each)}</p>" for each in lines),
        "people": "\n".join(told.get("persons", [])),
        "place": told.get("place", ""),
        "recorded_on": day(date.fromisoformat(told["date"])) if told.get("date") else "",
        "credit": told.get("credit", ""),
        "sound": ", ".join(told.get("sound", [])),
    }


def _restricted(text: Text, shared: Shared, terms: str) -> tuple[Text, Shared]:
    """Return a new video with ``terms`` as restrictions of all of it, one a line."""
    words: dict[str, str] = {}
    for line in filter(None, map(str.strip, terms.splitlines())):
        words[shotlist.new_key("r", words)] = line
    rows = [{"id": key, "in": None, "out": None} for key in words]
    return (
        replace(text, fields=text.fields | {"restrictions": words}),
        replace(shared, facts=shared.facts | {"restrictions": rows}),
    )


def _facts(revision: Revision) -> dict[str, Any]:
    facts = revision.facts
    return {
        "master": str(facts.get("master") or ""),
        "recorded_on": day(revision.date) if revision.date else "",
        "source": facts.get("source", ""),
        "event": links.address_of(facts["event"], revision.edition.language) if facts.get("event") else "",
        "sound": ", ".join(facts.get("sound", [])),
    }


told.COVERED.update(
    {
        "master",
        "recorded_on",
        "source",
        "sound",
        "credit",
        "people",
        "shots",
        "restrictions",
        "captions",
        "transcript",
    }
)
told.LABELS["event"] = _l("Event")


def shelved(edition: Edition) -> Shelved:
    """Return how a public video stands in the media library."""
    revision: Any = edition.public_revision
    facts, fields = revision.facts, revision.fields
    film = library.master(facts.get("master"))
    marks = {
        "person": fields.get("people", []),
        "sound": facts.get("sound", []),
        "captions": ["yes"] if fields.get("captions") else [],
        "event": [str(facts["event"])] if facts.get("event") else [],
    }
    seconds = round(film.timeline.seconds) if film and film.timeline else 0
    return Shelved(MediaKind.VIDEO, facts.get("master"), seconds, marks=marks)


def known(master_ids: Collection[int]) -> dict[int, list[Described]]:
    """Return the videos that show these files already, for the page of uploads."""
    found: dict[int, list[Described]] = {}
    for row in queries.current_videos(master_ids):
        title, address = row.title or _("Untitled"), f"/desk/videos/{row.item_id}/{row.language}/"
        found.setdefault(row.master_id, []).append(Described(title, address))
    return found


shelving.register(Videos.type, shelved)
describes(MediaKind.VIDEO, begin=lambda master_id: f"/desk/videos/new?master={master_id}", known=known)
cards.REFERENCES[Videos.type] = Video.printed
videos = register(Videos())
sources.register(Videos.type, taking.describe)
keeps("captions/", files.captions)
