"""What a template is given of a video: plain values, worked out once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from fractions import Fraction
from typing import Any, NamedTuple
from urllib.parse import urlencode

from flask_babel import ngettext
from markupsafe import Markup

from app.editorial import linking, queries
from app.editorial.models import Edition, Revision
from app.editorial.naming import Called, Named, contacts, topics
from app.editorial.remembered import home, remembered
from app.languages import LANGUAGES
from app.languages import gettext as _
from app.library import queries as library
from app.library import shotlist
from app.library.models import Master, MasterState
from app.library.queries import Shelved
from app.library.shotlist import Interval, Restriction, Shot
from app.library.sounds import sound_name
from app.library.timeline import OutOfOrder, Passage, Timeline, TooShort, lasting
from app.videos import queries as videos
from app.videos.models import Video
from app.videos.words import KIND_NAMES
from app.web.filters import filesize
from app.writing.history import History, of_page

UNREAD = (MasterState.RECEIVED, MasterState.CHECKING)
HD_LINES = 1080  # of picture: what broadcasters call "broadcast quality"


class Elsewhere(NamedTuple):
    """The same video in another language."""

    language: str
    path: str
    url: str


class Track(NamedTuple):
    """Captions in a language."""

    language: str
    url: str


@dataclass(slots=True)
class Page:
    """A video as its page shows it. ``film`` is none while it has no file, ``timeline`` while nobody has read that."""

    id: int
    title: str
    lead: str
    body: Markup
    reference: str | None
    place: str
    date: date | None
    published_at: datetime | None
    updated_at: datetime | None
    language: str
    path: str
    url: str
    credit: str
    source: str
    people: list[str]
    sound: list[str]
    film: Shelved | None
    timeline: Timeline | None
    shots: list[Shot]
    restrictions: list[Restriction]
    captions: list[Track]
    transcript: str
    event: linking.Link | None
    links: list[linking.Link]
    topics: list[Named]
    contact: Called | None
    item_id: int = 0
    alternates: list[Elsewhere] = field(default_factory=list)
    history: History | None = None

    @property
    def poster(self) -> library.File | None:
        """The largest still."""
        return max(self.posters, key=lambda file: file.width, default=None)

    @property
    def posters(self) -> list[library.File]:
        """The stills, the smallest first."""
        found = [file for name, file in self.files.items() if name.startswith("poster")]
        return sorted(found, key=lambda file: file.width)

    @property
    def files(self) -> dict[str, library.File]:
        """What was made of the film, by name."""
        return self.film.files if self.film else {}

    @property
    def preview(self) -> library.File | None:
        """The film as everybody may see it."""
        return self.files.get("preview")

    @property
    def is_coming(self) -> bool:
        """Whether there is no preview yet, and one is being made."""
        film = self.film
        return film is not None and ("preview" in film.coming or film.state in UNREAD)

    @property
    def is_broadcast(self) -> bool:
        """Whether it is good enough for television."""
        return self.film is not None and int(self.film.technical.get("height") or 0) >= HD_LINES

    @property
    def paragraphs(self) -> list[str]:
        """Return the transcript, paragraph by paragraph."""
        return [each for each in self.transcript.split("\n") if each.strip()]

    @property
    def whole_restrictions(self) -> list[Restriction]:
        """Return those that hold for the whole film."""
        return [each for each in self.restrictions if each.is_whole and each.text]

    @property
    def duration(self) -> str:
        """How long it is, in words."""
        return lasting(float(self.timeline.seconds)) if self.timeline else ""

    @property
    def lines(self) -> list[Line]:
        """The shots where nothing can be chosen."""
        return [_line(self, None, shot, False) for shot in self.shots]

    @property
    def technical(self) -> list[str]:
        """Return what the file is, in words: size of the picture, rate, sound, size of the file."""
        return technical_words(self.film, self.timeline) if self.film else []


def address(language: str, path: str) -> str:
    """Return a video's address on this site."""
    return f"/{language}/media/videos/{path}"


def file_name(master: Master) -> str:
    """Return what a file is called where officers choose one: its name, and whether it can be used yet."""
    if master.state is MasterState.READY:
        return master.original_name
    return _("%(name)s (being prepared)", name=master.original_name)


