"""From a file of captions to what a revision keeps: cleaned, under the digest of its content, with a transcript."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass

from app.library import captions, cues
from app.library.captions import Flaw
from app.library.cues import Cue
from app.library.rules import CAPTIONS_KEY
from app.library.timeline import Timeline
from app.storage.contract import Away
from app.storage.store import store

LARGEST = captions.LARGEST


@dataclass(frozen=True)
class Brought:
    """Captions that came in: where they are kept, what is wrong with them by the numbers of the file."""

    key: str
    flaws: list[Flaw]

    @property
    def lost(self) -> int:
        """How many cues had to be left out."""
        return sum(flaw.is_lost for flaw in self.flaws)


def bring(data: bytes, timeline: Timeline | None) -> Brought:
    """Keep the captions in ``data`` (a WebVTT or SRT file), written anew. Raises captions.NotCaptions.

    The file is there before any revision names it: one that none comes to name does no harm.
    """
    duration = int(timeline.seconds * 1000) if timeline else None
    read = captions.parse(data, duration=duration)
    content = cues.write(read.cues).encode()
    digest = hashlib.sha256(content).hexdigest()
    key = f"captions/{digest[:2]}/{digest}.vtt"
    store().put(key, content)
    return Brought(key, read.flaws)


def kept(key: str) -> list[Cue] | None:
    """Return the cues under ``key``, or None for what is no key of captions, or not there, or cannot be read now."""
    if not CAPTIONS_KEY.fullmatch(key):
        return None
    try:
        file = store().open(key)
    except Away:
        return None
    if file is None:
        return None
    with file:
        return cues.read(file.read(LARGEST * 2).decode())


def transcript(every: list[Cue]) -> str:
    """Return what is said, a line for each paragraph, with the speaker's name before it."""
    return "\n".join(
        f"{each.speaker}: {each.text}" if each.speaker else each.text for each in cues.transcript(every)
    )
