"""HTML as a tree of what was found in it, before anything of it is judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from app.text.allowed import VOID
from app.text.scanning import ended_by, scan

_DEEPEST = 120  # elements in elements; what is in deeper ones is read as if it stood beside them


@dataclass(slots=True)
class Element:
    """A node of HTML as it was found."""

    tag: str
    given: Mapping[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    def within(self, tag: str) -> Iterator[Element]:
        """Yield the elements ``tag`` in this one, in order."""
        for child in self.children:
            if isinstance(child, Element):
                if child.tag == tag:
                    yield child
                yield from child.within(tag)


Node = Element | str


def parse(html: str) -> Element:
    """Return ``html`` as a tree, under a root without a tag.

    Exact for what a sanitiser wrote, where every element is closed; of anything else it makes the best.
    """
    opened = [Element("")]
    names: list[str] = []
    for token in scan(html):
        if token.kind == "text":
            opened[-1].children.append(token.text)
        elif token.kind == "start":
            if ended := ended_by(token.name, names):
                del opened[-ended:], names[-ended:]
            element = Element(token.name, token.attributes)
            opened[-1].children.append(element)
            if token.name not in VOID and len(names) < _DEEPEST:
                opened.append(element)
                names.append(token.name)
        elif token.kind == "end" and token.name in names:
            while names.pop() != token.name:
                opened.pop()
            opened.pop()
    return opened[0]