def technical_words(film: Shelved, timeline: Timeline | None) -> list[str]:
    """Return what is known of a film's file, the most useful first."""
    known, found = film.technical, []
    if known.get("width") and known.get("height"):
        found.append(f"{known['width']} × {known['height']}")
    if timeline:
        scan = "i" if known.get("field_order") not in (None, "", "progressive") else "p"
        found.append(f"{timeline.rate}{scan}")
        if timeline.start:
            found.append(_("timecode from %(start)s", start=timeline.code(0)))
        if timeline.rate.is_drop:
            found.append(_("drop-frame"))
    video = known.get("video") or {}
    if video.get("codec"):
        found.append(_CODECS.get(video["codec"], str(video["codec"]).upper()))
    if "audio" in known:
        found.append(_sound(known["audio"]))
    if film.size_bytes:
        found.append(filesize(film.size_bytes))
    return found


_CODECS = {"h264": "H.264", "hevc": "H.265", "prores": "ProRes", "mpeg2video": "MPEG-2", "dnxhd": "DNxHD"}


def _sound(tracks: Sequence[dict[str, Any]]) -> str:
    if not tracks:
        return _("no sound")
    if len(tracks) > 1:
        return _("%(count)s sound tracks", count=len(tracks))
    return {1: _("mono"), 2: _("stereo")}.get(tracks[0].get("channels") or 0, _("one sound track"))


def page(row: Any, language: str) -> Page:
    """Make a page of what ``queries.page`` found."""
    made = _page(row, row.language, language, library.master_shown(row.facts.get("master")))
    made.id, made.item_id, made.path, made.url = (
        row.id,
        row.item_id,
        row.path,
        address(row.language, row.path),
    )
    made.body = Markup(linking.body(row.shown, row.id))  # noqa: S704 (cleaned and presented when it was saved)
    made.reference = Video.printed(row.reference_year, row.reference_number)
    made.published_at, made.updated_at = row.public_from, row.updated_at
    made.captions = tracks(row.item_id)
    made.alternates = [Elsewhere(code, path, address(code, path)) for code, path in queries.alternates(row)]
    made.history = of_page(row, made.url)
    return made


def tracks(item_id: int) -> list[Track]:
    """Return the captions that everybody may have of a video, in our order of languages."""
    found = remembered(("captions", item_id), lambda: videos.captions_of(item_id), home=home())
    urls = {language: captions_url(edition_id, key) for edition_id, language, key in found}
    return [Track(code, urls[code]) for code in LANGUAGES if code in urls]


def captions_url(edition_id: int, key: str) -> str:
    """Return where the captions of an edition are fetched: their content is in the address."""
    return f"/media/captions/{edition_id}/{key.rpartition('/')[2]}"


def draft(edition: Edition, interface: str, revision: Revision | None = None) -> Page:
    """Make a page of a revision (the working text, unless told), as readers would see it. For officers only."""
    shown: Any = revision or edition.current
    made = _page(shown, edition.language, interface, library.master(shown.facts.get("master")))
    made.id, made.item_id = edition.id, edition.item_id
    made.path, made.url = edition.path or "", address(edition.language, edition.path or "")
    made.reference = edition.item.reference
    made.published_at, made.updated_at = edition.public_from, edition.updated_at
    if shown.fields.get("captions"):
        made.captions = [Track(edition.language, captions_url(edition.id, shown.fields["captions"]))]
    return made


def _page(row: Any, own: str, interface: str, film: Shelved | None) -> Page:
    facts, fields, named = row.facts, row.fields, topics(interface)
    event = linking.shown([{"item": facts["event"]}], interface) if facts.get("event") else []
    return Page(
        id=0,
        title=row.title,
        lead=row.lead,
        body=Markup(row.shown),  # noqa: S704 (as above)
        reference=None,
        place=row.place,
        date=row.date,
        published_at=None,
        updated_at=None,
        language=own,
        path="",
        url="",
        credit=fields.get("credit", ""),
        source=facts.get("source", ""),
        people=fields.get("people", []),
        sound=[sound_name(code) for code in facts.get("sound", [])],
        film=film,
        timeline=film.timeline if film else None,
        shots=shotlist.shots(facts, fields),
        restrictions=shotlist.restrictions(facts, fields),
        captions=[],
        transcript=fields.get("transcript", ""),
        event=event[0] if event else None,
        links=linking.shown(fields.get("links", []), interface),
        topics=[named[key] for key in row.topics if key in named],
        contact=contacts(interface).get(row.contact_id) if row.contact_id else None,
    )


# --- words for comparing versions ---


def _span(page: Page, begins: int, ends: int) -> str:
    if page.timeline is None:
        return f"{begins}–{ends}"
    return f"{page.timeline.code(begins)} – {page.timeline.code(ends)}"


def _kind(shot: Shot) -> str:
    """Return what a shot is called where its description does not say it: always for a soundbite."""
    is_said = shot.kind is shotlist.ShotKind.SCENE or (shot.description and not shot.is_soundbite)
    return "" if is_said else str(KIND_NAMES[shot.kind])


