"""Many values of one kind: some for every run of the tests, the others for ``make test``."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest


def some_and_others(values: Sequence[Any], every: int = 6) -> list[Any]:
    """Return two lists to parametrise with: each ``every``-th of ``values``, and the others, which are slow.

    All of them prove the same lines: the few show at once that these are broken, the many that nothing gets past them.
    """
    others = [value for place, value in enumerate(values) if place % every]
    return [
        pytest.param(list(values[::every]), id="some"),
        pytest.param(others, id="the-others", marks=pytest.mark.slow),
    ]


def each_some_quick(values: Sequence[Any], every: int = 3) -> list[Any]:
    """Return ``values`` to parametrise with one by one; only each ``every``-th is not slow."""
    return [
        pytest.param(value, marks=[pytest.mark.slow] if place % every else [])
        for place, value in enumerate(values)
    ]
