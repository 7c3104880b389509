"""What a video shows, second by second, and what may not be done with parts of it: values, as revisions keep them.

Facts (the same in every language) hold where a shot begins and ends, what kind it is and which language is spoken in
it; fields (the words of one language) hold its description and who says what. Both are joined by the shot's id. Times
are frames of the master, counted from 0; the last one is the first frame that does *not* belong to it any more, so
that the length is a difference and two shots meet without a gap.

    facts["shots"]         [{"id": "s1f3a9c2", "in": 0, "out": 125, "kind": "scene", "language": "en"}, …]
    fields["shots"]        {"s1f3a9c2": {"description": …, "speaker": …, "function": …, "words": …}, …}
    facts["restrictions"]  [{"id": "r0b77e1d", "in": 250, "out": None}, …]   None: from the beginning, to the end
    fields["restrictions"] {"r0b77e1d": "Not for use after 31 January.", …}
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any, NamedTuple

MOST_SHOTS = 500
MOST_RESTRICTIONS = 40
LONGEST_LINE = 3_000  # characters that are read of a pasted line
WORDS = {"description": 500, "speaker": 200, "function": 200, "words": 1_000}  # characters at most
RESTRICTION_WORDS = 500
SHOT_KEY = re.compile(r"s[0-9a-f]{7}")
RESTRICTION_KEY = re.compile(r"r[0-9a-f]{7}")


class ShotKind(StrEnum):
    """What a shot is to those who cut news."""

    SCENE = "scene"
    SOUNDBITE = "soundbite"
    CUTAWAY = "cutaway"
    CARD = "card"


class Interval(NamedTuple):
    """Frames from ``begins`` on, up to but without ``ends``."""

    begins: int
    ends: int

    @property
    def frames(self) -> int:
        """How many there are."""
        return self.ends - self.begins

    def meets(self, begins: int, ends: int) -> bool:
        """Whether it shares a frame with those from ``begins`` up to ``ends``."""
        return self.begins < ends and begins < self.ends


@dataclass(frozen=True, slots=True)
class Shot:
    """One line of a shotlist, in the words of one language. ``number`` counts from 1, in the order of the film."""

    number: int
    id: str
    begins: int
    ends: int
    kind: ShotKind
    language: str
    description: str
    speaker: str = ""
    function: str = ""
    words: str = ""

    @property
    def interval(self) -> Interval:
        """Return where it stands."""
        return Interval(self.begins, self.ends)

    @property
    def is_soundbite(self) -> bool:
        """Whether somebody speaks, and says something that stands in the list."""
        return self.kind is ShotKind.SOUNDBITE


@dataclass(frozen=True, slots=True)
class Restriction:
    """What may not be done with the frames of an interval; None stands for the beginning, or the end, of the film."""

    id: str
    begins: int | None
    ends: int | None
    text: str

    @property
    def is_whole(self) -> bool:
        """Whether it is about the whole film."""
        return self.begins is None and self.ends is None

    def within(self, frames: int) -> Interval:
        """Return where it stands in a film of so many frames."""
        return Interval(self.begins or 0, frames if self.ends is None else min(self.ends, frames))

    def meets(self, begins: int, ends: int) -> bool:
        """Whether it is about any of the frames from ``begins`` up to ``ends``."""
        return (self.begins or 0) < ends and (self.ends is None or begins < self.ends)


def shots(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> list[Shot]:
    """Return the shotlist of a revision in the words of its language, in the order of the film."""
    words = fields.get("shots", {})
    ordered = sorted(facts.get("shots", []), key=lambda each: (each["in"], each["out"]))
    return [
        Shot(
            number,
            each["id"],
            each["in"],
            each["out"],
            ShotKind(each.get("kind") or "scene"),
            each.get("language") or "",
            **{name: words.get(each["id"], {}).get(name) or "" for name in WORDS},
        )
        for number, each in enumerate(ordered, 1)
    ]


def restrictions(facts: Mapping[str, Any], fields: Mapping[str, Any]) -> list[Restriction]:
    """Return the restrictions of a revision in the words of its language: of the whole film first."""
    words = fields.get("restrictions", {})
    found = [
        Restriction(each["id"], each.get("in"), each.get("out"), words.get(each["id"]) or "")
        for each in facts.get("restrictions", [])
    ]
    return sorted(found, key=lambda each: (not each.is_whole, each.begins or 0))


def within(every: Iterable[Shot], begins: int, ends: int) -> list[Shot]:
    """Return the shots that have a frame among those from ``begins`` up to ``ends``."""
    return [shot for shot in every if shot.interval.meets(begins, ends)]


def gaps_and_overlaps(every: Sequence[Shot], frames: int) -> tuple[list[Interval], list[tuple[Shot, Shot]]]:
    """Return the parts of a film of so many ``frames`` that no shot tells of, and the neighbours that share frames.

    A list may have either: it is told, never refused.
    """
    gaps, overlaps, told = [], [], 0
    before: Shot | None = None
    for shot in every:
        if shot.begins > told:
            gaps.append(Interval(told, shot.begins))
        elif before is not None and shot.begins < told:
            overlaps.append((before, shot))
        if shot.ends > told:
            told, before = shot.ends, shot
    if every and told < frames:
        gaps.append(Interval(told, frames))
    return gaps, overlaps


def new_key(letter: str, taken: Iterable[str]) -> str:
    """Return a key for a shot ("s") or a restriction ("r") that none has."""
    known = set(taken)
    while (key := letter + secrets.token_hex(4)[:7]) in known:
        pass
    return key


# --- a list that somebody pasted ---


class Unread(NamedTuple):
    """A pasted line that nobody can make a shot of; ``number`` counts lines from 1."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A shot as it was pasted: its words are not put right yet. ``ends`` is none where the line said no end."""

    line: int
    begins: int
    ends: int | None
    kind: ShotKind
    language: str
    description: str
    speaker: str = ""
    function: str = ""
    words: str = ""