def shot_line(page: Page, shot: Shot) -> str:
    """Return a shot on one line."""
    kind = _kind(shot)
    if shot.is_soundbite and shot.language:
        kind = f"{kind} ({sound_name(shot.language)})"
    who = ", ".join(filter(None, [shot.speaker, shot.function]))
    words = ": ".join(filter(None, [who, shot.words]))
    return " ".join(filter(None, [_span(page, shot.begins, shot.ends), kind, shot.description, words]))


def restriction_line(page: Page, restriction: Restriction) -> str:
    """Return a restriction on one line."""
    if restriction.is_whole or page.timeline is None:
        return restriction.text
    where = restriction.within(page.timeline.frames)
    return f"{_span(page, where.begins, where.ends)} {restriction.text}"


# --- the passage that was chosen ---


@dataclass(frozen=True, slots=True)
class Line:
    """A shot in the list on the page: what choosing it would choose."""

    shot: Shot
    kind: str
    said_in: str
    who: str
    begins: str
    clock: str
    length: str
    is_chosen: bool
    use_url: str
    extend_url: str
    play_url: str


@dataclass(frozen=True, slots=True)
class Block:
    """A shot on the drawn timeline, in a box 1000 wide."""

    x: float
    width: float
    kind: str
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class Selection:
    """What was chosen, drawn and in words."""

    passage: Passage
    shots: list[Shot]
    lines: list[Line]
    blocks: list[Block]
    ticks: list[float]
    scale: list[tuple[float, str]]
    wave: str
    restrictions: list[Restriction]

    @property
    def interval(self) -> Interval:
        """The frames that were chosen."""
        return self.passage.interval

    @property
    def length(self) -> str:
        """How long it is, as a timecode."""
        return self.passage.timeline.length(self.interval.frames)

    def typed(self, name: str) -> str:
        """Return what stands in the field "in" or "out": what was typed while it is wrong, else its timecode."""
        if name in self.passage.errors or (self.passage.errors and name in self.passage.typed):
            return self.passage.typed.get(name, "")
        if not self.passage.is_chosen:
            return ""
        return self.passage.timeline.code(self.interval.begins if name == "in" else self.interval.ends)

    @property
    def edges(self) -> list[list[int]]:
        """Where the shots begin and end, for the script."""
        return [[line.shot.begins, line.shot.ends] for line in self.lines]

    @property
    def sayings(self) -> dict[str, Any]:
        """What the script says of a choice, with holes."""
        return {
            "minutes": _forms("%(num)s minute", "%(num)s minutes"),
            "seconds": _forms("%(num)s second", "%(num)s seconds"),
            "shots": _forms("from %(num)s shot", "from %(num)s shots"),
            "inside": _("%(time)s, shot %(number)s", time="%(time)s", number="%(number)s"),
            "ended": _("%(time)s, end of shot %(number)s", time="%(time)s", number="%(number)s"),
            "whole": _("the whole video, %(length)s", length="%(length)s"),
            "use": _("Use"),
            "selected": _("Selected"),
            "order": str(OutOfOrder.message),
            "short": str(TooShort.message),
            "format": _("Enter a time like 00:01:16:00, 1:16 or 76."),
            "end": _(
                "This video ends at %(end)s.", end=self.passage.timeline.code(self.passage.timeline.frames)
            ),
            "in_set": _("In point: %(time)s", time="%(time)s"),
            "out_set": _("Out point: %(time)s", time="%(time)s"),
            "cleared": _("The selection is cleared."),
        }

    @property
    def keys(self) -> list[tuple[tuple[str, ...], str]]:
        """The keys of the player, with what they do."""
        return [
            ((_("Space"), "K"), _("play or pause")),
            (("J", "L"), _("10 seconds back, forward")),
            (("←", "→"), _("1 second back, forward")),
            ((",", "."), _("one frame back, forward")),
            (("I", "O"), _("set the in point, the out point here")),
            (("Shift+I", "Shift+O"), _("go to the in point, the out point")),
            (("X",), _("clear the selection")),
            (("C",), _("captions on or off")),
            (("M",), _("sound on or off")),
            (("F",), _("full screen")),
            (("?",), _("this list")),
        ]

    def share(self, frame: int) -> float:
        """Return where ``frame`` is on a timeline 1000 wide."""
        return round(1000 * frame / self.passage.timeline.frames, 1)

    def spoken(self, frame: int, *, is_end: bool = False) -> str:
        """Return ``frame`` in words: "1 minute 16 seconds, shot 6"."""
        return spoken(self.passage.timeline, frame, [line.shot for line in self.lines], is_end=is_end)


