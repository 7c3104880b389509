"""Which frames of every film of a text are seen in the same seconds: a fault in one stands in the others, too.

A text may have shown several films, a better master after the first. Who took a part of any of them holds these
seconds; frames alone say nothing, because another master may have another rate.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from math import ceil

from flask_babel import lazy_gettext as _l

from app.library.cutting.values import Index
from app.refusals import Refusal


@dataclass(frozen=True)
class Cut:
    """The frames [``begins``, ``ends``) of a film; None of both is all of it."""

    begins: int | None = None
    ends: int | None = None

    @property
    def is_all(self) -> bool:
        """Whether no frames were chosen."""
        return self.begins is None and self.ends is None


WHOLE = Cut()


class Uncounted(Refusal):
    """Times were typed, and nobody knows how the frames of a film that was taken are counted."""

    field = "in"
    message = _l(
        "The timecode of a file that was taken is not known, so nobody can be found by times. "
        "Leave both fields empty to see everybody who took it."
    )


def shared(cut: Cut, master_id: int, parted: Collection[int], known: Mapping[int, Index]) -> dict[int, Cut]:
    """Return the frames of each film that are seen in the seconds of ``cut``, which are frames of ``master_id``.

    ``parted`` are the films of which parts were taken, ``known`` how each film is counted. A film of which only the
    whole was taken need not be counted: whoever has it holds all of its seconds.
    Raises Uncounted when ``master_id``, or one of ``parted``, is not known.
    """
    if master_id not in known or not set(parted) <= set(known):
        raise Uncounted
    rate = known[master_id].rate
    found = {master_id: cut}
    for other, index in known.items():
        if other != master_id:
            found[other] = Cut(
                None if cut.begins is None else index.rate.frame_at(rate.seconds(cut.begins)),
                None if cut.ends is None else ceil(rate.seconds(cut.ends) * index.rate.fraction),
            )
    return found