_TIME = r"(?:[0-9]{1,3}[:.'h])?[0-9]{1,4}(?:[:.;'’][0-9]{1,2}){1,3}"
_LINE = re.compile(
    rf"""^\s*
    (?:\#?[0-9]{{1,3}}\s*[.)\t]\s*)?                      # 12. or 12)
    [(\[]?\s*(?P<begins>{_TIME})(?:\s*[)\]])?             # (00:01:23:00)
    (?:\s*(?:[-–—→>,;/|\t]|to|à|до|\s)\s*[(\[]?\s*(?P<ends>{_TIME})(?:\s*[)\]])?
      |\s*[,;/|\t]?\s*[+(]\s*(?P<length>[0-9]{{1,5}})\s*(?:s|sec|с)?\.?\s*\)?(?=\s|[,;|:–—-]|$))?
    \s*[:,;|–—\t-]*\s*
    (?P<words>.*)$""",
    re.X | re.I,
)
_SOUNDBITE = re.compile(
    r"^(?:soundbite|sound\s?bite|sot|son|sonore|extrait\s+sonore|déclaration|синхрон|пряма\s+мова)\b"
    r"\s*[,:]?\s*(?:[(\[,]?\s*(?P<language>[^\W\d_]{2,20})\s*[)\]]?(?=\s*(?:[:–—,-]|$))|[(\[](?P<other>[^)\]]{2,20})[)\]])?"
    r"\s*[:–—,-]*\s*(?P<rest>.*)$",
    re.I,
)
_CUTAWAY = re.compile(r"^(?:cutaways?|plans?\s+de\s+coupe|перебивк[аи])\b", re.I)
_CARD = re.compile(r"^(?:title\s*card|card|slate|carton|титр|заставка)\b", re.I)
_QUOTED = re.compile(r"^(?P<who>.*?)\s*[:,–—-]?\s*(?P<words>[“«„\"].*[”»“\"]\.?)\s*$")
_SPOKEN = {
    "en": ("english", "anglais", "англійська", "англійською", "en", "eng"),
    "fr": ("french", "français", "francais", "французька", "французькою", "fr", "fra"),
    "uk": ("ukrainian", "ukrainien", "українська", "українською", "uk", "ukr"),
    "de": ("german", "allemand", "німецька", "німецькою", "de", "deu"),
    "es": ("spanish", "espagnol", "іспанська", "іспанською", "es", "spa"),
    "it": ("italian", "italien", "італійська", "італійською", "it", "ita"),
    "nl": ("dutch", "néerlandais", "нідерландська", "нідерландською", "nl", "nld"),
    "pl": ("polish", "polonais", "польська", "польською", "pl", "pol"),
    "tr": ("turkish", "turc", "турецька", "турецькою", "tr", "tur"),
}
_CODE_OF = {word: code for code, words in _SPOKEN.items() for word in words}