def spoken(timeline: Timeline, frame: int, shots: Sequence[Shot], *, is_end: bool = False) -> str:
    """Return where ``frame`` is, as it is said: how long after the beginning, and in which shot."""
    whole = int(timeline.rate.seconds(frame))
    minutes, seconds = divmod(whole, 60)
    said = [ngettext("%(num)s minute", "%(num)s minutes", minutes)] if minutes else []
    said.append(ngettext("%(num)s second", "%(num)s seconds", seconds))
    told = " ".join(said)
    if is_end and (ended := next((each for each in shots if each.ends == frame), None)):
        return _("%(time)s, end of shot %(number)s", time=told, number=ended.number)
    inside = next((each for each in shots if each.begins <= frame < each.ends), None)
    return _("%(time)s, shot %(number)s", time=told, number=inside.number) if inside else told


def _forms(one: str, many: str) -> dict[str, str]:
    """Return how so many are said, by the names that a browser gives to the rules of plurals (Intl.PluralRules)."""
    samples = {"one": 1, "few": 2, "many": 5, "other": 5}
    return {
        rule: ngettext(one, many, count).replace(str(count), "%(num)s", 1) for rule, count in samples.items()
    }


def selection(page: Page, passage: Passage) -> Selection:
    """Return what ``passage`` chooses of the video on ``page``."""
    timeline, chosen = passage.timeline, passage.interval
    total = timeline.frames
    shots = shotlist.within(page.shots, *chosen) if passage.is_chosen else []
    ids = {shot.id for shot in shots if shot.begins >= chosen.begins and shot.ends <= chosen.ends}
    blocks = [
        Block(
            round(1000 * shot.begins / total, 1),
            round(max(1.5, 1000 * (min(shot.ends, total) - shot.begins) / total - 1.5), 1),
            shot.kind.value,
            shot.id in ids,
        )
        for shot in page.shots
        if shot.begins < total
    ]
    every = _step(float(timeline.seconds))
    marks = range(0, int(timeline.seconds) + 1, every)
    return Selection(
        passage,
        shots,
        [_line(page, passage, shot, shot.id in ids) for shot in page.shots if shot.begins < total],
        blocks,
        [round(1000 * second / float(timeline.seconds), 1) for second in marks],
        [
            (
                round(1000 * second / float(timeline.seconds), 1),
                timeline.clock(timeline.rate.frame_at(Fraction(second))),
            )
            for second in marks
            if second / float(timeline.seconds) < 0.97
        ],
        library.wave(page.film) if page.film else "",
        [each for each in page.restrictions if not each.is_whole and each.text and each.meets(*chosen)],
    )


def _step(seconds: float) -> int:
    """Return how many seconds lie between two marks of a timeline, so that there are four to eight."""
    for step in (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1200, 1800):
        if seconds / step <= 8:
            return step
    return 3600


def _line(page: Page, passage: Passage | None, shot: Shot, is_chosen: bool) -> Line:
    timeline = page.timeline
    kind = _kind(shot)
    if shot.is_soundbite and shot.language:
        kind = _("%(kind)s, %(language)s", kind=kind, language=sound_name(shot.language))
    who = ", ".join(filter(None, [shot.speaker, shot.function]))
    known: dict[str, Any] = {
        "shot": shot,
        "kind": kind,
        "said_in": shot.language if len(shot.language) == 2 and shot.language != page.language else "",
        "who": _("%(who)s:", who=who) if who and shot.words else who,
        "is_chosen": is_chosen,
    }
    if timeline is None:
        return Line(
            begins="", clock=str(shot.begins), length="", use_url="", extend_url="", play_url="", **known
        )
    begins, ends = shot.begins, min(shot.ends, timeline.frames)
    code = timeline.code(begins)
    extended = ""
    if passage is not None and passage.is_chosen and not is_chosen:
        extended = _chosen(timeline, min(begins, passage.interval.begins), max(ends, passage.interval.ends))
    return Line(
        begins=code,
        clock=code[: code.rindex(";" if timeline.rate.is_drop else ":")],
        length=lasting(float(timeline.rate.seconds(ends - begins))),
        use_url=_chosen(timeline, begins, ends),
        extend_url=extended,
        play_url=f"{page.preview.url}#t={float(timeline.rate.seconds(begins)):.3f}" if page.preview else "",
        **known,
    )


def _chosen(timeline: Timeline, begins: int, ends: int) -> str:
    query = urlencode({"in": timeline.code(begins), "out": timeline.code(ends)}, safe=":;")
    return f"?{query}#selection"
