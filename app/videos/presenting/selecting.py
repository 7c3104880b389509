"""The passage that was chosen of a video, drawn and in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from flask_babel import ngettext

from app.languages import gettext as _
from app.library import queries as library
from app.library import shotlist
from app.library.shotlist import Interval, Restriction, Shot
from app.library.timeline import OutOfOrder, Passage, Timeline, TooShort
from app.videos.presenting.pages import Page
from app.videos.presenting.shots import Line, line


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
        [
            line(
                shot,
                timeline=timeline,
                passage=passage,
                is_chosen=shot.id in ids,
                preview_url=page.preview.url if page.preview else "",
                language=page.language,
            )
            for shot in page.shots
            if shot.begins < total
        ],
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
