"""What a public list can be narrowed by, for components/filters.html and active_filters.html."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode


class Select(NamedTuple):
    """What a list can be narrowed by: the name and the words of a choice, what is chosen, values and their words."""

    name: str
    label: str
    value: str
    options: tuple[tuple[str, str], ...]


Choice = tuple[
    str, str, str, Iterable[tuple[str, str]]
]  # name, its words, words for no choice, what can be chosen


def selects(asked: Mapping[str, str], choices: Iterable[Choice]) -> tuple[Select, ...]:
    """Return the choices, each with what is ``asked`` of it."""
    return tuple(
        Select(name, label, asked.get(name, ""), (("", everything), *options))
        for name, label, everything, options in choices
    )


def active(
    path: str, asked: Mapping[str, str], words: Mapping[str, Callable[[str], Any]], **kept: str
) -> list[dict[str, Any]]:
    """Return the filters in force, each with the address of the list without it.

    ``words`` says what a value is called; ``kept`` are parameters that stay whatever is let go of.
    """
    return [
        {"label": words[name](value), "remove_url": _without(path, kept | dict(asked), name)}
        for name, value in asked.items()
    ]


def _without(path: str, asked: Mapping[str, str], name: str) -> str:
    rest = urlencode({key: value for key, value in asked.items() if key != name})
    return f"{path}?{rest}" if rest else path
