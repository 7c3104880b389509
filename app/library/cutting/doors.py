"""Where a sandbox comes in: functions that it calls with its folder, files, what they are told, and a way to tell."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from app.library.cutting import parts, reading
from app.library.cutting.values import Index, Plan, Words

PART = "part"  # what the file of a part is called in the sandbox's folder


def index(
    folder: Path, reads: Mapping[str, Path], told: Mapping[str, Any], progress: Callable[[float], None]
) -> dict[str, Any]:
    """Return the Index of ``reads["source"]`` as JSON. Raises Problem."""
    return reading.read(reads["source"]).to_json()


def part(
    folder: Path, reads: Mapping[str, Path], told: Mapping[str, Any], progress: Callable[[float], None]
) -> dict[str, Any]:
    """Cut ``reads["source"]`` as the Index, Plan and Words in ``told`` say, and return the Cut as JSON. Raises Problem.

    The file is called "part", whatever it is: a plan that cannot be kept may end up in another container.
    """
    return parts.cut(
        reads["source"],
        folder / PART,
        Index.from_json(told["index"]),
        Plan.from_json(told["plan"]),
        Words.from_json(told["words"]),
        progress,
    ).to_json()
