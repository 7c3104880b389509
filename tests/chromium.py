"""Which Chromium walks through our pages."""

from __future__ import annotations

import os
import shutil

# The first has no window and nothing around one, and takes half of what the whole browser takes.
NAMES = ("chromium-headless-shell", "chromium", "google-chrome")


def chromium() -> str | None:
    """Return the program that CHROMIUM names, or the machine's own; None where there is none."""
    return os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)


def launched_with(args: dict) -> dict:
    """Return Playwright's ``args`` for a browser, with the machine's Chromium where there is one."""
    found = chromium()
    return {**args, **({"executable_path": found} if found else {})}