def pasted(
    text: str, frame_of: Callable[[str], int | None], rate: float, most: int = MOST_SHOTS
) -> tuple[list[Row], list[Unread]]:
    """Return the shots in a list that somebody pasted, and the lines that are none.

    A line begins with its time ("00:01:23:00", "1:23"), perhaps with a number before it and with an end or a length
    ("+51 s") after it; what follows is the description, or "Soundbite (English) – Name, function: “words”". A line
    without a time goes on with the one above. ``frame_of`` reads a time, None for what is none; ``rate`` is the number
    of frames in a second. What comes after ``most`` shots is not read.
    """
    rows: list[Row] = []
    unread: list[Unread] = []
    for number, typed in enumerate(text.splitlines(), 1):
        # One space for many, and no line without end: a pattern with many optional parts meets only short runs.
        line = re.sub(r"\s*\t\s*", "\t", re.sub(r"[^\S\t]+", " ", typed.strip()[:LONGEST_LINE]))
        if not line:
            continue
        found = _LINE.match(line)
        begins = frame_of(found["begins"]) if found else None
        if found is None or begins is None:
            if rows and not re.match(r"\s*[(\[]?[0-9]", line) and rows[-1].line == number - 1:
                rows[-1] = _with_more(rows[-1], number, line)
            else:
                unread.append(Unread(number, line))
            continue
        ends = frame_of(found["ends"]) if found["ends"] else None
        if found["length"]:
            ends = begins + round(int(found["length"]) * rate)
        if (found["ends"] and ends is None) or (ends is not None and ends <= begins) or len(rows) >= most:
            unread.append(Unread(number, line))
            continue
        rows.append(Row(number, begins, ends, *_understood(found["words"].strip())))
    return rows, unread


def _with_more(row: Row, number: int, line: str) -> Row:
    """Return ``row`` with the words of the line below it: what is said goes on, or the description does."""
    if row.kind is ShotKind.SOUNDBITE:
        return replace(row, line=number, words=f"{row.words} {line}".strip())
    return replace(row, line=number, description=f"{row.description} {line}".strip())


def _understood(words: str) -> tuple[ShotKind, str, str, str, str, str]:
    """Return kind, language, description, speaker, function and spoken words of what stands after the times."""
    bite = _SOUNDBITE.match(words)
    if bite is None:
        kind = ShotKind.SCENE
        if _CUTAWAY.match(words):
            kind = ShotKind.CUTAWAY
        elif _CARD.match(words):
            kind = ShotKind.CARD
        return kind, "", words, "", "", ""
    language = _CODE_OF.get((bite["language"] or bite["other"] or "").strip().casefold(), "")
    rest = bite["rest"]
    if bite["language"] and not language:  # it was no language: "Soundbite Hélène Vasseur"
        rest = words[bite.end("language") - len(bite["language"]) :].strip()
    quoted = _QUOTED.match(rest)
    who = quoted["who"] if quoted else rest
    speaker, _comma, function = who.strip(" :–—-,").partition(",")
    return (
        ShotKind.SOUNDBITE,
        language,
        "",
        speaker.strip(),
        function.strip(),
        quoted["words"] if quoted else "",
    )


def closed(rows: Sequence[Row], frames: int) -> list[Row]:
    """Return the rows in the order of the film, each with an end: where none was said, the next one's beginning."""
    ordered = sorted(rows, key=lambda each: each.begins)
    found = []
    for place, row in enumerate(ordered):
        after = next((each.begins for each in ordered[place + 1 :] if each.begins > row.begins), frames)
        found.append(replace(row, ends=after) if row.ends is None else row)
    return found
