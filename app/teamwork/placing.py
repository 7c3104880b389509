"""Comments put together for a page: each under the paragraph that it is about, as that stands now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from app.teamwork.models import Comment
from app.text.paragraphs import Paragraph, found_again


@dataclass
class Thread:
    """A comment and its answers. ``has_changed``: its paragraph has other words now; ``is_gone``: there is none."""

    first: Comment
    answers: list[Comment] = field(default_factory=list)
    number: int = 0
    has_changed: bool = False
    is_gone: bool = False

    @property
    def is_open(self) -> bool:
        """Whether nobody has called it settled."""
        return self.first.resolved_at is None


def threads(comments: Sequence[Comment], now: Sequence[Paragraph]) -> list[Thread]:
    """Return ``comments`` as threads, each with the ``number`` of its paragraph in the text as it is ``now``.

    The number is 0 for a comment on the whole text, and for one whose paragraph is gone.
    """
    found = {each.id: Thread(each) for each in comments if each.thread_id is None}
    for each in comments:
        if each.thread_id in found:
            found[each.thread_id].answers.append(each)
    for thread in found.values():
        if not thread.first.block:
            continue
        paragraph, thread.has_changed = found_again(thread.first.words, thread.first.block, now)
        thread.number = paragraph.number if paragraph else 0
        thread.is_gone = paragraph is None
    return list(found.values())


def of(made: Sequence[Thread], number: int) -> list[Thread]:
    """Return the threads about the paragraph ``number``, those that are open first."""
    return sorted((each for each in made if each.number == number), key=lambda each: not each.is_open)
